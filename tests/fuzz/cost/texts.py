"""Texts that may cost more than they weigh: patterns that are repeated, runs of one kind, and characters of every category."""

import random
import sys
import unicodedata
from functools import cache

# What makes parsers, normalisation and expressions look twice; each is repeated alone and mixed.
PARTS = (
    *(
        "a",
        " ",
        "\n",
        "\t",
        "@",
        ".",
        "-",
        "_",
        "*",
        "`",
        "~",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "!",
        "|",
        "\\",
        "/",
        ":",
        "#",
        "&",
        '"',
        "'",
        "0",
    ),
    *(
        "a.",
        "@a",
        "@a.",
        "@a_",
        "a@",
        "a*",
        "*a",
        "**",
        "[a](",
        "](",
        "![",
        "> ",
        "- ",
        "1. ",
        "```\n",
        "~~~",
        "``",
        "<a",
        "&lt;",
        "www.",
        "://",
    ),
    *(
        "http://a",
        "a.b ",
        "a-",
        "xn--",
        "in:",
        "from:a ",
        '"a',
        "after:2",
        "1" * 63 + ".",
        "a" * 63 + ".",
        "\\\\",
        "$$",
        "{{",
        "%C3",
        "\r\n",
    ),
    *(
        "\u0301",
        "\u0301\u0316",
        "e\u0301",
        "\uff9e\u0316",
        "ﷺ",
        "ﷻ",
        "㌖",
        "㎯",
        "😀",
        "👩\u200d",
        "🇩",
        "1\ufe0f\u20e3",
        "東京",
        "กิ่",
        "한",
        "\u1100\u1161",
    ),
    *(
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\u3164",
        "\u00ad",
        "\U000e0041",
        "\ufe0f",
        "İ",
        "ß",
        "ŉ",
        "ΐ",
        "ﬃ",
        "Ⅷ",
        "①",
        "½",
        "Å",
    ),
)


def random_text(chance: random.Random, most: int) -> str:
    """Return a text of at most `most` characters."""
    kind = chance.randrange(4)
    if kind == 0:
        text = chance.choice(PARTS) * most
    elif kind == 1:
        text = "".join(chance.choices(PARTS, k=chance.randint(1, 4))) * most
    elif kind == 2:
        characters = _by_category()[chance.choice(list(_by_category()))]
        text = "".join(chance.choices(characters, k=most))
    else:
        text = "".join(_few(chance) for _ in range(chance.randint(2, 12)))
    return text[:most]


def _few(chance: random.Random) -> str:
    part = "".join(chance.choices(PARTS, k=chance.randint(1, 3)))
    return part * chance.choice((1, 2, 33, 500, 4_000))


@cache
def _by_category() -> dict[str, str]:
    """All characters that JSON and UTF-8 can carry, by Unicode's category."""
    found: dict[str, list[str]] = {}
    for code in range(sys.maxunicode + 1):
        category = unicodedata.category(chr(code))
        if category != "Cs":
            found.setdefault(category, []).append(chr(code))
    return {category: "".join(characters) for category, characters in found.items()}
