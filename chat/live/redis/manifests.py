"""What each Lua script is given and answers, by name: read once from the comments at the head of its file.

`-- KEYS a b` and `-- ARGV a b more...` name these in order, the last one as many as there are. `-- ANSWER status: a b` names
what comes after a status, `-- ANSWER: a b` an answer without one. `-- USES part` names what is put before the script.
A script reads `keys.a`, `args.a` and ARGV from `more_from` on, and answers with `answer(status, {a = ..., b = ...})`.
Names become places when the script is read: they cost Redis nothing, and a wrong one fails at once.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from chat.domain.errors import REASONS
from chat.domain.unread import MENTIONS_MOST, UNREAD_MOST
from chat.live.redis.keys import BUILT_IN_SCRIPTS, CHANGED, LIVE_RUN

FOLDER = Path(__file__).parent.parent / "lua"
MORE = "..."
# Put before every script.
_COMMON = "common"
# What scripts know by these names, so that it is written in one place.
_CONSTANTS = {
    "LIVE_RUN": LIVE_RUN,
    "CHANGED": CHANGED,
    "UNREAD_MOST": UNREAD_MOST,
    "MENTIONS_MOST": MENTIONS_MOST,
    **{one: one for one in REASONS},
}

Names = tuple[str, ...]


class Manifest(NamedTuple):
    """The names of a script and of what is put before it. `more` is the name of what follows the arguments, or ""."""

    parts: Names
    keys: Names
    arguments: Names
    more: str
    answers: dict[str, Names]

    @property
    def is_answered_by_name(self) -> bool:
        """Whether its own part names an answer; others return a number, or what they say in prose."""
        return self.answers.keys() != _read((_COMMON,)).answers.keys()


def manifest_of(name: str) -> Manifest:
    """Return the manifest of a script."""
    used = tuple(word for marker, words in _marked(name) if marker == "USES" for word in words)
    return _read((_COMMON, *used, name))


def text_of(manifest: Manifest) -> str:
    """Return the whole script, with declarations of the names that it uses. Raises ValueError for a name that it has not."""
    code = "\n".join((FOLDER / f"{part}.lua").read_text() for part in manifest.parts)
    built = [declared_builder(name) for name in BUILT_IN_SCRIPTS if f"{name}_key(" in code]
    text = "\n".join([*_declarations(manifest), *built, code])
    return _placed("args", manifest.arguments, "ARGV", _placed("keys", manifest.keys, "KEYS", text))


def declared_builder(name: str) -> str:
    """Return Lua that builds a key as the function of this name in `chat.live.redis.keys` does; `id`: a person or a message."""
    return f"local function {name}_key(id) return keys.room .. '{BUILT_IN_SCRIPTS[name]}' .. (id or '') end"


def _read(parts: Names) -> Manifest:
    found: dict[str, list[str]] = {"KEYS": [], "ARGV": []}
    answers: dict[str, Names] = {}
    for marker, words in (line for part in parts for line in _marked(part)):
        if marker in found:
            found[marker] += words
        elif marker != "USES":
            for status in marker.removeprefix("ANSWER").strip().split("|"):
                answers[status] = (*answers.get(status, ()), *words)
    arguments = found["ARGV"]
    more = arguments.pop().removesuffix(MORE) if arguments and arguments[-1].endswith(MORE) else ""
    return Manifest(parts, tuple(found["KEYS"]), tuple(arguments), more, answers)


def _marked(part: str) -> Iterator[tuple[str, list[str]]]:
    """Give the marked lines at the head of a file: the marker, and the words after it."""
    for line in (FOLDER / f"{part}.lua").read_text().splitlines():
        if not line.startswith("--"):
            return
        text = line.removeprefix("-- ")
        marker, _, words = text.partition(":") if text.startswith("ANSWER") else text.partition(" ")
        if marker in ("KEYS", "ARGV", "USES") or marker.startswith("ANSWER"):
            yield marker, words.split()


def _declarations(manifest: Manifest) -> list[str]:
    known = ", ".join(f"'{value}'" if isinstance(value, str) else str(value) for value in _CONSTANTS.values())
    lines = [f"local {', '.join(_CONSTANTS)} = {known}"]
    if manifest.more:
        lines.append(f"local {manifest.more}_from = {len(manifest.arguments) + 1}")
    answers = [f"if status == '{status}' then return {_reply(status, names)} end" for status, names in manifest.answers.items()]
    return [*lines, "local function answer(status, of)", *answers, "end"]


def _reply(status: str, names: Names) -> str:
    return "{" + ", ".join([*(["status"] if status else []), *(f"of.{name}" for name in names)]) + "}"


def _placed(table: str, names: Names, source: str, text: str) -> str:
    """Put in the place of each name of a table where Redis gives its value."""
    return re.sub(rf"\b{table}\.(\w+)", lambda found: f"{source}[{names.index(found[1]) + 1}]", text)
