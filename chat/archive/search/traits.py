"""What a text has beside words: links and code, as far as can be told without showing it. Pure.

The page decides what is shown as a link or as code; tests/rules/text.json holds this against it.
"""

import re
from typing import Literal, get_args

Trait = Literal["link", "code"]
TRAITS: tuple[Trait, ...] = get_args(Trait)

# Endings that make a link of a bare host, as static/js/markdown/rules/bare_hosts.js has them.
_WELL_KNOWN = (
    "com|org|net|edu|gov|mil|biz|aero|museum|coop|asia|io|dev|eu|de|ch|fr|uk|nl|es|se|dk|fi|cz|sk|hu|gr|bg|lt|lv|ee|lu|pt|ro|li|ie"
    "|ru|ua|jp|kr|cn|tw|hk|sg|nz|au|ca|br|mx|ar|cl|za|tr|il|ae|th|vn|рф"
)
_LABELS = r"(?<![\w@.:/\\-])(?:[A-Za-z0-9-]{1,63}\.){1,10}"
_LINK = re.compile(
    r"(?i:https?://[^\s/?#<>]|\]\((?:mailto:|/rooms/)|<[^\s<>@:]{1,64}@[^\s<>@]+>|<mailto:)"
    rf"|{_LABELS}(?:(?:{_WELL_KNOWN})(?:(?![\w(.:-])|\.(?!\w))|[A-Za-z]{{2,24}}/)"
)
# Between two runs of as many backticks, in one block; or a fence with something in it. The pieces between them exclude each
# other, so that giving one back finds nothing; "{1,100}+" would say so, but Python before 3.11.5 then finds no end (gh-106052).
_BLOCK_ENDS = r"[ \t]*+(?:\n|[*+>-][ \t]|\d{1,9}[.)][ \t])"
_CODE = re.compile(
    rf"(?<![`\\])(`++)(?!\s++\1(?!`))(?:[^`\n]++|\n(?!{_BLOCK_ENDS})|(?!\1(?!`))`++){{1,100}}\1(?!`)"
    r"|^[ \t>*+.)0-9-]*+`{3,}+[^`\n]*+\n\s*+\S",
    re.MULTILINE,
)
_EMPTY_FENCE = re.compile(r"^[ \t]*(`{3,})[\w#+.-]*[ \t]*\n\s*\1`*[ \t]*$", re.MULTILINE)


def traits_of(text: str) -> list[Trait]:
    """Return what the text has of these."""
    found: list[Trait] = ["link"] if _LINK.search(text) else []
    if "`" in text and _CODE.search(_EMPTY_FENCE.sub("", text)):
        found.append("code")
    return found
