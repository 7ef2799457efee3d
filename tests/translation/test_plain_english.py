"""Texts, comments and documents say things in plain English: none of the words that `tests/rules/english.json` replaces."""

import json
import re
from functools import cache

import pytest

from tests.support.source_files import source_files
from translation.catalogs import catalog_paths, read
from translation.extracting import ROOT, SOURCES, texts

RULES = json.loads((ROOT / "tests/rules/english.json").read_text(encoding="utf-8"))
# Decisions and changes are of their day.
NOT_OURS = ("docs/decisions/", "tests/rules/", "CHANGELOG.md")
CODE = (".py", ".js", ".lua", ".md", ".sh", "Makefile")


def test_no_text_is_one_that_has_better_words():
    assert {text: RULES["texts"][text] for text in _english() if text in RULES["texts"]} == {}


@pytest.mark.parametrize("phrase", RULES["phrases"])
def test_no_text_has_the_phrase(phrase):
    assert [text for text in _english() if re.search(phrase, text, re.IGNORECASE)] == [], RULES["phrases"][phrase]


@pytest.mark.parametrize("phrase", RULES["german"])
def test_no_german_text_has_the_phrase(phrase):
    assert [text for text in _german() if re.search(phrase, text)] == [], RULES["german"][phrase]


def test_every_phrase_finds_what_it_is_about():
    found = "They are told for good. Take it back. It goes out. Who asked waits. Make an account."
    assert sum(bool(re.search(phrase, found, re.IGNORECASE)) for phrase in RULES["phrases"]) >= 5


def test_no_comment_or_document_has_words_that_have_better_ones():
    paths = [name for name in source_files() if name.endswith(CODE) and not name.startswith(NOT_OURS)]
    found = []
    for name in paths:
        content = (ROOT / name).read_text(encoding="utf-8")
        found += [f"{name}: {words} -> {better}" for words, better in RULES["code"].items() if words in content]
    assert found == []


@cache  # reading all sources takes two seconds
def _english():
    return [text for domain in SOURCES for message in texts(domain) if message.id for text in _forms(message.id)]


@cache
def _german():
    return [text for path in catalog_paths() for message in read(path) if message.id for text in _forms(message.string)]


def _forms(text):
    return list(text) if isinstance(text, tuple | list) else [text]
