import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.archive.search.tokens import WORD_MAX_CHARS, is_unspaced, words_of
from chat.domain.text import fold

TEXTS = st.text(max_size=200).map(lambda text: unicodedata.normalize("NFC", text))


def texts(text: str) -> list[str]:
    return [word.text for word in words_of(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't panic, snake_case!", ["don", "t", "panic", "snake", "case"]),
        ("東京都 iPhone15を", ["東京", "京都", "都", "iphone15", "を"]),
        ("👍🏽 ok", ["👍", "🏽", "ok"]),
        ("½ ① ﬁ ﷺ", ["1", "2", "1", "fi", "صلى", "الله", "عليه", "وسلم"]),
        ("...", []),
        ("C++, C# and A+b", ["c", "c++", "c", "c#", "and", "a", "b"]),
        ("C++17 é Disney+", ["c", "c++", "17", "e", "disney", "disney+"]),
        ("C++を", ["c", "c++", "を"]),
        ("⭐⏰→ 5 € ++ █─", ["⭐", "⏰", "→", "5", "€"]),
        ("zero\u200bwidth \u200b x\ufeff", ["zerowidth", "x"]),
    ],
)
def test_words_are_folded_runs_of_letters(text, words):
    assert texts(text) == words


def test_a_word_knows_where_it_stands():
    text = "Über-Größe 東京都"
    assert [text[word.start : word.end] for word in words_of(text)] == ["Über", "Größe", "東京", "京都", "都"]


@given(TEXTS)
def test_words_are_safe_to_index_whatever_is_written(text):
    for word in words_of(text):
        assert 1 <= len(word.text) <= WORD_MAX_CHARS
        assert not set(word.text) & set(" \"'\\@:^*&|!()")
        assert word.text[0] not in "#+"
        assert 0 <= word.start < word.end <= len(text)


@given(TEXTS)
def test_case_and_composition_make_no_difference(text):
    upper = unicodedata.normalize("NFC", text.upper())
    if unicodedata.normalize("NFC", upper.lower()) == unicodedata.normalize("NFC", text.lower()):
        assert texts(upper.lower()) == texts(text.lower())


@given(TEXTS)
def test_a_folded_word_stays_as_it_is(text):
    for word in texts(text):
        again = texts(word)
        # Where no spaces are written a word is two neighbours, of which folding may have made three (ำ is ํ and า).
        assert again[-1:] == [word] or is_unspaced(word) or "".join(again) == word


@pytest.mark.parametrize("case", json.loads(Path("tests/rules/letters.json").read_text()), ids=lambda case: case["typed"])
def test_letters_are_found_by_those_that_people_type(case):
    assert texts(unicodedata.normalize("NFC", case["written"])) == texts(case["typed"])
    assert fold(case["written"], 100) == case["typed"]
