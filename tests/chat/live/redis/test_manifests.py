"""Every Lua script says what it is given and answers, by name, and does what it says."""

import re
from pathlib import Path

import pytest

from chat.domain.errors import REASONS, Code
from chat.domain.unread import UNREAD_MOST
from chat.live.redis import keys
from chat.live.redis.calls import Call, parameters, script
from chat.live.redis.manifests import FOLDER, Manifest, manifest_of, text_of

# Put before others, and not run by themselves.
PARTS = {"common", "counting", "amendment", "epochs"}
NAMES = sorted({path.stem for path in FOLDER.glob("*.lua")} - PARTS)
EACH_SCRIPT = pytest.mark.parametrize("name", NAMES)
CALLERS = "\n".join(path.read_text() for path in Path(FOLDER.parent).rglob("*.py"))
# Two leases, of which the caller says which.
ANY_KEY = {"lease"}


def code_of(manifest: Manifest, *, own: bool = False) -> str:
    """The Lua without comments; with `own` that of the script itself, without what is put before it."""
    parts = manifest.parts[-1:] if own else manifest.parts
    lines = "\n".join((FOLDER / f"{part}.lua").read_text() for part in parts).splitlines()
    return "\n".join(line.split("--")[0] for line in lines)


@EACH_SCRIPT
def test_a_script_reads_what_its_manifest_names_and_nothing_else(name: str) -> None:
    manifest = manifest_of(name)
    code = code_of(manifest)
    assert set(re.findall(r"\bargs\.(\w+)", code)) == set(manifest.arguments)
    used = set(re.findall(r"\bkeys\.(\w+)", code))
    assert used <= set(manifest.keys)
    # What all that amend are given is not used by each of them.
    own_keys = re.findall(r"^-- KEYS (.*)", (FOLDER / f"{name}.lua").read_text(), re.MULTILINE)
    assert {key for line in own_keys for key in line.split()} <= used
    if manifest.more:
        assert f"{manifest.more}_from" in code


@EACH_SCRIPT
def test_a_script_counts_no_places_and_builds_no_key(name: str) -> None:
    code = code_of(manifest_of(name))
    assert re.findall(r"(?:KEYS|ARGV)\[\d+\]", code) == []
    assert re.findall(r"keys\.\w+ \.\.|unpack\(KEYS", code) == []


@EACH_SCRIPT
def test_the_keys_have_the_names_of_pythons(name: str) -> None:
    assert {key for key in manifest_of(name).keys if not hasattr(keys, key) and not hasattr(keys, key.upper())} <= ANY_KEY


@EACH_SCRIPT
def test_every_answer_is_one_of_the_manifest(name: str) -> None:
    manifest = manifest_of(name)
    assert statuses_in(code_of(manifest)) <= set(manifest.answers)
    promised = re.findall(r"^-- ANSWER ?([\w|]*):", (FOLDER / f"{name}.lua").read_text(), re.MULTILINE)
    own = code_of(manifest, own=True)
    assert {status for line in promised for status in line.split("|")} == statuses_in(own) - {"cold", "recover"}
    assert "return {'" not in own
    assert set(re.findall(r"refused\('(\w+)'", own)) <= set(Code)


def statuses_in(code: str) -> set[str]:
    """The statuses of all answers in some Lua."""
    return {status for first in re.findall(r"\banswer\(([^{}()]*)[,)]", code) for status in re.findall(r"'(\w*)'", first)}


@EACH_SCRIPT
def test_a_script_is_called_by_its_name(name: str) -> None:
    assert re.search(rf'(?:Call|run|_amend)\(\s*"{name}"', CALLERS)


def test_what_is_not_named_is_not_sent() -> None:
    lease = {"lease": keys.ARCHIVER}
    assert parameters(Call("lease", lease, {"ms": 5, "holder": "me"})) == [1, keys.ARCHIVER, "me", 5]
    with pytest.raises(KeyError, match="holder"):
        parameters(Call("lease", lease, {"ms": 5}))
    with pytest.raises(ValueError, match="whose"):
        parameters(Call("lease", lease, {"ms": 5, "holder": "me", "whose": "mine"}))


def test_an_answer_is_read_by_its_names() -> None:
    answer = script("append").read([b"ok", b"5", b"first", b"1000", b""])
    assert (answer.status, answer.seq, answer.epoch, answer.flagged) == (b"ok", b"5", b"first", b"")
    assert script("append").read([b"withheld"]).status == b"withheld"
    assert script("missed").read([b"first", b"5", b"0", [], []]).messages == []
    assert script("lease").read(1) == 1


def test_an_answer_without_one_of_its_parts_is_an_error() -> None:
    """A part that is nil ends the answer in Redis."""
    with pytest.raises(TypeError, match="sent_at"):
        script("append").read([b"ok", b"5", b"first"])


def test_numbers_and_reasons_are_written_in_python_alone() -> None:
    text = text_of(manifest_of("append"))
    assert f"{UNREAD_MOST}" in text.splitlines()[0]
    everything = "\n".join(path.read_text() for path in FOLDER.glob("*.lua"))
    assert "10000" not in everything
    used = set(re.findall(r"refused\('\w+', \w+, ([A-Z_]+)\)", everything))
    assert used == set(REASONS)
