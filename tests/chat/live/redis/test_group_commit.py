"""Group commit against a real Redis, in a process that gevent has patched as the live server is."""

import json
import os
import subprocess
import sys
import textwrap

import pytest

from chat.live.live_state import LiveState
from chat.live.redis.client import connect
from tests.chat.live.conftest import ALICE, ROOM, facts, put_room
from tests.support.live_server import SHARED_KEY
from tests.support.redis_servers import RedisProcess

# 200 people send in the same turn; then Redis forgets its scripts, then it cuts every connection.
LIVE_SERVER = """
    from gevent import monkey; monkey.patch_all()
    import django; django.setup()
    import json
    import gevent
    from chat.domain.types import Author
    from chat.live.live_state import live_state
    from chat.live.messages.log import Draft
    from chat.live.redis.ownership import identify_by

    identify_by(lambda: ("of this test", True))
    live = live_state()
    alice = Author(1, "alice", "Alice")

    def send(number):
        [accepted] = live.log.append(alice, [Draft(7, f"client-{number}", b'"text":"%d"' % number)])
        return accepted.seq

    def reads():
        return live.client.info("stats")["total_reads_processed"]

    send(0)
    before = reads()
    seqs = [one.get() for one in [gevent.spawn(send, number) for number in range(1, 201)]]
    told = {"reads": reads() - before, "seqs": seqs}
    told["markers"] = live.archiving.read_markers([7])
    told["heads"] = [live.archiving.heads([7, 8])[7].seq, live.presence.bury_dead_servers()]
    live.client.script_flush()
    told["untaught"] = [one.get() for one in [gevent.spawn(send, number) for number in range(201, 204)]]
    live.client.client_kill_filter(_type="normal")
    told["cut"] = [one.get() for one in [gevent.spawn(send, number) for number in range(204, 207)]]
    print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(redis_server: RedisProcess, tmp_path_factory: pytest.TempPathFactory) -> dict:
    client = connect(redis_server.url)
    client.flushall()
    put_room(LiveState(client), facts(), 1, {ALICE.id: "owner"})
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(LIVE_SERVER)],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "project.settings",
            "DATA_DIR": str(tmp_path_factory.mktemp("server")),
            "REDIS_URL": redis_server.url,
            "SECRET_KEY": SHARED_KEY,
        },
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    stored = [json.loads(message) for message in client.lrange(f"room:{{{ROOM}}}:log", 0, -1)]
    client.close()
    return {**json.loads(done.stdout), "stored": [(message["seq"], message["text"]) for message in stored]}


def test_everybody_is_told_the_number_of_their_own_message(told):
    assert sorted(told["seqs"]) == list(range(2, 202))
    own = {int(text): seq for seq, text in told["stored"]}
    assert told["seqs"] == [own[number] for number in range(1, 201)]


def test_they_leave_in_few_writes(told):
    assert told["reads"] < 20


def test_plain_commands_take_the_same_way(told):
    assert told["markers"] == [{str(ALICE.id): [0, 201]}]
    assert told["heads"] == [201, []]


def test_redis_may_forget_the_scripts(told):
    assert sorted(told["untaught"]) == [202, 203, 204]


def test_a_cut_connection_loses_and_doubles_nothing(told):
    assert sorted(told["cut"]) == [205, 206, 207]
    assert [seq for seq, _ in told["stored"]] == list(range(1, 208))
    assert len({text for _, text in told["stored"]}) == 207
