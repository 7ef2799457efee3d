"""What may be written."""

import json
from pathlib import Path

import pytest

from chat.domain.errors import ChatError
from chat.domain.text import clean_emoji, clean_line, clean_text
from project.assets.emoji_names import emoji_names

EMOJI = json.loads((Path(__file__).parents[2] / "rules/emoji.json").read_text())


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
    assert clean_line("m² ½ ™ （株） …", 50) == "m² ½ ™ （株） …"


@pytest.mark.parametrize("name", ["a\u202eb", "a\u202db", "\ue000", "\U000f0000", "a\ufff9b\ufffac\ufffb", "\ud800"])
def test_a_name_hides_nothing(name):
    assert _code(clean_line, name, 50) == "bad_request"


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        ("שלום\u200f", "שלום"),
        ("\u2067שלום\u2069", "שלום"),
        ("\u202aa\u202c", "a"),
        ("\ufeffa\u200bb\u00ad", "ab"),
        ("a\x00\x1b", "a"),
        ("a\x0bb", "a b"),
        ("a\u200b \u200bb", "a b"),
    ],
)
def test_marks_that_pasting_brings_into_a_name_are_dropped(pasted, stored):
    assert clean_line(pasted, 50) == stored


@pytest.mark.parametrize(
    "name",
    [
        "🎉 party",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f Scotland",
        "🇩🇪 de",
        "1\ufe0f\u20e3 first",
        "❤\ufe0f",
        "🏳\ufe0f\u200d🌈",
        "👩🏽\u200d💻",
        "\U0001fae9",
        "™\ufe0f ㊗\ufe0f ‼\ufe0f",
        "क्\u200dष",
        "می\u200cخواهم",
    ],
)
def test_a_name_keeps_emoji_and_what_a_script_needs(name):
    assert clean_line(name, 50) == name


@pytest.mark.parametrize(
    "name", ["\u3164", "\u115f", "\u2800", "\u200b", "\u00ad \u2800", "\U000e0041", "\u202a\u202c", "\x00"]
)
def test_a_name_that_draws_nothing_is_empty(name):
    assert clean_line(name, 50) == ""


@pytest.mark.parametrize("text", [*EMOJI["none"], "👍" + "\u200d👍" * 20])
def test_what_is_no_emoji(text):
    assert _code(lambda text, _: clean_emoji(text), text, 0) == "bad_request"


@pytest.mark.parametrize("case", EMOJI["forms"], ids=lambda case: ascii(case["typed"]))
def test_an_emoji_has_one_form(case):
    assert clean_emoji(case["typed"]) == clean_emoji(case["stored"]) == case["stored"]


def test_the_page_offers_emoji_in_the_form_that_is_stored():
    offered = [*EMOJI["offered"], *json.loads(emoji_names()).values()]
    assert len(offered) > 1_500
    assert [emoji for emoji in offered if clean_emoji(emoji) != emoji] == []
