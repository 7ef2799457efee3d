"""Everything that is done with a text from outside, by name: the function that takes it, and how long it can be there."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from django.core.exceptions import ValidationError

from accounts.auth.forms import LogInForm, SignUpForm
from accounts.names.cleaning import LOGIN_MAX_CHARS, NAME_MAX_CHARS, clean_handle, clean_name, normal_handle
from accounts.server_settings import known
from chat.actions.moderation.word_rules import PATTERN_MAX_CHARS
from chat.archive.search.found import found_in
from chat.archive.search.query import parse
from chat.archive.search.terms import indexed_words
from chat.archive.search.tokens import _fold, _folded_texts
from chat.domain.errors import ChatError
from chat.domain.mentions import named_in
from chat.domain.protocol import parse_event
from chat.domain.text import clean_emoji, clean_line, clean_text, measure
from chat.domain.word_filter import Rule, WordList, clean_pattern, count_links, count_mentions

# What the HTTP server lets through, and what a frame does.
BODY, FRAME = 64_000, 128 * 1024

Work = Callable[[str], object]


class Field(NamedTuple):
    """Where texts of at most `most` characters come to `work`."""

    name: str
    most: int
    work: Work


def fields() -> list[Field]:
    """Return all of them; Django is set up."""
    rules = [Rule("word", f"unwelcome {number}", "refuse") for number in range(200)]
    rules += [Rule("link", f"evil{number}.example", "refuse") for number in range(200)]
    message = known("message_max_chars")
    stored = partial(_if_stored, message)
    return [
        Field("handle", BODY, clean_handle),
        Field("login", BODY, normal_handle),
        Field("name", BODY, clean_name),
        Field(
            "log-in form",
            LOGIN_MAX_CHARS * 100,
            lambda text: LogInForm(data={"login": text, "password": text}).fields["login"].clean(text),
        ),
        Field("sign-up form", NAME_MAX_CHARS * 400, lambda text: [field.clean(text) for field in SignUpForm().fields.values()]),
        Field("line", BODY, lambda text: clean_line(text, 200)),
        Field("emoji", FRAME, clean_emoji),
        Field("message", FRAME, lambda text: clean_text(text, message)),
        Field("event", FRAME, parse_event),
        Field("mentions", message, stored(named_in)),
        Field("links and mentions of newcomers", message, stored(lambda text: (count_links(text), count_mentions(text)))),
        Field("word list", message, stored(WordList(rules).judge)),
        Field("pattern", BODY, _pattern),
        Field("index", message, stored(_index)),
        Field("found", message, stored(_found)),
        Field("query", 8_000, parse),
    ]


def refusing(work: Work) -> Work:
    """Return the same work; a refusal is an answer, too."""

    def done(text: str) -> None:
        with suppress(ChatError, ValidationError):
            work(text)

    return done


def _if_stored(most: int, work: Work) -> Work:
    """Texts that were refused come no further."""
    return lambda text: work(clean_text(text, most))


def _pattern(text: str) -> None:
    for kind in ("word", "link"):
        measure(text, PATTERN_MAX_CHARS)
        clean_pattern(kind, text)


def _index(text: str) -> None:
    _folded_texts.cache_clear()
    _fold.cache_clear()
    indexed_words(text)


def _found(text: str) -> None:
    _folded_texts.cache_clear()
    _fold.cache_clear()
    query = parse(" ".join([*text.split()[-3:], "a"])[:300])
    # One with problems is refused: it may have 900 words.
    phrases = [] if query.problems else query.phrases
    words = indexed_words(text)
    for phrase in phrases:
        phrase.is_in(words)
    found_in(text, phrases)
