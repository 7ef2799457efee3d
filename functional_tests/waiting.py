"""The one way to wait: look again and again, until it is so or one has to say what was seen instead."""

import time
from collections.abc import Callable
from typing import TypeVar

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    JavascriptException,
    NoSuchElementException,
    StaleElementReferenceException,
)

from tests.support.stopwatch import Stopwatch

Seen = TypeVar("Seen")

LIMIT_SECONDS = 30.0
# A look costs both processes some 10 ms: who waits for seconds looks less often, and leaves them what they need to get there.
FIRST_PAUSE_SECONDS = 0.02
LONGEST_PAUSE_SECONDS = 0.25
# What a page that is just changing answers; the next look may find it at rest.
NOT_YET = (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    JavascriptException,
    NoSuchElementException,
    StaleElementReferenceException,
)


def wait_for(look: Callable[[], Seen], expected: object = bool, seconds: float = LIMIT_SECONDS) -> Seen:
    """Return what `look` sees once it is `expected`: a value, or a test of it; without either, anything true.

    `seconds` are those of a machine that has nothing else to do.
    """
    watch, pause = Stopwatch(), FIRST_PAUSE_SECONDS
    while True:
        try:
            seen = look()
            if _fits(seen, expected):
                return seen
            excuse = f"saw {seen!r}"
        except NOT_YET as error:
            excuse = f"could not look: {error.msg}"
        if watch.seconds() > seconds:
            raise AssertionError(f"In {seconds:g} s {_name(look)} did not become {_words(expected)}: {excuse}")
        time.sleep(pause)
        pause = min(1.2 * pause, LONGEST_PAUSE_SECONDS)


def _fits(seen: object, expected: object) -> bool:
    return bool(expected(seen)) if callable(expected) else seen == expected


def _name(look: Callable[[], object]) -> str:
    return getattr(look, "__qualname__", repr(look)).removesuffix(".<locals>.<lambda>")


def _words(expected: object) -> str:
    if expected is bool:
        return "true"
    return f"what {_name(expected)} wants" if callable(expected) else repr(expected)
