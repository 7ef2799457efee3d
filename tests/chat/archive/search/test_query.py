import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.archive.search.query import MOST_WORDS, Phrase, parse
from chat.archive.search.terms import indexed_words

SIGNS = "\"'*()^:-+&|!<>@#%\\ \t\n\x00\ud800ANDORNOTNEARfrominbeforeafter東é🎉0123456789"
NASTY = st.text(st.one_of(st.characters(), st.sampled_from(SIGNS)))


def phrases(text: str) -> list[tuple[str, ...]]:
    return [phrase.words for phrase in parse(text).phrases]


def test_words_phrases_and_operators():
    query = parse('red "big boat" from:@Bob in:#Sea before:2026-11-24 after:2026-11-01')
    assert query.phrases == [Phrase(("red",), is_prefix=True), Phrase(("big", "boat"))]
    assert (query.authors, query.rooms) == (["bob"], ["sea"])
    assert (query.before, query.after) == (date(2026, 11, 24), date(2026, 11, 1))
    assert query.problems == []


def test_only_the_last_word_that_is_not_quoted_may_go_on():
    assert [phrase.is_prefix for phrase in parse("one three").phrases] == [False, True]
    assert [phrase.is_prefix for phrase in parse('three "four" from:x').phrases] == [True, False]
    assert [phrase.is_prefix for phrase in parse("three to").phrases] == [False, False]


def test_what_is_written_together_is_a_phrase():
    assert phrases("don't foo_bar") == [("don", "t"), ("foo", "bar")]
    assert phrases('an "unclosed quote') == [("an",), ("unclosed", "quote")]
    assert phrases("東京都") == [("東京", "京都")]


def test_what_only_looks_like_an_operator_is_words():
    assert phrases("https://example.org") == [("https", "example", "org")]
    assert phrases('"from:bob"') == [("from", "bob")]
    assert phrases("AND OR NOT NEAR(a b)") == [("and",), ("or",), ("not",), ("near", "a"), ("b",)]


def test_the_narrowest_days_count_and_names_add_up():
    query = parse("before:2026-11-24 before:2026-11-20 after:2026-01-01 after:2026-02-01 from:a from:b from:a in:x in:y")
    assert (query.before, query.after) == (date(2026, 11, 20), date(2026, 2, 1))
    assert (query.authors, query.rooms) == (["a", "b"], ["x", "y"])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("before:soon", "Write the day as before:2026-11-24, before:yesterday or before:7d."),
        ("after:2026-02-30", "Write the day as after:2026-11-24, after:yesterday or after:7d."),
        ("after:7x", "Write the day as after:2026-11-24, after:yesterday or after:7d."),
        ("after:", "Write the day as after:2026-11-24, after:yesterday or after:7d."),
        ("has:cake", "Write has:link or has:code."),
        ("is:", "Write is:edited."),
        ("mentions:@", "Name the person: mentions: and a handle, or mentions:me."),
        ("from:", "Whose messages? Write from: and a handle."),
        ("in:#", "In which room? Write in: and its name."),
        ("x" * 301, "Enter at most 300 characters."),
        ("a " * (MOST_WORDS + 1), "Enter at most 20 words."),
        (" ".join(f"from:p{number}" for number in range(11)), "Choose at most 10 people and 10 rooms."),
    ],
)
def test_what_is_not_understood_is_said_in_words(text, problem):
    assert parse(text).problems == [problem]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("today", date(2026, 3, 1)),
        ("Yesterday", date(2026, 2, 28)),
        ("0d", date(2026, 3, 1)),
        ("7d", date(2026, 2, 22)),
        ("2w", date(2026, 2, 15)),
        ("1m", date(2026, 1, 30)),
        ("1y", date(2025, 3, 1)),
        ("9999y", date(1970, 1, 1)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_days_may_be_counted_back_from_today(written, meant):
    assert parse(f"after:{written}", date(2026, 3, 1)).after == meant


def test_what_a_message_has_and_who_is_mentioned():
    query = parse("has:link has:Code has:links is:Edited mentions:@Bob mentions:me")
    assert (query.traits, query.is_edited, query.mentioned) == (["link", "code"], True, ["bob", "me"])
    assert (query.phrases, query.problems) == ([], [])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("subject:boat to:bob", ["subject:", "to:"]),
        ("to:a to:b", ["to:"]),
        ("von:ada", ["von:"]),
        ("https://b.example at 10:30", []),
        ("std::vector C:\\dir http://x note: x '\"to:bob\"'", []),
        ('"to:bob"', []),
    ],
)
def test_what_is_no_operator_is_named_and_searched_as_words(text, named):
    query = parse(text)
    assert query.not_operators == named
    assert query.phrases
    assert query.problems == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("C++", [("c", "c++")]),
        ("C#", [("c", "c#")]),
        ("⭐", [("⭐",)]),
        ("⏰ →", [("⏰",), ("→",)]),
        ("100 €", [("100",), ("€",)]),
        ("Łódź", [("lodz",)]),
        ("soft\u00adhyphen", [("softhyphen",)]),
    ],
)
def test_signs_and_letters_that_some_keyboards_do_not_have(text, asked):
    assert phrases(text) == asked


@pytest.mark.parametrize("text", ["++", "in:sea ++", "?! ...", "─", '"++"'])
def test_what_has_nothing_to_search_for_is_noticed(text):
    query = parse(text)
    assert query.wordless
    assert not query.phrases


@pytest.mark.parametrize("text", ["", "  ", "...", '""', "\x00", "\ud800"])
def test_nothing_is_asked_for(text):
    assert parse(text).is_empty


@pytest.mark.parametrize("part", ['"', 'a"', "from:", " ", "\u0301", "a:", '" "', "ﷺ"])
def test_no_text_takes_long(part):
    started = time.thread_time()
    for length in (300, 100_000):
        parse(part * (length // len(part)))
    assert time.thread_time() - started < 1


@given(NASTY)
def test_any_text_is_a_query(text):
    query = parse(text)
    assert all(phrase.words and all(phrase.words) for phrase in query.phrases)


@given(NASTY)
def test_a_message_has_the_words_by_which_it_is_asked_for(text):
    asked = parse(f'"{text.replace(chr(34), " ")}"')
    assert all(phrase.is_in(indexed_words(unicodedata.normalize("NFC", text))) for phrase in asked.phrases)
