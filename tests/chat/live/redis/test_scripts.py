"""Plain commands, as all stores ask them; by the connection that all share in test_group_commit.py."""

import fakeredis
import pytest
import redis

from chat.domain.errors import ChatError, Code
from chat.live.live_state import LiveState
from chat.live.redis.scripts import ScriptRunner


def test_plain_commands_are_answered_as_redis_wrote_them(any_live: LiveState) -> None:
    runner = ScriptRunner(any_live.client)
    put = [("HSET", "room", "name", "hall"), ("SADD", "rooms", 7)]
    assert runner.ask(put) == [1, 1]
    assert runner.ask([("HGETALL", "room"), ("SMEMBERS", "rooms"), ("GET", "nothing")]) == [[b"name", b"hall"], [b"7"], None]
    assert runner.ask([]) == []


def test_an_error_among_the_answers_is_raised(any_live: LiveState) -> None:
    runner = ScriptRunner(any_live.client)
    runner.ask([("SET", "text", "hall")])
    with pytest.raises(redis.ResponseError, match="WRONGTYPE"):
        runner.ask([("SADD", "text", 7), ("GET", "text")])
    assert runner.ask([("GET", "text")]) == [b"hall"]


def test_a_redis_that_is_not_there_is_told_as_unavailable() -> None:
    server = fakeredis.FakeServer()
    server.connected = False
    with pytest.raises(ChatError) as refused:
        LiveState(fakeredis.FakeRedis(server=server, protocol=2)).archiving.heads([7])
    assert refused.value.code == Code.UNAVAILABLE
