"""Latin letters that no normal form takes apart, and the plain ones people type for them. Pure.

The page has the same: static/js/core/fuzzy.js. The cases: tests/rules/letters.json.
"""

_PLAIN = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
    "\u0131": "i",
    "ȷ": "j",
    "ĸ": "k",
    "ŋ": "n",
    "æ": "ae",
    "œ": "oe",
    "ƀ": "b",
    "ɓ": "b",
    "ƈ": "c",
    "ɖ": "d",
    "ɗ": "d",
    "ǥ": "g",
    "ɠ": "g",
    "ɨ": "i",
    "ƙ": "k",
    "ɲ": "n",
    "ɔ": "o",
    "ɛ": "e",
    "ə": "e",
    "ʉ": "u",
    "ƴ": "y",
    "ƶ": "z",
    "ß": "ss",
}
_TABLE = str.maketrans(_PLAIN)
# Lengthens a word of Arabic to fill its line.
_TATWEEL = "\u0640"


def plain_letters(text: str) -> str:
    """Return the text, which has only small letters, with such letters as people type them who do not have them: "lodz"."""
    return text.translate(_TABLE).replace(_TATWEEL, "")
