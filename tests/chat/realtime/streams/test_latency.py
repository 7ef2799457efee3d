import time

import pytest

from chat.domain.errors import ChatError, unavailable
from chat.realtime.streams.latency import LONGEST_MS, DeliveryMeter


class Told:
    """In the place of the store: keeps what it is told."""

    def __init__(self) -> None:
        self.counted: list[tuple[dict[int, int], int]] = []
        self.is_silent = False

    def add(self, _now, took, gaps) -> None:
        if self.is_silent:
            raise unavailable()
        self.counted.append((dict(took), gaps))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def meter(told, monkeypatch) -> DeliveryMeter:
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.250)
    return DeliveryMeter(told)


def message(sent_at: int, text: str = "hello") -> bytes:
    return f'{{"room":7,"seq":1,"epoch":"e","sent_at":{sent_at},"text":"{text}"}}'.encode()


def test_what_was_counted_is_told_once(meter, told):
    for ms in (0, 3, 3):
        meter.note(message(1_700_000_000_250 - ms))
    meter.note_gap(2)
    meter.flush()
    meter.flush()
    assert told.counted == [({0: 1, 3: 2}, 2)]


def test_a_clock_that_is_ahead_and_a_message_that_is_very_late(meter, told):
    meter.note(message(1_700_000_009_999))
    meter.note(message(1_600_000_000_000))
    meter.flush()
    assert told.counted == [({0: 1, LONGEST_MS: 1}, 0)]


def test_what_a_person_writes_is_not_taken_for_the_time(meter, told):
    meter.note(message(1_700_000_000_249, 'x\\"sent_at\\":1,"sent_at":1'))
    meter.flush()
    assert told.counted == [({1: 1}, 0)]


def test_nothing_is_lost_while_redis_is_silent(meter, told):
    meter.note(message(1_700_000_000_245))
    meter.note_gap(1)
    told.is_silent = True
    with pytest.raises(ChatError):
        meter.flush()
    told.is_silent = False
    meter.note(message(1_700_000_000_245))
    meter.flush()
    assert told.counted == [({5: 2}, 1)]
