"""A short run of the fuzzer of cost, and that it finds what it is for."""

import random

import pytest

from tests.fuzz.cost.__main__ import fuzz, in_page
from tests.fuzz.cost.fields import Field
from tests.fuzz.cost.judging import judge
from tests.fuzz.cost.texts import PARTS, random_text

SECONDS = 4.0


def test_no_text_costs_more_than_it_weighs() -> None:
    assert fuzz(seed=1, seconds=SECONDS) == []


def test_the_page_shows_no_text_that_costs_more_than_it_weighs() -> None:
    assert in_page([part * (8_000 // len(part)) for part in PARTS]) == []


@pytest.mark.parametrize("part", ["\u0301\u0316", "a."])
def test_it_finds_what_takes_quadratic_time(part: str) -> None:
    def prefixes(text: str) -> None:
        # Not normalisation itself: newer Pythons sort long runs of marks in linear time.
        marks = text.count("\u0301")
        [text[:end].count("\u0316") for end in range(marks)]
        parts = text.split(".")
        [".".join(parts[:end]) for end in range(len(parts))]

    assert judge(Field("bad", 8_000, prefixes), part * (8_000 // len(part)))


def test_the_same_seed_is_the_same_text() -> None:
    assert random_text(random.Random(5), 1_000) == random_text(random.Random(5), 1_000)
