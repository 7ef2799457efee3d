"""Documents can be read: short lines, short sentences, and links and paths that lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from project.documents.documents import ROOT, documents
from tests.support.source_files import source_files

LINE_CHARS = 119
SENTENCE_WORDS = 24
README_LINES = 120

# Decisions and changes are of their day; figures and pictures are written by programs.
NOT_PROSE = re.compile(r"docs/decisions/|docs/performance/measured\.md|docs/screenshots/|CHANGELOG\.md")
PROSE = [path for path in documents() if not NOT_PROSE.match(str(path.relative_to(ROOT)))]
LINKED = [path for path in documents() if not path.is_relative_to(ROOT / "docs/decisions")]

CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`]+)`")
PARAGRAPH_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*>|#]|\d+\.)\s?)")
SENTENCE_END = re.compile(r"(?<=[.!?])[*)\"]*\s+")
# A placeholder, or a folder that a command creates.
NOT_TRACKED = re.compile(r"[A-Z]{5,}/|/\.")
# What stands in a document as a path of the repository: with a known folder or at its top.
TRACKED = source_files()
TOP = {name.split("/")[0] for name in TRACKED if "/" in name}


def named(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=lambda path: str(path.relative_to(ROOT)))


@named(PROSE)
def test_lines_are_short(path: Path) -> None:
    lines = CODE_BLOCK.sub(lambda block: "\n" * block[0].count("\n"), path.read_text()).split("\n")
    assert [number for number, line in enumerate(lines, 1) if len(line) > LINE_CHARS] == []


@named(PROSE)
def test_sentences_are_short(path: Path) -> None:
    assert [sentence for sentence in _sentences(path.read_text()) if len(sentence.split()) > SENTENCE_WORDS] == []


def test_a_sentence_is_found_over_lines_and_within_a_table() -> None:
    text = "# A head\n\nOne two\nthree. Four `a b c` five.\n\n- Six [seven](x.md)\n  eight\n\n"
    text += "| nine ten | eleven |\n\n```\nno\n```\n"
    assert list(_sentences(text)) == ["A head", "One two three.", "Four code five.", "Six seven eight", "nine ten", "eleven"]


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= README_LINES


@named(LINKED)
def test_links_lead_somewhere(path: Path) -> None:
    targets = [target for _, target in LINK.findall(CODE_BLOCK.sub("", path.read_text())) if "://" not in target]
    assert [target for target in targets if not _leads_somewhere(path, target)] == []


@named(PROSE)
def test_paths_of_the_repository_are_there(path: Path) -> None:
    paths = [name for name in CODE.findall(CODE_BLOCK.sub("", path.read_text())) if _looks_like_a_path(name)]
    assert [name for name in paths if not _is_there(name)] == []


def _sentences(text: str) -> Iterator[str]:
    text = COMMENT.sub("", CODE_BLOCK.sub("", text))
    text = CODE.sub("code", LINK.sub(r"\1", text))
    for paragraph in PARAGRAPH_BREAK.split(text):
        for cell in re.split(r"(?<!\\)\|", paragraph):
            words = re.sub(r"^\s*(?:[-*>#]+|\d+\.)\s", "", cell.strip())
            yield from (" ".join(sentence.split()) for sentence in SENTENCE_END.split(words) if re.search(r"\w", sentence))


def _leads_somewhere(path: Path, target: str) -> bool:
    file, _, anchor = target.partition("#")
    found = (path.parent / file).resolve() if file else path
    return found.exists() and (not anchor or anchor in _anchors(found))


def _anchors(path: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", CODE_BLOCK.sub("", path.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def _looks_like_a_path(name: str) -> bool:
    return bool(re.fullmatch(r"[\w./*-]+", name)) and name.split("/")[0] in TOP and not NOT_TRACKED.search(name)


def _is_there(name: str) -> bool:
    return any(ROOT.glob(f"{name.rstrip('/')}*")) or any(ROOT.glob(name))
