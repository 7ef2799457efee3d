"""What may be written."""

import pytest

from chat.domain.errors import ChatError
from chat.domain.text import clean_emoji, clean_line, clean_text


def _code(clean, text, limit):
    with pytest.raises(ChatError) as refused:
        clean(text, limit)
    return refused.value.code


def test_text_keeps_what_people_write():
    assert clean_text("  a\r\n\tb\u200d\U0001f469\u202e ", 50) == "a\n\tb\u200d\U0001f469\u202e"
    assert clean_text("x" * 10, 10) == "x" * 10


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\r\n\t",
        "\u200b",
        "\ufeff\u3164 \u2800",
        "\U000e0041\U000e0042",
        "\u202e\u2066",
        "\u00ad",
        "\u2800",
        "&nbsp; &#160;",
        "[](https://example.com)",
        "\x07",
    ],
)
def test_nothing_is_not_sent(text):
    assert _code(clean_text, text, 30) == "empty"


def test_too_much_is_not_sent():
    assert _code(clean_text, "x" * 11, 10) == "too_long"


def test_what_is_no_text_is_not_sent():
    assert _code(clean_text, "\ud800", 50) == "bad_request"


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        ("a\x0bb", "a\nb"),
        ("a\x0cb\x85c\rd\r\ne", "a\nb\nc\nd\ne"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("a\x00b\x7fc\x9f", "abc"),
        ("\tx\n\ty", "x\n\ty"),
    ],
)
def test_controls_of_slides_and_terminals_become_line_ends_or_nothing(pasted, stored):
    assert clean_text(pasted, 50) == stored


def test_a_name_is_one_composed_line():
    assert clean_line("  Cafe\u0301 \n Room ", 50) == "Caf\u00e9 Room"
    assert clean_line("", 50) == ""
    assert clean_line("a\ufe0fb\u034f\u3164", 50) == "ab"


@pytest.mark.parametrize("name", ["a\u202eb", "a\u200bb", "a\x00", "\ue000", "\ud800"])
def test_a_name_hides_nothing(name):
    assert _code(clean_line, name, 50) == "bad_request"


@pytest.mark.parametrize("emoji", ["👍", "❤️", "👍🏽", "👩‍👩‍👧‍👦", "🇳🇴", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "☕", "🏳️‍🌈", "✅"])
def test_an_emoji_is_one_emoji(emoji):
    assert clean_emoji(emoji) == emoji


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "👍👍",
        "👍 ",
        ":+1:",
        "<b>",
        "\u202e",
        "1",
        "👍|7",
        "🇳",
        "\u200d",
        "\u3042",
        "①",
        "→",
        "\u2060",
        "\u3000",
        "\ufe0f",
        "👍" + "\u200d👍" * 20,
    ],
)
def test_what_is_no_emoji(text):
    assert _code(lambda text, _: clean_emoji(text), text, 0) == "bad_request"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("❤", "❤\ufe0f"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("❤\ufe0e", "❤\ufe0f"),
        ("👍\ufe0f", "👍"),
        ("1\u20e3", "1\ufe0f\u20e3"),
        ("☝🏽", "☝🏽"),
    ],
)
def test_an_emoji_has_one_form(typed, stored):
    assert clean_emoji(typed) == stored
