"""Which texts are one emoji, and in which form each is stored: by Unicode's list of emoji for interchange. Pure."""

import re

from emoji import EMOJI_DATA, STATUS

# Ask for the picture, or for the black and white sign. Unicode's list has the one form of each emoji with all that it needs.
_SELECTORS = re.compile("[\ufe0e\ufe0f]")


def _bare(text: str) -> str:
    return _SELECTORS.sub("", text)


_QUALIFIED = {_bare(emoji): emoji for emoji, facts in EMOJI_DATA.items() if facts["status"] == STATUS["fully_qualified"]}


def one_emoji(text: str) -> str | None:
    """Return the one emoji that `text` is, fully qualified, so that all its spellings are counted as one; None for no emoji."""
    return _QUALIFIED.get(_bare(text))
