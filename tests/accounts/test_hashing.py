import subprocess
import sys
import textwrap
import types

import gevent
import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.db import transaction
from gevent import monkey

# Twelve people log in at once while a greenlet counts how often the loop comes round.
SERVER = """
    from gevent import monkey; monkey.patch_all()
    import django; django.setup()
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
    print(turns, all(check_password("a long enough one", h) and not check_password("no", h) for h in hashes))
"""


def test_hashing_lets_the_loop_go_on_and_verifies():
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SERVER)], capture_output=True, text=True, check=True, timeout=60
    )
    turns, verified = done.stdout.split()
    # Inline, the twelve would run one after another without a single turn of the loop between them.
    assert int(turns) > 12
    assert verified == "True"


def test_the_hash_is_argon2id_with_the_parameters_of_owasp():
    hashed = make_password("a long enough one")
    assert "argon2id" in hashed
    assert "m=19456,t=2,p=1" in hashed
    assert not identify_hasher(hashed).must_update(hashed)


@pytest.fixture
def pool_use(monkeypatch):
    """As in the live server, and counts what goes to the thread pool."""
    used = []

    def apply(work, args):
        used.append(work)
        return work(*args)

    monkeypatch.setattr(monkey, "is_module_patched", lambda name: True)
    monkeypatch.setattr(gevent, "get_hub", lambda: types.SimpleNamespace(threadpool=types.SimpleNamespace(apply=apply)))
    return used


@pytest.mark.django_db(transaction=True)
def test_it_stays_inline_inside_a_transaction(pool_use):
    with transaction.atomic():
        assert check_password("a long enough one", make_password("a long enough one"))
    assert not pool_use
    make_password("a long enough one")
    assert len(pool_use) == 1


def test_it_stays_inline_where_nothing_is_patched(monkeypatch):
    monkeypatch.setattr(gevent, "get_hub", lambda: pytest.fail("there is no loop here"))
    assert check_password("a long enough one", make_password("a long enough one"))
