"""The measurement itself: it must see what it is there to see."""

import pytest

from benchmarks.acknowledgement import verify
from benchmarks.client import Acknowledgement
from benchmarks.report import Wrong, latency_cells, percentile


class Seen:
    def __init__(self, *seqs: int, prefix: str = "m") -> None:
        self.messages = [{"seq": seq, "client_id": f"{prefix}{seq}"} for seq in seqs]


def acknowledged(*seqs: int) -> list[Acknowledgement]:
    return [Acknowledgement({"ok": True, "seq": seq}, 0.001) for seq in seqs]


def test_the_same_messages_in_the_same_order_are_fine() -> None:
    verify([Seen(1, 2, 3), Seen(1, 2, 3)], acknowledged(3, 1, 2))


@pytest.mark.parametrize(
    "second",
    [Seen(1, 3, 2), Seen(1, 2, 2, 3), Seen(1, 2, 4), Seen(1, 2, 3, prefix="other")],
    ids=["order", "double", "lost", "different"],
)
def test_what_breaks_the_promise_is_seen(second: Seen) -> None:
    with pytest.raises(Wrong):
        verify([Seen(1, 2, 3), second], acknowledged(1, 2, 3))


def test_a_message_that_never_comes_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.acknowledgement.ANSWER_SECONDS", 0.05)
    with pytest.raises(Wrong, match="not everyone saw every message"):
        verify([Seen(1, 2), Seen(1)], acknowledged(1, 2))


def test_a_refusal_is_seen() -> None:
    with pytest.raises(Wrong, match="refused"):
        verify([Seen()], [Acknowledgement({"ok": False, "error": {"code": "rate_limited"}}, 0.001)])


def test_percentiles() -> None:
    values = [number / 1000 for number in range(1, 101)]
    assert percentile(values, 0.99) == 0.099
    assert latency_cells(values) == ["50.0", "95.0", "99.0", "100.0"]
