"""Words and links that are not welcome, and what is done about a text that holds them. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from hashlib import sha1
from typing import Literal, NamedTuple

import msgspec
from django.utils.translation import gettext_lazy

from bounds.characters import character_class
from chat.domain.errors import bad_request

RuleKind = Literal["word", "link"]
Effect = Literal["refuse", "hold", "flag"]

# What is worse goes first.
_EFFECTS: tuple[Effect, ...] = ("refuse", "hold", "flag")
_WORD = re.compile(r"\w+")
# Whatever looks like a site's name, with or without a scheme before it.
# From where a label begins, and no label in two ways: else a long name without an ending was tried from each of its letters.
_SITE = re.compile(r"(?<![a-z0-9-])(?:[a-z0-9-]{1,63}+\.){1,10}[a-z]{2,63}")
_LINK = re.compile(r"https?://(?:www\.)?|\bwww\.", re.IGNORECASE)
# What can follow an origin that ends there: "https://chat.example" begins "https://chat.example.evil.org", too, and "@" and
# "\\" would make a name or another host of it.
_ENDS_ORIGIN = ("", "/", "?", "#", " ", "\n", "\t", ")", ">", ",")
_INVISIBLE = re.compile(character_class(lambda char: unicodedata.category(char) == "Cf"))
# Arabic phrases in one character that would become 18 and 8: nobody lists them, and every rule would be looked for in them.
_WHOLE_PHRASES = dict.fromkeys((0xFDFA, 0xFDFB), " ")
_MENTION = re.compile(r"(?<!\w)@[a-z0-9]", re.IGNORECASE)


class Rule(msgspec.Struct, frozen=True):
    """A word or phrase, with `*` at an end where more letters may be, or a site; and what becomes of messages that hold it."""

    kind: RuleKind
    pattern: str
    effect: Effect


class Verdict(NamedTuple):
    """What is done about a text, and for which pattern."""

    effect: Effect
    pattern: str


class Judgement(NamedTuple):
    """By which list a text was judged, and what that list wants; `approved` passes whatever the list wants."""

    list_id: str = ""
    effect: Effect | Literal["", "approved"] = ""
    pattern: str = ""


NOT_JUDGED = Judgement()
APPROVED = Judgement(effect="approved")


class WordList:
    """The rules of a room, ready to be asked.

    Anyone may own a room and write its list, so that a text must be judged in a few ms whatever the list: by looking for
    substrings, which takes linear time, and not by expressions, which mallory would make take years.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._words = [(_needle(rule.pattern), rule) for rule in rules if rule.kind == "word"]
        self._sites = {rule.pattern: rule for rule in rules if rule.kind == "link"}

    def judge(self, text: str) -> Verdict | None:
        """Return the worst that the text deserves, or nothing."""
        broken = [*self._words_in(text), *self._sites_in(text)]
        worst = min(broken, key=lambda rule: _EFFECTS.index(rule.effect), default=None)
        return Verdict(worst.effect, worst.pattern) if worst else None

    def _words_in(self, text: str) -> Iterator[Rule]:
        words = _in_words(text) if self._words else ""
        return (rule for needle, rule in self._words if needle in words)

    def _sites_in(self, text: str) -> Iterator[Rule]:
        for site in _SITE.findall(_plain(text)) if self._sites else ():
            labels = site.split(".")
            names = (".".join(labels[start:]) for start in range(len(labels) - 1))
            yield from (self._sites[name] for name in names if name in self._sites)


@lru_cache(maxsize=1_024)
def word_list(rules: bytes) -> WordList:
    """Return the list that these rules, as JSON, make; b"" is none."""
    return WordList(msgspec.json.decode(rules, type=list[Rule]) if rules else [])


def list_id(rules: bytes) -> str:
    """Return a name for these rules, as JSON: "" for none."""
    return sha1(rules, usedforsecurity=False).hexdigest()[:12] if rules else ""


def clean_pattern(kind: RuleKind, text: str) -> str:
    """Return a measured pattern as it is kept; raises bad_request for what would match nothing, or nearly everything."""
    if kind == "link":
        site = re.sub(r"^https?://(?:www\.)?|/.*$", "", _plain(text).strip())
        if not _SITE.fullmatch(site):
            raise bad_request(gettext_lazy("Write a site as example.com."))
        return site
    words = _in_words(text).strip()
    if len(words) < 2:
        raise bad_request(gettext_lazy("A word has at least two letters; * at an end stands for more of them."))
    stripped = text.strip()
    return f"{'*' * stripped.startswith('*')}{words}{'*' * stripped.endswith('*')}"


def count_links(text: str, own_origins: Collection[str] = ()) -> int:
    """Return how many links a text has; those to pages of these origins do not count."""
    return sum(not _leads_home(text, link.start(), own_origins) for link in _LINK.finditer(text))


def _leads_home(text: str, start: int, own_origins: Collection[str]) -> bool:
    """Whether the address from there on is of one of these origins, and not of a longer host that begins like it."""
    for origin in own_origins:
        end = start + len(origin)
        if text[start:end].lower() == origin and text[end : end + 1] in _ENDS_ORIGIN:
            return True
    return False


def count_mentions(text: str) -> int:
    """Return how many people a text names, or seems to."""
    return len(_MENTION.findall(text))


def _needle(pattern: str) -> str:
    """Words stand between spaces: where there is none to look for, more letters may be."""
    before, behind = "" if pattern.startswith("*") else " ", "" if pattern.endswith("*") else " "
    return f"{before}{pattern.strip('*')}{behind}"


def _in_words(text: str) -> str:
    return f" {' '.join(_WORD.findall(_plain(text)))} "


def _plain(text: str) -> str:
    """What it looks like counts: full-width letters, accents apart and invisible marks are no way around."""
    composed = unicodedata.normalize("NFKC", text.translate(_WHOLE_PHRASES)).casefold()  # measured where it came in
    return composed if composed.isascii() else _INVISIBLE.sub("", composed)
