import time

import pytest
from hypothesis import given

from chat.archive.search.excerpt import EXCERPT_CHARS, excerpt
from chat.archive.search.query import parse
from tests.chat.archive.search.test_query import NASTY


def marked(text: str, query: str) -> str:
    """The excerpt with what was looked for in brackets."""
    pieces = excerpt(text, parse(query).phrases)
    assert len(pieces) % 2 == 1
    return "".join(f"[{piece}]" if number % 2 else piece for number, piece in enumerate(pieces))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("a red boat", "boat", "a red [boat]"),
        ("Boats and a BOAT", "boat", "[Boats] and a [BOAT]"),
        ("Das Café!", "cafe", "Das [Café]!"),
        ("red boat, red house", '"red boat"', "[red boat], red house"),
        ("red boat house", '"red boat" "boat house"', "[red boat house]"),
        ("東京都に行く", "京都", "東[京都]に行く"),
        ("two\n\n  lines", "lines", "two [lines]"),
        ("nothing of it", "boat", "nothing of it"),
        ("<b>bold</b>", "b", "<[b]>bold</[b]>"),
    ],
)
def test_what_was_looked_for_is_marked(text, query, expected):
    assert marked(text, query) == expected


def test_of_a_long_message_the_part_is_shown_that_matters():
    text = "before " * 100 + "the boat" + " after" * 100
    shown = marked(text, "boat")
    assert shown.startswith("…before before")
    assert "the [boat] after" in shown
    assert shown.endswith("…")
    assert len(shown) <= EXCERPT_CHARS + 4
    assert marked(text, "after").count("[") > 10
    assert marked(text, "").startswith("before before")


def test_no_message_takes_long():
    started = time.thread_time()
    for text in ("a " * 10_000, "x" * 20_000, "あ" * 20_000, "é\u0327" * 10_000):
        excerpt(text, parse("a " * 19 + "x").phrases)
    assert time.thread_time() - started < 2


@given(NASTY, NASTY)
def test_any_message_has_an_excerpt(text, query):
    pieces = excerpt(text, parse(query).phrases)
    assert len(pieces) % 2 == 1
    assert all(pieces[1::2])
