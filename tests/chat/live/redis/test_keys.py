"""Names of keys and channels: made in one place, and none without the installation's prefix."""

import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chat.live.live_state import LiveState
from chat.live.redis import keys, manifests

ROOT = Path(__file__).parents[4]
SCRIPTS = sorted(manifests.FOLDER.glob("*.lua"))
LITERAL = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"")
# Like a key's name, what follows one, or a hash tag; what holds a double quote is JSON.
LIKE_A_NAME = re.compile(r"[a-z_]+:|:[a-z]|[^\"]*\{[^\"]*$")
# A hash's fields, and what is sought in Redis's own answer.
NO_NAMES = {":active", "ended:", "run_id:(%x+)"}

PRINT_NAMES = """
import django; django.setup()
import inspect, json
from datetime import UTC, datetime
from chat.live.redis import keys
given = {"room_id": 7, "user_id": 42, "seq": 5, "client_id": "abc", "name": "joins", "server_id": "ab12", "token": "cd34",
         "vendor": "sqlite",
         "day": datetime(2026, 11, 30, tzinfo=UTC).date(), "moment": datetime(2026, 11, 30, tzinfo=UTC)}
made = {
    name: make(*(given[parameter] for parameter in inspect.signature(make).parameters))
    for name, make in vars(keys).items()
    if callable(make) and getattr(make, "__module__", "") == "chat.live.redis.keys" and not name.startswith("_")
}
names = {name: value for name, value in vars(keys).items() if isinstance(value, str) and name.isupper() and name[0] != "_"}
print(json.dumps(made | {name: value for name, value in names.items() if not value.startswith(":")}))
"""


@pytest.mark.parametrize("path", SCRIPTS, ids=[path.stem for path in SCRIPTS])
def test_a_script_names_no_key_by_itself(path: Path) -> None:
    assert _names_in(path.read_text()) == []


@pytest.mark.parametrize("code", ["GET('live:run')", "KEYS[1] .. ':own:' .. user", "'room:{'", 'room .. ":deleted"', "'{'"])
def test_a_name_in_a_script_is_found(code: str) -> None:
    assert _names_in(code)


def test_every_name_begins_with_the_prefix() -> None:
    plain, named = _names(), _names(REDIS_PREFIX="staging")
    assert len(plain) > 35
    assert named == {name: f"staging:{value}" for name, value in plain.items()}


def test_a_channel_carries_the_number_of_its_database() -> None:
    """Redis delivers what is published in one database to the subscribers of all."""
    first, third = _names(REDIS_URL="redis://localhost/0"), _names(REDIS_URL="redis://localhost/3")
    changed = {name for name, value in third.items() if value != first[name]}
    assert changed == {"events", "user_events", "CONTROL"}
    assert third["events"] == "3:room:{7}:events"


@pytest.mark.parametrize("name", keys.BUILT_IN_SCRIPTS)
def test_a_key_that_scripts_build_is_named_as_in_python(any_live: LiveState, name: str) -> None:
    """Such a key is of one person or message among many, so that it cannot be given to the script."""
    built = f"{manifests.declared_builder(name)} return {name}_key(ARGV[1])".replace("keys.room", "KEYS[1]")
    make = getattr(keys, name)
    ids = ([42], [-42], [0]) if len(inspect.signature(make).parameters) > 1 else ([],)
    for given in ids:
        assert any_live.client.eval(built, 1, keys.room(7), *given) == make(7, *given).encode()


def test_scripts_know_the_runs_key_by_pythons_name() -> None:
    assert f"'{keys.LIVE_RUN}'" in manifests.text_of(manifests.manifest_of("read"))


def _names_in(lua: str) -> list[str]:
    code = "\n".join(line.split("--")[0] for line in lua.splitlines())
    literals = [one or other for one, other in LITERAL.findall(code)]
    return [literal for literal in literals if LIKE_A_NAME.match(literal) and literal not in NO_NAMES]


def _names(**environment: str) -> dict[str, str]:
    # These settings need a key of their own where Redis is not ours.
    known = {**os.environ, "DJANGO_SETTINGS_MODULE": "project.settings", "SECRET_KEY": "x" * 50}
    done = subprocess.run(
        [sys.executable, "-c", PRINT_NAMES], cwd=ROOT, env=known | environment, capture_output=True, text=True, check=True
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found
