"""Whose Redis it is: nothing is asked of another installation's."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import redis

from chat.domain.errors import ChatError
from chat.live.live_state import LiveState
from chat.live.redis import keys
from chat.live.redis.client import connect
from chat.live.redis.ownership import WITHOUT_ID, ForeignRedis, Ownership, require_own
from tests.chat.live.conftest import ALICE, facts, put_room
from tests.support.redis_servers import RedisProcess


@pytest.fixture
def empty(redis_server: RedisProcess):
    """A Redis without anything, for who may look at everything."""
    with redis.Redis.from_url(redis_server.url) as client:
        client.flushall()
        yield client
        client.flushall()


def _owned(server: RedisProcess, identifier: str, has_rooms: bool = True) -> LiveState:
    owner = Ownership(lambda: (identifier, has_rooms))
    return LiveState(connect(server.url, owner.admit), owner=owner)


def test_an_empty_redis_becomes_ours_and_nobody_elses(redis_server, empty, caplog):
    ours, theirs = _owned(redis_server, "ours"), _owned(redis_server, "theirs")
    require_own(ours.client)
    assert empty.get(keys.INSTALLATION) == b"ours"
    with pytest.raises(ForeignRedis, match=r"another installation \(ours\).* installation theirs\. Set REDIS_PREFIX"):
        require_own(theirs.client)

    for _ in range(3):
        with pytest.raises(ChatError) as refused:
            theirs.rooms.facts(7)
        assert refused.value.code == "unavailable"
    assert [record.message.partition(" (")[0] for record in caplog.records] == [
        "Redis holds the live state of another installation"
    ]
    assert empty.keys() == [keys.INSTALLATION.encode()]


def test_of_many_that_are_first_at_once_one_is(redis_server, empty):
    states = [_owned(redis_server, f"number-{number}", has_rooms=False) for number in range(8)]

    def is_admitted(live: LiveState) -> bool:
        try:
            require_own(live.client)
        except ForeignRedis:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        admitted = list(pool.map(is_admitted, states))
    assert admitted.count(True) == 1
    assert empty.get(keys.INSTALLATION) == f"number-{admitted.index(True)}".encode()


def test_what_an_earlier_version_left_is_its_installations_alone(redis_server, empty):
    put_room(LiveState(connect(redis_server.url)), facts(id=1), 1, {ALICE.id: "owner"})
    with pytest.raises(ForeignRedis, match=WITHOUT_ID):
        require_own(_owned(redis_server, "new here", has_rooms=False).client)
    require_own(_owned(redis_server, "has them in its record").client)
    assert empty.get(keys.INSTALLATION) == b"has them in its record"


def test_a_redis_that_was_emptied_under_open_connections_stays_ours(redis_server, empty):
    live = _owned(redis_server, "ours")
    live.runs.now_and_checked()
    empty.flushall()
    _run_id, checked = live.runs.now_and_checked()
    assert (checked, empty.get(keys.INSTALLATION)) == ("", b"ours")
    assert live.runs.end_check(live.runs.begin_check())


def test_data_that_is_exchanged_under_open_connections_is_noticed(redis_server, empty, caplog):
    live = _owned(redis_server, "ours")
    live.runs.end_check(live.runs.begin_check())
    empty.execute_command("SWAPDB", 0, 1)
    empty.set(keys.INSTALLATION, "theirs")
    with pytest.raises(ChatError):
        live.runs.end_check(live.runs.begin_check())
    # Nor by any other way, since every connection is judged again.
    with pytest.raises(ChatError):
        live.rooms.facts(7)
    assert empty.keys() == [keys.INSTALLATION.encode()]

    empty.execute_command("SWAPDB", 0, 1)
    assert live.rooms.facts(7) is None
    assert caplog.records[-1].message == "Redis holds this installation's live state again"
    assert len(caplog.records) == 2
