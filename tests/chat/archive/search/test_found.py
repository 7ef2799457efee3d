import time

import pytest
from hypothesis import given

from chat.archive.search.found import MOST_FOUND, found_in
from chat.archive.search.query import parse
from tests.chat.archive.search.test_query import NASTY


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("a red boat", "boat", ["boat"]),
        ("Boats, boats and a BOAT", "boat", ["Boats", "boats", "BOAT"]),
        ("Das Café!", "cafe", ["Café"]),
        ("red **boat**, red house", '"red boat"', ["red **boat"]),
        ("東京都に行く", "京都", ["京都"]),
        ("C++ beside C#", "c++", ["C++"]),
        ("in Łódź →", "lodz →", ["Łódź", "→"]),
        ("a cat and a cattle dog", '"cat dog" cat', ["cat", "cattle"]),
        ("nothing of it", "boat", []),
        ("anything", "", []),
    ],
)
def test_what_was_looked_for_is_told_as_it_is_written(text, query, found):
    assert found_in(text, parse(query).phrases) == found


def test_a_message_has_a_few_spellings():
    text = " ".join(f"boat{number}" for number in range(100))
    assert len(found_in(text, parse("boat").phrases)) == MOST_FOUND


def test_no_message_takes_long():
    started = time.thread_time()
    for text in ("a " * 10_000, "x" * 20_000, "あ" * 20_000, "é\u0327" * 10_000):
        found_in(text, parse("a " * 19 + "x").phrases)
    assert time.thread_time() - started < 2


@given(NASTY, NASTY)
def test_whatever_is_found_is_in_the_text(text, query):
    assert all(part and part in text for part in found_in(text, parse(query).phrases))


def test_the_same_word_often_is_looked_for_once():
    """20 times "a" took 20 times as long as once, 400 ms, in a message of 8,000 of them."""
    assert _seconds('"a" ' * 20) < 5 * _seconds('"a"')


def _seconds(query):
    """The shortest of several: other work on the machine makes some longer."""
    phrases, took = parse(query).phrases, []
    for _ in range(5):
        started = time.thread_time()
        assert found_in('"a' * 4_000, phrases) == ["a"]
        took.append(time.thread_time() - started)
    return min(took)
