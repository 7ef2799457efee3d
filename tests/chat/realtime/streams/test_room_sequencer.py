"""A room's feed: each event once, in order, none left out, however they come."""

import random

import pytest

from chat.domain.types import Missed, Position
from chat.realtime.streams.room_sequencer import Event, RoomFeed


class Redis:
    """What a room's log would answer."""

    def __init__(self) -> None:
        self.epoch = "one"
        self.seq = 0
        self.rev = 0

    def send(self) -> Event:
        self.seq += 1
        return Event("message", self.epoch, self.seq, b"m%d" % self.seq)

    def amend(self) -> Event:
        self.rev += 1
        return Event("amended", self.epoch, self.rev, b"a%d" % self.rev)

    def head(self) -> Position:
        return Position(self.epoch, self.seq, self.rev)

    def missed(self, position: Position) -> Missed:
        if position.epoch != self.epoch:
            return Missed(self.head(), [], [])
        messages = [b"m%d" % seq for seq in range(position.seq + 1, self.seq + 1)]
        return Missed(self.head(), messages, [(rev, b"a%d" % rev) for rev in range(position.rev + 1, self.rev + 1)])


@pytest.fixture
def redis():
    return Redis()


@pytest.fixture
def told():
    return []


@pytest.fixture
def feed(redis, told):
    feed = RoomFeed(lambda name, payload: told.append(payload))
    feed.begin(redis.head())
    return feed


def test_what_follows_is_passed_on(feed, redis, told):
    for event in (redis.send(), redis.amend(), redis.send()):
        assert feed.take(event)
    assert told == [b"m1", b"a1", b"m2"]


def test_a_repeat_is_dropped(feed, redis, told):
    event = redis.send()
    assert feed.take(event)
    assert feed.take(event)
    assert told == [b"m1"]


def test_what_was_missed_is_read_before_what_follows(feed, redis, told):
    redis.send()
    redis.amend()
    assert not feed.take(redis.send())
    position = feed.start_repair()
    assert feed.take(redis.send())
    assert feed.mend(redis.missed(position))
    assert told == [b"m1", b"m2", b"m3", b"a1"]
    assert not feed.needs_repair()


def test_what_comes_before_the_beginning_waits(redis, told):
    feed = RoomFeed(lambda name, payload: told.append(payload))
    first = redis.send()
    position = redis.head()
    assert feed.take(first)
    assert feed.take(redis.send())
    feed.begin(position)
    assert told == [b"m2"]


def test_a_new_epoch_is_not_passed_on_but_asked_for(feed, redis, told):
    assert feed.take(redis.send())
    redis.epoch, redis.seq = "two", 0
    assert not feed.take(redis.send())
    assert not feed.mend(redis.missed(feed.start_repair()))
    assert feed.take(redis.send())
    assert told == [b"m1", b"m2"]
    assert feed.position == Position("two", 2, 0)


def test_too_much_to_tell_is_not_half_told(feed, redis, told):
    redis.send()
    assert not feed.mend(Missed(Position("one", 5_000, 0), [], []))
    assert told == []
    redis.seq = 5_000
    assert feed.take(redis.send())


@pytest.mark.parametrize("seed", range(200))
def test_any_mix_of_loss_repetition_and_repair(redis, seed):
    chance = random.Random(seed)
    told: list[bytes] = []
    feed = RoomFeed(lambda name, payload: told.append(payload))
    feed.begin(redis.head())
    events: list[Event] = []
    for _ in range(60):
        event = chance.choice([redis.send, redis.amend])()
        events.append(event)
        if chance.random() < 0.2:
            continue
        if not feed.take(event) or (not feed.is_repairing and chance.random() < 0.05):
            position = feed.start_repair()
            read_at = chance.random()
            missed = redis.missed(position) if read_at < 0.5 else None
            for _ in range(chance.randrange(3)):
                late = chance.choice([redis.send, redis.amend])()
                events.append(late)
                feed.take(late)
            feed.mend(missed or redis.missed(position))
            while feed.needs_repair():
                feed.mend(redis.missed(feed.start_repair()))
        if chance.random() < 0.1:
            feed.take(chance.choice(events))
    feed.mend(redis.missed(feed.start_repair()))
    assert [payload for payload in told if payload[:1] == b"m"] == [b"m%d" % seq for seq in range(1, redis.seq + 1)]
    assert [payload for payload in told if payload[:1] == b"a"] == [b"a%d" % rev for rev in range(1, redis.rev + 1)]
