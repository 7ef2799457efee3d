"""The catalogs in `locale/` say everything that the sources say, in every language, and are compiled."""

import ast
import re

import pytest
from django.conf import settings
from django.utils.translation import to_locale

from translation.catalogs import catalog_paths, compiled, read, untranslated
from translation.extracting import ROOT, SOURCES, texts

PATHS = catalog_paths()
# A number may be written another way in another language, as {count} for {count:,}.
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)(?::[^}]*)?\}")
MARKED = re.compile(r'(?<!p)gettext\(\s*"((?:[^"\\]|\\.)*)"')
of_each_catalog = pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parts[-3]} {path.stem}")


def test_every_language_that_can_be_chosen_has_its_catalogs():
    locales = {to_locale(code) for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE}
    assert {(path.parts[-3], path.stem) for path in PATHS} == {(locale, domain) for locale in locales for domain in SOURCES}


@of_each_catalog
def test_no_text_is_without_a_translation(path):
    known = {(message.context, message.id) for message in read(path)}
    new = [message.id for message in texts(path.stem) if message.id and (message.context, message.id) not in known]
    assert new + untranslated(path) == [], "make messages, then translate"
    assert not [message.id for message in read(path) if message.id and message.fuzzy]


@of_each_catalog
def test_each_translation_has_the_places_for_values_that_the_text_has(path):
    wrong = []
    for message in read(path):
        originals, translations = _forms(message.id), _forms(message.string)
        wanted = {name for form in originals for name in _places(form)}
        wrong += [form for form in translations if message.id and not wanted - {"count", "most"} <= _places(form) <= wanted]
    assert wrong == []


@of_each_catalog
def test_what_is_compiled_is_what_was_translated(path):
    assert path.with_suffix(".mo").read_bytes() == compiled(path), "make messages"


def test_no_text_of_a_script_is_marked_where_the_extraction_does_not_see_it():
    found = {form for message in texts("djangojs") for form in _forms(message.id)}
    for path in (ROOT / "static/js").glob("**/*.js"):
        marked = {
            text.replace('\\"', '"')
            for text in MARKED.findall(re.sub(r"^\s*(?://|\*|/\*).*", "", path.read_text(), flags=re.M))
        }
        assert marked - found == set(), path


def _forms(text):
    return list(text) if isinstance(text, tuple | list) else [text]


def _places(text):
    return {name or other for name, other in PLACEHOLDER.findall(text)}


def test_no_text_is_within_an_f_string():
    """Before Python 3.12 it is not found there, and nobody translates it."""
    within = []
    for path in (path for folder in ("accounts", "chat", "project", "bounds") for path in (ROOT / folder).rglob("*.py")):
        strings = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.JoinedStr))
        calls = (node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call))
        within += [f"{path}:{call.lineno}" for call in calls if "gettext" in ast.unparse(call.func)]
    assert within == []
