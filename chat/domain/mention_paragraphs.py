"""Which lines of a text can name people: what is neither code nor quoted. The page reads them by the same rules.

See static/js/markdown/rules/block_rules.js and tests/rules/text.json, whose cases run against both. Pure.
"""

import re
from dataclasses import dataclass, field

_ITEM = re.compile(r"[ \t]*(?:[*+-]|(?:0|[1-9]\d{0,8})[.)])[ \t]+(?=\S)")
_MARKS = " \t*+-"
_SEVERAL_MARKS = re.compile(r"[ \t]*[*+-][ \t]+[*+-](?:[ \t]|$)")
_QUOTED = re.compile(r"[ \t]*>+(?:[ \t]|$)")
# What a quotation begins with: it says something, and ">>> x" is a line of code.
_QUOTES = re.compile(r"[ \t]*(?!>>>)[> \t]*[^> \t]")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+\S")
_ROW = re.compile(r"[ \t]*\|")
_FENCE = re.compile(r"[ \t]*(`{3,})[^`]*")
# A mark at the end of a line of text that begins code on the next line.
_OPENS_BEHIND = re.compile(r"(`{3,})[\w#+.-]{0,20}[ \t]*", re.ASCII)
_TICKS = re.compile(r"`+")


def naming_paragraphs(text: str) -> list[str]:
    """Return the paragraphs that are neither quoted nor fenced code; code between backticks is still in them."""
    lines = text.split("\n")
    paragraphs = _Paragraphs()
    at = 0
    while at < len(lines):
        at = _take(lines, at, paragraphs)
    return ["\n".join(each) for each in paragraphs.found if each]


@dataclass
class _Paragraphs:
    """The paragraphs found so far, how far the lines of an item are indented, the mark of code that began behind a line, and
    whether the line before is quoted.
    """

    found: list[list[str]] = field(default_factory=lambda: [[]])
    indent: int = 0
    open: str | None = None
    quoted: bool = False

    def end(self) -> None:
        self.found.append([])
        self.open = None
        self.quoted = False

    def add(self, line: str) -> None:
        self.quoted = False
        self.found[-1].append(line)
        if self.open is None:
            self.open = _opened_behind(line)
        elif self.open in _TICKS.findall(line):
            self.open = None


def _take(lines: list[str], at: int, paragraphs: _Paragraphs) -> int:
    """Read one line, or all lines of a fence; return the number of the next one."""
    line = lines[at]
    if not line.strip():
        paragraphs.end()
        return at + 1
    if _width(line) < paragraphs.indent:
        paragraphs.indent = 0
        paragraphs.end()
    if paragraphs.open is None:
        line = _without_marks(line, paragraphs)
        if _QUOTED.match(line) and (paragraphs.quoted or _QUOTES.match(line)):
            paragraphs.end()
            paragraphs.quoted = True
            return at + 1
        if (mark := _FENCE.fullmatch(line)) and (after := _after_fence(lines, at, line, mark[1])):
            paragraphs.end()
            return after
    alone = paragraphs.open is None and bool(_HEADING.match(line) or _ROW.match(line))
    if alone:
        paragraphs.end()
    paragraphs.add(line)
    if alone:
        paragraphs.end()
    return at + 1


def _without_marks(line: str, paragraphs: _Paragraphs) -> str:
    """Without the marks of items, each of which begins a paragraph."""
    start, end = 0, len(line.rstrip(_MARKS))
    while start < end and (item := _ITEM.match(line, start)) and not _SEVERAL_MARKS.match(line, start):
        number = item[0].strip()[:-1]
        if number.isdigit() and number != "1" and not paragraphs.indent and paragraphs.found[-1]:
            break
        paragraphs.end()
        start = item.end()
        paragraphs.indent = start
    return line[start:]


def _after_fence(lines: list[str], at: int, line: str, mark: str) -> int | None:
    """Return the number of the line after a fence; None where the text ends with nothing in it, which is no fence."""
    for number in range(at + 1, len(lines)):
        text = lines[number].rstrip()
        if len(text) - len(text.rstrip("`")) >= len(mark):
            return number + 1
    is_language = re.fullmatch(r"[\w#+.-]{0,20}", line.strip().lstrip("`").strip(), re.ASCII)
    return len(lines) if not is_language or any(each.strip() for each in lines[at + 1 :]) else None


def _opened_behind(line: str) -> str | None:
    first = line.find("`")
    opened = _OPENS_BEHIND.fullmatch(line, first) if first > 0 and line[:first].strip() else None
    return opened[1] if opened else None


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
