"""A room's events: each once, in order, none left out, however they come."""

import random

import pytest

from chat.domain.types import Missed, Position
from chat.realtime.streams.room_sequencer import NumberedEvent, RoomSequencer


class Redis:
    """What a room's log would answer."""

    def __init__(self) -> None:
        self.epoch = "one"
        self.seq = 0
        self.rev = 0

    def send(self) -> NumberedEvent:
        self.seq += 1
        return NumberedEvent("message", self.epoch, self.seq, b"m%d" % self.seq)

    def amend(self) -> NumberedEvent:
        self.rev += 1
        return NumberedEvent("amended", self.epoch, self.rev, b"a%d" % self.rev)

    def head(self) -> Position:
        return Position(self.epoch, self.seq, self.rev)

    def missed(self, position: Position) -> Missed:
        if position.epoch != self.epoch:
            return Missed(self.head(), [], [])
        messages = [b"m%d" % seq for seq in range(position.seq + 1, self.seq + 1)]
        return Missed(self.head(), messages, [(rev, b"a%d" % rev) for rev in range(position.rev + 1, self.rev + 1)])


class Delivered:
    """A sequencer, and the payloads that it has put in order until now."""

    def __init__(self) -> None:
        self.sequencer = RoomSequencer()
        self.payloads: list[bytes] = []

    def begin(self, position: Position) -> None:
        self._add(self.sequencer.begin(position))

    def take(self, event: NumberedEvent) -> None:
        self._add(self.sequencer.take(event))

    def mend(self, missed: Missed) -> bool:
        repaired = self.sequencer.mend(missed)
        self._add(repaired.events)
        return repaired.is_complete

    def _add(self, events) -> None:
        self.payloads += [event.payload for event in events]


@pytest.fixture
def redis():
    return Redis()


@pytest.fixture
def room(redis):
    room = Delivered()
    room.begin(redis.head())
    return room


def test_what_follows_is_delivered(room, redis):
    for event in (redis.send(), redis.amend(), redis.send()):
        room.take(event)
    assert room.payloads == [b"m1", b"a1", b"m2"]
    assert not room.sequencer.has_gap()


def test_a_repeat_is_dropped(room, redis):
    event = redis.send()
    room.take(event)
    room.take(event)
    assert room.payloads == [b"m1"]
    assert not room.sequencer.has_gap()


def test_what_was_missed_is_read_before_what_follows(room, redis):
    redis.send()
    redis.amend()
    room.take(redis.send())
    assert room.sequencer.has_gap()
    position = room.sequencer.start_repair()
    room.take(redis.send())
    assert room.payloads == []
    assert room.mend(redis.missed(position))
    assert room.payloads == [b"m1", b"m2", b"m3", b"a1"]
    assert not room.sequencer.has_gap()


def test_what_comes_before_the_beginning_waits(redis):
    room = Delivered()
    room.take(redis.send())
    position = redis.head()
    room.take(redis.send())
    assert room.payloads == []
    assert not room.sequencer.has_gap()
    room.begin(position)
    assert room.payloads == [b"m2"]


def test_a_gap_before_the_beginning_is_found_at_the_beginning(redis):
    room, position = Delivered(), redis.head()
    redis.send()
    room.take(redis.send())
    room.begin(position)
    assert room.payloads == []
    assert room.sequencer.has_gap()


def test_a_new_epoch_is_not_delivered_but_asked_for(room, redis):
    room.take(redis.send())
    redis.epoch, redis.seq = "two", 0
    room.take(redis.send())
    assert room.sequencer.has_gap()
    assert not room.mend(redis.missed(room.sequencer.start_repair()))
    room.take(redis.send())
    assert room.payloads == [b"m1", b"m2"]
    assert room.sequencer.position == Position("two", 2, 0)


def test_a_part_of_what_was_missed_is_not_delivered(room, redis):
    redis.send()
    assert not room.mend(Missed(Position("one", 5_000, 0), [], []))
    assert room.payloads == []
    redis.seq = 5_000
    room.take(redis.send())
    assert room.payloads == [b"m5001"]


@pytest.mark.parametrize("seed", range(200))
def test_any_mix_of_loss_repetition_and_repair(redis, seed):
    chance = random.Random(seed)
    room = Delivered()
    room.begin(redis.head())
    events: list[NumberedEvent] = []
    for _ in range(60):
        event = chance.choice([redis.send, redis.amend])()
        events.append(event)
        if chance.random() < 0.2:
            continue
        room.take(event)
        if room.sequencer.has_gap() or (not room.sequencer.is_repairing and chance.random() < 0.05):
            position = room.sequencer.start_repair()
            read_at = chance.random()
            missed = redis.missed(position) if read_at < 0.5 else None
            for _ in range(chance.randrange(3)):
                late = chance.choice([redis.send, redis.amend])()
                events.append(late)
                room.take(late)
            room.mend(missed or redis.missed(position))
            while room.sequencer.has_gap():
                room.mend(redis.missed(room.sequencer.start_repair()))
        if chance.random() < 0.1:
            room.take(chance.choice(events))
    room.mend(redis.missed(room.sequencer.start_repair()))
    assert [payload for payload in room.payloads if payload[:1] == b"m"] == [b"m%d" % seq for seq in range(1, redis.seq + 1)]
    assert [payload for payload in room.payloads if payload[:1] == b"a"] == [b"a%d" % rev for rev in range(1, redis.rev + 1)]
