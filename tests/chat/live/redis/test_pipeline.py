"""Group commit: who waits in the same turn leaves in one write, and everybody gets their own answer or their own error."""

import gevent
import pytest
import redis
from gevent.event import Event
from gevent.queue import Queue

from chat.domain.errors import ChatError
from chat.live.redis import pipeline as module
from chat.live.redis.connection import Wire
from chat.live.redis.pipeline import Pipeline

CUT = redis.ConnectionError("cut")


class ScriptedWire(Wire):
    """Notes each write; answers what the test says."""

    def __init__(self):
        self.writes = Queue()
        self._answers = Queue()
        self.is_closed = False

    def offer(self, packed):
        self.send(packed)
        return len(packed)

    def send(self, packed):
        self.writes.put(packed)

    def receive(self):
        answers = self._answers.get()
        if isinstance(answers, Exception):
            raise answers
        return answers

    def close(self):
        self.is_closed = True
        self._answers.put(CUT)

    def next_write(self):
        return self.writes.get(timeout=2)

    def answer(self, *answers):
        self._answers.put(list(answers))

    def cut(self):
        self._answers.put(CUT)


class Stage:
    """A pipeline, the connections it opened, and people who ask."""

    def __init__(self, **limits):
        self.opened = Queue()
        self.refuses = False
        self.pipeline = Pipeline(self._connect, **limits)

    def _connect(self):
        if self.refuses:
            raise CUT
        wire = ScriptedWire()
        self.opened.put(wire)
        return wire

    def next_wire(self):
        return self.opened.get(timeout=2)

    def ask(self, *commands):
        return gevent.spawn(self._ask, commands)

    def _ask(self, commands):
        try:
            return self.pipeline.ask(commands)
        except ChatError as error:
            return error.code, error.retry_in


@pytest.fixture
def stage():
    return Stage()


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.1)
    monkeypatch.setattr(module, "TICK_SECONDS", 0.02)


UNAVAILABLE = ("unavailable", 1.0)


def test_one_write_for_all_of_a_turn_and_each_gets_their_own_answers(stage):
    asking = [stage.ask(b"a"), stage.ask(b"b", b"c"), stage.ask(b"d")]
    wire = stage.next_wire()
    assert wire.next_write() == b"abcd"
    wire.answer("A", "B")
    wire.answer("C", "D")

    assert [one.get(timeout=2) for one in asking] == [["A"], ["B", "C"], ["D"]]
    later = stage.ask(b"e")
    assert wire.next_write() == b"e"
    wire.answer("E")
    assert later.get(timeout=2) == ["E"]


def test_an_error_is_the_answer_of_who_asked_for_it(stage):
    asking = [stage.ask(b"a"), stage.ask(b"b")]
    wire = stage.next_wire()
    refusal = redis.ResponseError("no")
    wire.answer(refusal, "B")

    assert [one.get(timeout=2) for one in asking] == [[refusal], ["B"]]


def test_what_was_lost_with_its_connection_is_asked_once_more_in_order(stage):
    asking = [stage.ask(name) for name in (b"a", b"b", b"c", b"d")]
    first = stage.next_wire()
    assert first.next_write() == b"abcd"
    first.answer("A")
    assert asking[0].get(timeout=2) == ["A"]
    first.cut()

    second = stage.next_wire()
    assert second.next_write() == b"bcd"
    assert first.is_closed
    second.answer("B")
    assert asking[1].get(timeout=2) == ["B"]
    second.cut()
    assert [one.get(timeout=2) for one in asking[2:]] == [UNAVAILABLE, UNAVAILABLE]


def test_half_an_answer_is_forgotten_with_its_connection(stage):
    asking = stage.ask(b"a", b"b")
    first = stage.next_wire()
    first.answer("old A")
    first.cut()
    stage.next_wire().answer("A", "B")

    assert asking.get(timeout=2) == ["A", "B"]


def test_with_an_answer_that_nobody_asked_for_none_is_believed(stage):
    asking = [stage.ask(b"a"), stage.ask(b"b")]
    first = stage.next_wire()
    first.answer("somebody else's", "A", "B")

    second = stage.next_wire()
    assert first.is_closed
    assert second.next_write() == b"ab"
    second.answer("A", "B")
    assert [one.get(timeout=2) for one in asking] == [["A"], ["B"]]


def test_a_redis_that_is_silent(stage, impatient):
    early = stage.ask(b"a")
    first = stage.next_wire()
    first.next_write()
    gevent.sleep(0.06)
    late = stage.ask(b"b")
    assert early.get(timeout=2) == UNAVAILABLE

    # Whose time is not over is asked on a connection that cannot bring the answer to somebody else's question.
    second = stage.next_wire()
    first.answer("A")
    assert second.next_write() == b"b"
    second.answer("B")
    assert late.get(timeout=2) == ["B"]


def test_a_redis_that_does_not_even_take_what_is_sent(stage, impatient, monkeypatch):
    monkeypatch.setattr(ScriptedWire, "send", lambda wire, packed: gevent.sleep(60))
    monkeypatch.setattr(ScriptedWire, "offer", lambda wire, packed: 0)

    assert stage.ask(b"a").get(timeout=2) == UNAVAILABLE
    assert stage.ask(b"b").get(timeout=2) == UNAVAILABLE


def test_what_redis_does_not_take_at_once_follows_before_all_else(stage, monkeypatch):
    first = stage.ask(b"a")
    wire = stage.next_wire()
    assert wire.next_write() == b"a"
    wire.answer("A")
    assert first.get(timeout=2) == ["A"]

    monkeypatch.setattr(wire, "offer", lambda packed: wire.writes.put(packed[:3]) or 3)
    taken = Event()
    monkeypatch.setattr(wire, "send", lambda packed: taken.wait() and wire.writes.put(packed))
    early = stage.ask(b"12345678")
    assert wire.next_write() == b"123"
    late = stage.ask(b"b")
    gevent.sleep(0.01)
    taken.set()
    assert [wire.next_write(), wire.next_write()] == [b"45678", b"b"]
    wire.answer("ONE", "TWO")
    assert [early.get(timeout=2), late.get(timeout=2)] == [["ONE"], ["TWO"]]


def test_a_connection_found_broken_while_writing_is_left_for_another(stage, monkeypatch):
    first = stage.ask(b"a")
    wire = stage.next_wire()
    wire.answer("A")
    assert first.get(timeout=2) == ["A"]

    def refuse(_packed):
        raise BrokenPipeError

    monkeypatch.setattr(wire, "offer", refuse)
    second = stage.ask(b"b")
    another = stage.next_wire()
    assert wire.is_closed
    assert another.next_write() == b"b"
    another.answer("B")
    assert second.get(timeout=2) == ["B"]


def test_no_connection_is_told_at_once_and_tried_again_for_the_next(stage):
    stage.refuses = True
    asking = [stage.ask(b"a"), stage.ask(b"b")]
    assert [one.get(timeout=2) for one in asking] == [UNAVAILABLE, UNAVAILABLE]

    stage.refuses = False
    asking = stage.ask(b"c")
    wire = stage.next_wire()
    assert wire.next_write() == b"c"
    wire.answer("C")
    assert asking.get(timeout=2) == ["C"]


def test_only_so_much_may_wait():
    stage = Stage(most_bytes=10)
    waiting = stage.ask(b"12345678")
    wire = stage.next_wire()
    assert stage.ask(b"123").get(timeout=2) == UNAVAILABLE

    wire.answer("A")
    assert waiting.get(timeout=2) == ["A"]
    again = stage.ask(b"123")
    assert [wire.next_write(), wire.next_write()] == [b"12345678", b"123"]
    wire.answer("B")
    assert again.get(timeout=2) == ["B"]


def test_who_was_ended_while_waiting_is_not_woken_and_takes_nobodys_answer(stage):
    ended, other = stage.ask(b"a"), stage.ask(b"b")
    wire = stage.next_wire()
    wire.next_write()
    ended.kill()
    wire.answer("A", "B")

    assert other.get(timeout=2) == ["B"]
    assert isinstance(ended.value, gevent.GreenletExit)
