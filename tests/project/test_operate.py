"""Commands while no server runs: they start our own Redis themselves, and leave nothing running."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management.base import CommandError

from project.operate.person import find_person
from project.server.instance_lock import InstanceLock
from tests.support.ready_tables import give_tables

ROOT = Path(__file__).parents[2]
NOBODY = 65_534


def test_a_person_is_erased_and_a_room_exported_while_the_server_is_stopped(data_dir: Path, tmp_path: Path) -> None:
    handle = "tomasz"
    manage(data_dir, "fill_demo")
    manage(data_dir, "erase_person", handle, "--messages", "keep")
    manage(data_dir, "export_room", "engineering", str(tmp_path / "engineering.zip"))
    with ZipFile(tmp_path / "engineering.zip") as files:
        messages = [json.loads(line) for line in files.read("messages.jsonl").splitlines()]
        members = json.loads(files.read("room.json"))["members"]
    assert "Deleted account" in {message["author"]["name"] for message in messages}
    assert handle not in {message["author"]["handle"] for message in messages}
    assert handle not in {member["user__handle"] for member in members}
    assert not (data_dir / "redis.sock").exists()
    with InstanceLock(data_dir):  # nobody holds it any more
        pass


def test_what_root_s_command_leaves_belongs_to_the_folder_s_owner(data_dir: Path, tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("root alone can give files away")
    give_tables({"DATA_DIR": str(data_dir)})
    theirs = tmp_path / "root's"
    theirs.touch()
    (data_dir / "second name").hardlink_to(theirs)
    (data_dir / "link").symlink_to(theirs)
    os.chown(data_dir, NOBODY, NOBODY)
    manage(data_dir, "backup", str(tmp_path / "backup.tar.gz"))
    found = {path.name: path.lstat().st_uid for path in data_dir.rglob("*")}
    assert {"redis", "parley.sqlite3", "secret_key", "serve.lock"} <= found.keys()
    assert {name for name, owner in found.items() if owner != NOBODY} == {"second name"}
    assert theirs.stat().st_uid == (tmp_path / "backup.tar.gz").stat().st_uid == 0


@pytest.mark.parametrize(("migration", "line"), [("", "is of an older version"), ("0099_future", "a newer version has used")])
def test_a_command_on_the_tables_of_another_version_ends_in_one_line(data_dir: Path, migration: str, line: str) -> None:
    give_tables({"DATA_DIR": str(data_dir)})
    with sqlite3.connect(data_dir / "parley.sqlite3") as database:
        database.execute("ALTER TABLE accounts_user RENAME COLUMN name TO nickname")
        if migration:
            database.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', ?, '2030-01-01')", [migration]
            )
    database.close()
    for command in (["make_owner", "ada"], ["set_password", "ada", "--generate"]):
        done = run(data_dir, *command)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert line in done.stderr


@pytest.mark.parametrize("named", ["nobody", "%", "\n", "-1", "9" * 30, "a" * 5_000])
def test_whoever_is_not_here_is_said_in_one_line(db, named: str) -> None:
    with pytest.raises(CommandError, match="Nobody has the handle, email or id"):
        find_person(named)


def manage(data_dir: Path, *arguments: str) -> None:
    done = run(data_dir, *arguments)
    assert done.returncode == 0, done.stderr


def run(data_dir: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = inherited | {"DATA_DIR": str(data_dir)}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
