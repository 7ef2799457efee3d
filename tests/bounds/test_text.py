"""A text is measured in linear time, whatever it is made of; what people write passes."""

import time
import unicodedata

import pytest

from bounds.text import MARKS_IN_A_ROW, TextTooLong, TooManyMarks, has_too_many_marks, normalised, require_measured


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "Ａｌｉｃｅ",
        "กี่ที่นี่",
        "נִקּוּד " * 50,
        "नमस्ते",
        "a" + "\u0301" * MARKS_IN_A_ROW,
        "😀" * 500,
        "👩‍👩‍👧‍👦" * 50,
        "ﾊﾟﾋﾟ" * 20,
    ],
)
def test_what_people_write_passes(text):
    assert normalised("NFKC", text, 2_000) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("marks", ["\u0301", "\u0301\u0316", "\uff9e\u0316", "\U0001d165\u0301", "\u0301\u20dd", "\U000e0100"])
def test_too_many_marks_in_a_row_do_not_pass(marks):
    with pytest.raises(TooManyMarks):
        require_measured("a" + marks * (MARKS_IN_A_ROW + 1), 1_000)


def test_length_is_asked_first():
    with pytest.raises(TextTooLong):
        require_measured("\u0301\u0316" * 1_000_000, 254)


@pytest.mark.parametrize("part", ["\u0301\u0316", "a" + "\u0301\u0316" * 16, "\U0001d165\u0301", "😀", "é", "\uff9e\u0316"])
def test_measuring_takes_linear_time(part):
    short, long = (part * (size // len(part)) for size in (5_000, 80_000))
    assert _seconds(long) < 16 * 8 * max(_seconds(short), 0.0005)


def test_whatever_normalisation_sorts_is_a_mark():
    """Nothing passes that would become more marks than were counted, in all of Unicode."""
    sorted_ones = (char for char in map(chr, range(0x110000)) if _becomes_marks_only(char))
    assert all(has_too_many_marks(char * (MARKS_IN_A_ROW + 1)) for char in sorted_ones)


def test_a_class_of_characters_has_no_more_beyond_where_it_looks():
    for belongs in (lambda char: unicodedata.category(char) == "Cf", unicodedata.combining):
        beyond = (char for start, end in ((0x20000, 0xE0000), (0xE0200, 0x110000)) for char in map(chr, range(start, end)))
        assert not any(belongs(char) for char in beyond)


def _becomes_marks_only(char):
    decomposed = unicodedata.normalize("NFKD", char)
    return all(unicodedata.combining(each) for each in decomposed)


def _seconds(text):
    def once():
        began = time.thread_time()
        has_too_many_marks(text)
        return time.thread_time() - began

    return min(once() for _ in range(5))
