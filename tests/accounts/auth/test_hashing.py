import json
import os
import subprocess
import sys
import textwrap
import types

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.db import transaction
from gevent import monkey

from accounts.auth import hashing

# Twelve people log in at once while a greenlet counts how often the loop comes round.
SERVER = """
    from gevent import monkey; monkey.patch_all()
    import django; django.setup()
    import json, os, sys
    import gevent
    from gevent.pool import Pool
    from django.contrib.auth.hashers import check_password, make_password

    turns = 0
    def count():
        global turns
        while True:
            gevent.sleep(0.001)
            turns += 1

    counter = gevent.spawn(count)
    hashes = Pool(12).map(make_password, ["a long enough one"] * 12)
    verified = all(check_password("a long enough one", h) and not check_password("no", h) for h in hashes)
    threads = [int(name) for name in os.listdir("/proc/self/task")] if sys.platform == "linux" else []
    priorities = [os.getpriority(os.PRIO_PROCESS, thread) - os.getpriority(os.PRIO_PROCESS, os.getpid()) for thread in threads]
    print(json.dumps([turns, verified, sorted(priorities)]))
"""


@pytest.fixture(scope="module")
def log_ins():
    """What they did: turns of the loop, whether all was verified, and how far each thread gives way to the loop's."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SERVER)], stdout=subprocess.PIPE, text=True, check=True, timeout=60
    )
    return json.loads(done.stdout)


def test_hashing_lets_the_loop_go_on_and_verifies(log_ins):
    turns, verified, _ = log_ins
    # Inline, the twelve would run one after another without a single turn of the loop between them.
    assert turns > 12
    assert verified


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no priority of their own")
def test_one_thread_hashes_and_gives_way_to_the_loop(log_ins):
    _, _, priorities = log_ins
    assert priorities == [0, min(10, 19 - os.getpriority(os.PRIO_PROCESS, 0))]


def test_the_hash_is_argon2id_with_the_parameters_of_owasp():
    hashed = make_password("a long enough one")
    assert "argon2id" in hashed
    assert "m=19456,t=2,p=1" in hashed
    assert not identify_hasher(hashed).must_update(hashed)


@pytest.fixture
def pool_use(monkeypatch):
    """As in the live server, and counts what goes to the thread."""
    used = []

    def apply(work, args):
        used.append(args)
        return args[0](*args[1:])

    monkeypatch.setattr(monkey, "is_module_patched", lambda name: True)
    monkeypatch.setattr(hashing, "_pool", lambda: types.SimpleNamespace(apply=apply))
    return used


@pytest.mark.django_db(transaction=True)
def test_it_stays_inline_inside_a_transaction(pool_use):
    with transaction.atomic():
        assert check_password("a long enough one", make_password("a long enough one"))
    assert not pool_use
    make_password("a long enough one")
    assert len(pool_use) == 1


def test_it_stays_inline_where_nothing_is_patched(monkeypatch):
    monkeypatch.setattr(hashing, "_pool", lambda: pytest.fail("there is no loop here"))
    assert check_password("a long enough one", make_password("a long enough one"))
