import pytest
from django.core.exceptions import ValidationError

from accounts.names.cleaning import clean_handle, clean_name


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Petra   Novák ", "Petra Novák"),
        ("Ｐｅｔｒａ", "Petra"),  # full-width letters
        ("علی‌رضا", "علی‌رضا"),  # Persian needs its zero-width non-joiner
        ("Ana 👩‍💻", "Ana 👩‍💻"),
        ("Việt", "Việt"),
        ("x" * 60, "x" * 60),
        ("E\u200bve", "Eve"),  # a zero-width space, a grapheme joiner, a selector, a joiner, a filler: none draws anything
        ("E\u034fv\ufe0fe\u200d\u115f", "Eve"),
        ("Ev\u180be\U000e0041", "Eve"),
        ("Eve\u2800", "Eve"),  # an empty braille cell
        ("☀\ufe0f Eve", "☀\ufe0f Eve"),
        ("Eve\u2066", "Eve"),  # marks that pasting brings
        ("\u202aEve\u202c\u200e", "Eve"),
        (
            "Eve 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
            "Eve 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        ),
        ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
        ("\U0001fae9", "\U0001fae9"),  # newer than the tables of older Pythons
    ],
)
def test_a_name_is_kept_as_people_write_it(typed, stored):
    assert clean_name(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "x" * 61,
        "Eve\u202egnp.exe",  # reads backwards
        "Eve\u202d",
        "\u200f",
        "\u115f",
        "\u0301",
        "Eve\x00",
        "Eve\x1b[31m",
        "\u3164",  # a letter that draws nothing
        "\u2800\u2800",
        "Z\u0334\u0335\u0336\u0337algo",
        "\ud800",
    ],
)
def test_a_name_that_hides_or_spills_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_name(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("Alice", "alice"), ("@bob", "bob"), (" ａｎｎａ ", "anna"), ("a", "a"), ("j.r-r_t", "j.r-r_t"), ("bob\u200b", "bob")],
)
def test_a_handle_is_stored_small_and_plain(typed, stored):
    assert clean_handle(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "аlice",
        "a b",
        ".a",
        "a.",
        "a@b",
        "x" * 31,
        "a\nb",
        "Admin",
        "ＡＤＭＩＮ",
        "@here",
        "everyone",
        "\u3164",
        "\u200b",
        "@",
    ],
)
def test_a_handle_that_misleads_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_handle(typed)
