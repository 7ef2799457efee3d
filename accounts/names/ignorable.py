"""Characters that draw nothing by default, so that two texts which differ only in them look the same."""

import re

# Default_Ignorable_Code_Point of Unicode 16, DerivedCoreProperties.txt; Python's unicodedata does not have the property.
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# An empty braille cell is a space that Unicode does not call one.
_SEEN = re.compile(rf"[^\s\u2800{_IGNORABLE}]")

# The few places in which such a character changes what is drawn: a joiner between Arabic letters (Persian), after a virama
# (the scripts of India), and between two pictographs; a variation selector after a pictograph and in a keycap. See UAX
# #31, 2.3. The tags of a regional flag are told apart by nothing else.
_ARABIC = "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f"
_VIRAMA = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca"
_PICTOGRAPH = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_VISIBLE = (
    rf"(?<=[{_ARABIC}])\u200c(?=[{_ARABIC}])|(?<=[{_VIRAMA}])[\u200c\u200d](?=\w)|(?<=[{_PICTOGRAPH}\ufe0f])\u200d(?=[{_PICTOGRAPH}])"
    rf"|(?<=[{_PICTOGRAPH}])\ufe0f|(?<=[0-9#*])\ufe0f(?=\u20e3)"
)
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f"
_HIDDEN = re.compile(f"({_FLAG}|{_VISIBLE})|[{_IGNORABLE}]")
_NOT_FLAG = re.compile(f"({_FLAG})|[{_IGNORABLE}]")
# These make letters read in another order than they are stored in: what looks like one name is another one.
_OVERRIDES = re.compile("[\u202d\u202e]")


def without_hidden(text: str) -> str:
    """Return the text without default-ignorable characters, but for those that a script or an emoji needs where they stand."""
    return _HIDDEN.sub(lambda found: found[1] or "", text)


def draws_something(text: str) -> bool:
    """Whether there is anything to see; found with the first such character, since removing all others takes 3 ms."""
    return bool(_SEEN.search(text))


def without_ignorable(text: str) -> str:
    """Return the text without default-ignorable characters, but for those of flags: a form to compare, not to show."""
    return _NOT_FLAG.sub(lambda found: found[1] or "", text)


def is_reordered(text: str) -> bool:
    """Whether the text forces another reading order on its letters. Marks that pasting brings do not: they can be dropped."""
    return bool(_OVERRIDES.search(text))
