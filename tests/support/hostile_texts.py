"""Texts that were found to cost more than they weigh, and their relatives."""

MARKS = "\u0301\u0316"
FULL = 7_900


def filling(size: int) -> dict[str, str]:
    """Return one text of `size` characters of each kind, by name."""
    parts = {
        "marks in alternating order": MARKS,
        "32 marks on each letter": "a" + MARKS * 16,
        "half-width marks": "\uff9e\u0316",
        "marks beyond the first plane": "\U0001d165\u0316",
        "names with dots": "a.",
        "names": "@a ",
        "ligatures that become 18 letters": "ﷺ",
        "ligatures apart": "ﷺ ",
        "accents apart": "é ",
        "emoji": "😀",
        "Han": "東京",
        "Thai": "กิ่",
        "Hangul letters": "\u1100\u1161",
        "long labels": "1" * 63 + ".",
        "backticks": "`",
        "fences": "```\n~~~\n",
        "stars": "**a",
        "brackets": "[a](",
        "quotes": '"a" ',
    }
    return {name: (part * size)[:size] for name, part in parts.items()}


def volley() -> list[str]:
    """Return messages, one of each kind, and the name that was taken apart in quadratic time."""
    return [*filling(FULL).values(), "@" + "a." * (FULL // 2)]
