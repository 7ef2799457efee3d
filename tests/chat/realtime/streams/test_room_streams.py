"""The streams of a process: what its rooms receive in order, and which gaps it reports."""

from typing import Any

import gevent
import pytest

from chat.domain.types import Missed, Position
from chat.realtime.streams.room_sequencer import NumberedEvent
from chat.realtime.streams.room_streams import Gap, RoomStreams

ROOM = 7
START = Position("one", 0, 0)


class Broadcasts:
    """In the place of the connections: keeps what each room receives."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def broadcast(self, room_id: int, packet: Any) -> None:
        assert room_id == ROOM
        self.texts.append(packet.text)


class Counts:
    """In the place of the delivery meter."""

    def __init__(self) -> None:
        self.messages = self.from_the_log = 0

    def note(self, _message: bytes) -> None:
        self.messages += 1

    def note_gap(self, messages: int) -> None:
        self.from_the_log += messages


@pytest.fixture
def broadcasts() -> Any:
    return Broadcasts()


@pytest.fixture
def counts() -> Any:
    return Counts()


@pytest.fixture
def streams(broadcasts, counts) -> RoomStreams:
    streams = RoomStreams(broadcasts, counts)
    streams.open(ROOM)
    streams.begin(ROOM, START)
    return streams


def message(seq: int, epoch: str = "one") -> NumberedEvent:
    return NumberedEvent("message", epoch, seq, b"%d" % seq)


def next_gap(streams: RoomStreams) -> Gap:
    with gevent.Timeout(5):
        return next(streams.gaps())


def waiting_gaps(streams: RoomStreams) -> int:
    return streams._gaps.qsize()


def received(broadcasts: Broadcasts) -> list[str]:
    return [text.partition(",")[2] for text in broadcasts.texts]


def test_a_gap_is_reported_once_and_what_follows_waits_for_its_repair(streams, broadcasts, counts):
    for seq in (1, 3, 4):
        streams.take(ROOM, message(seq))
    assert received(broadcasts) == ['["message",1]']
    gap = next_gap(streams)
    assert (gap.room_id, gap.position) == (ROOM, Position("one", 1, 0))
    assert waiting_gaps(streams) == 0

    streams.mend(gap, Missed(Position("one", 3, 0), [b"2", b"3"], []))

    # 3 came twice, and 4 while the log was read.
    assert received(broadcasts) == [f'["message",{seq}]' for seq in (1, 2, 3, 4)]
    assert (counts.messages, counts.from_the_log) == (4, 2)


def test_what_is_published_during_a_repair_follows_it(streams, broadcasts):
    streams.take(ROOM, message(2))
    gap = next_gap(streams)
    streams.take(ROOM, message(3))
    streams.mend(gap, Missed(Position("one", 2, 0), [b"1", b"2"], []))
    assert received(broadcasts) == [f'["message",{seq}]' for seq in (1, 2, 3)]


def test_a_repair_of_a_stream_that_has_ended_delivers_nothing(streams, broadcasts):
    streams.take(ROOM, message(2))
    gap = next_gap(streams)
    streams.close(ROOM)
    streams.open(ROOM)
    streams.begin(ROOM, Position("one", 2, 0))
    assert not streams.is_open(gap)
    streams.mend(gap, Missed(Position("one", 2, 0), [b"1", b"2"], []))
    assert received(broadcasts) == []


def test_an_incomplete_repair_broadcasts_the_head_so_that_clients_ask(streams, broadcasts):
    streams.take(ROOM, message(2))
    streams.mend(next_gap(streams), Missed(Position("two", 9, 4), [], []))
    [head] = received(broadcasts)
    assert head == '["head",{"room":7,"epoch":"two","seq":9,"rev":4}]'


def test_a_room_whose_head_is_ahead_has_a_gap(streams):
    streams.compare(ROOM, Position("one", 0, 0))
    streams.compare(ROOM, Position("one", 0, 1))
    assert next_gap(streams).position == START


def test_a_quiet_rooms_head_is_broadcast_once(streams, broadcasts):
    streams.take(ROOM, message(1))
    assert streams.quiet_rooms(0.0) == []
    for _ in range(2):
        streams.tell_heads(streams.quiet_rooms(float("inf")))
    assert received(broadcasts)[1:] == ['["head",{"room":7,"epoch":"one","seq":1,"rev":0}]']
