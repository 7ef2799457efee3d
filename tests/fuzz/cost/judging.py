"""Whether a text costs more than 20 times what plain text of its size does."""

import time
from typing import NamedTuple

from tests.fuzz.cost.fields import Field, refusing

TIMES_PLAIN = 20
# What is over in a millisecond holds nobody up, however much more that is than nothing.
FREE_SECONDS = 0.001
TRIES = 3

# Prose of several scripts, as people write it.
PLAIN = "Grüße aus Köln, bis später! See you at nine in the lobby. Привет, как дела? 東京で会いましょう。 "


class TooDear(NamedTuple):
    """A text that costs too much, in seconds of the processor."""

    field: str
    text: str
    seconds: float
    plain_seconds: float

    def __str__(self) -> str:
        times = f"{1000 * self.seconds:.1f} ms, plain text {1000 * self.plain_seconds:.2f} ms"
        return f"{self.field}: {times}: {len(self.text)} characters of {self.text[:60]!a}"


def judge(field: Field, text: str) -> TooDear | None:
    """Return what is wrong with the text in this field, or nothing."""
    seconds = _seconds(field, text, 1)
    if seconds <= FREE_SECONDS:
        return None
    # As many bytes, or as many characters: of one of them a field may take no more, and refuse it at once.
    plain = plain_of(len(text.encode(errors="surrogatepass")))[: field.most]
    plain_seconds = max(_seconds(field, plain, TRIES), _seconds(field, plain[: len(text)], TRIES))
    seconds = _seconds(field, text, TRIES)
    if seconds <= max(FREE_SECONDS, TIMES_PLAIN * plain_seconds):
        return None
    return TooDear(field.name, text, seconds, plain_seconds)


def plain_of(size: int) -> str:
    """Return plain text of about so many bytes."""
    return PLAIN * (size // len(PLAIN.encode()) + 1)


def _seconds(field: Field, text: str, tries: int) -> float:
    work = refusing(field.work)

    def once() -> float:
        began = time.thread_time()
        work(text)
        return time.thread_time() - began

    return min(once() for _ in range(tries))
