"""`manage.py backup`, `verify` and `restore` as a person at a console uses them, while no server runs."""

import gzip
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from project.backup import archive_file, manifest
from project.backup.content import live_state_fault
from project.backup.errors import BackupError
from project.backup.layout import LIVE_STATE, REDIS, SECRET_KEY, SQLITE
from project.backup.manifest import Manifest, Part
from project.backup.progress import Progress
from project.backup.restoring import restore
from project.backup.verifying import verify
from project.server.errors import StartError
from project.server.instance_lock import InstanceLock
from tests.support.ready_tables import give_tables

ROOT = Path(__file__).parents[3]
SILENT = Progress(io.StringIO())


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="parley-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def installation(folder: Path) -> Path:
    """An installation with people and messages, which nobody has archived yet: its server was stopped at once."""
    (folder / "data").mkdir(mode=0o700)
    give_tables({"DATA_DIR": str(folder / "data")})
    assert _manage(folder / "data", "fill_demo").returncode == 0
    return folder / "data"


@pytest.fixture(scope="module")
def backup(installation: Path, folder: Path) -> Path:
    done = _manage(installation, "backup", str(folder / "backup.tar.gz"))
    assert done.returncode == 0, done.stderr
    assert "in the live state alone" in done.stdout.splitlines()[-1]
    return folder / "backup.tar.gz"


@pytest.fixture
def data_dir(settings: object) -> Iterator[Path]:
    """An empty DATA_DIR, which this process takes for its own."""
    folder = Path(tempfile.mkdtemp(prefix="parley-"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.DATA_DIR", folder)
        patch.setattr("project.backup.restoring.sqlite_path", lambda: folder / SQLITE)
        yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_a_backup_of_a_stopped_server_is_restored_whole(backup: Path, installation: Path, data_dir: Path) -> None:
    (data_dir / SECRET_KEY).write_text("the key that the settings made a moment ago")
    found, fault = restore(backup, False, SILENT)
    assert (fault, found.unarchived > 0) == ("", True)
    assert (data_dir / SECRET_KEY).read_text() == (installation / SECRET_KEY).read_text()
    # Its messages are where they were: in Redis. The copy is backed up by a command of its own, which reads them all.
    again = _manage(data_dir, "backup", str(data_dir))
    assert again.returncode == 0, again.stderr
    made = archive_file.read_manifest(next(data_dir.glob("parley-*.tar.gz")))
    assert (made.fence, made.unarchived, made.facts) == (found.fence, found.unarchived, found.facts)


def test_nothing_of_what_is_restored_can_be_read_by_others(backup: Path, folder: Path) -> None:
    (folder / "open").mkdir(mode=0o700)
    assert _manage(folder / "open", "restore", str(backup)).returncode == 0
    found = [path for path in (folder / "open").rglob("*") if path.name != "serve.lock"]
    assert {path.name for path in found if path.stat().st_mode & 0o077} == set()


def test_a_folder_in_use_is_refused_and_with_replace_kept_aside(backup: Path, data_dir: Path) -> None:
    (data_dir / SQLITE).write_text("what was there")
    (data_dir / REDIS).mkdir()
    with pytest.raises(BackupError, match=r"is not empty \(parley.sqlite3\).*--replace"):
        restore(backup, False, SILENT)
    assert (data_dir / SQLITE).read_text() == "what was there"
    restore(backup, True, SILENT)
    [aside] = data_dir.glob("replaced-*")
    assert (aside / SQLITE).read_text() == "what was there"
    assert (data_dir / SQLITE).read_bytes().startswith(b"SQLite format 3")


def test_a_database_outside_of_the_folder_is_kept_as_well(
    backup: Path, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "record.sqlite3"
    elsewhere.write_text("what was there")
    monkeypatch.setattr("project.backup.restoring.sqlite_path", lambda: elsewhere)
    with pytest.raises(BackupError, match=r"is not empty \(.*/record.sqlite3\)"):
        restore(backup, False, SILENT)
    restore(backup, True, SILENT)
    [aside] = data_dir.glob("replaced-*")
    assert (aside / elsewhere.name).read_text() == "what was there"
    assert elsewhere.read_bytes().startswith(b"SQLite format 3")


def test_a_running_server_is_refused(backup: Path, data_dir: Path) -> None:
    with InstanceLock(data_dir), pytest.raises(StartError, match="another Parley server"):
        restore(backup, True, SILENT)


def test_a_damaged_backup_is_refused_and_nothing_is_changed(backup: Path, data_dir: Path) -> None:
    whole = backup.read_bytes()
    damaged = data_dir.with_suffix(".tar.gz")
    (data_dir / SQLITE).write_text("what was there")
    for content in (whole[:-1_000], whole[: len(whole) // 2] + b"\0\0\0\0" + whole[len(whole) // 2 + 4 :], b""):
        damaged.write_bytes(content)
        with pytest.raises(BackupError, match=r"is damaged|is no backup of Parley"):
            restore(damaged, True, SILENT)
    damaged.unlink()
    assert {path.name for path in data_dir.iterdir()} <= {SQLITE, "serve.lock"}


def test_a_backup_whose_content_was_changed_is_refused(backup: Path, data_dir: Path) -> None:
    changed = data_dir / "changed.tar.gz"
    with gzip.open(backup) as packed, gzip.open(changed, "wb") as copy:
        copy.write(packed.read().replace(b"Ada", b"Eve"))
    with pytest.raises(BackupError, match=r'the checksum of ".+" is wrong'):
        verify(changed, SILENT)
    assert [path.name for path in data_dir.iterdir()] == ["changed.tar.gz"]


@pytest.mark.parametrize("content", ["text", "gzip", "tar"])
def test_a_foreign_file_is_refused(data_dir: Path, content: str) -> None:
    foreign = data_dir / "holiday.tar.gz"
    foreign.write_text("no backup at all, but long enough to be one" * 1_000)
    if content == "gzip":
        foreign.write_bytes(gzip.compress(foreign.read_bytes()))
    elif content == "tar":
        with tarfile.open(data_dir / "photos.tar.gz", "w:gz") as archive:
            archive.add(foreign)
        foreign = data_dir / "photos.tar.gz"
    with pytest.raises(BackupError, match="is no backup of Parley"):
        verify(foreign, SILENT)


@pytest.mark.parametrize("name", ["../escaped", "/FOLDER/escaped", "redis/redis.conf"])
def test_a_file_that_no_backup_has_is_never_unpacked(backup: Path, data_dir: Path, tmp_path: Path, name: str) -> None:
    named = name.replace("/FOLDER", str(tmp_path))
    unpacked = tmp_path / "unpacked"
    found = archive_file.check(backup, SILENT, unpacked)
    files = {part: unpacked / part for part in found.parts} | {named: unpacked / SECRET_KEY}
    crafted = tmp_path / "crafted.tar.gz"
    with crafted.open("wb") as file:
        manifest_of_all = _replaced(found, parts=found.parts | {named: found.parts[SECRET_KEY]})
        archive_file.write(file, manifest_of_all, files, SILENT)
    for work in (lambda: verify(crafted, SILENT), lambda: restore(crafted, False, SILENT)):
        with pytest.raises(BackupError, match="is damaged or foreign: it has a file"):
            work()
    assert list(data_dir.parent.glob("escaped")) + list(data_dir.rglob("redis.conf")) + list(tmp_path.glob("escaped")) == []


def test_a_backup_whose_date_is_none_is_refused(backup: Path, data_dir: Path) -> None:
    with pytest.raises(BackupError, match="is no backup of Parley, or a newer version made it"):
        restore(_changed(backup, data_dir, made_at="yesterday"), False, SILENT)
    assert list(data_dir.glob("*.sqlite3")) == []


def test_a_backup_of_a_newer_version_is_refused(backup: Path, data_dir: Path) -> None:
    facts = archive_file.read_manifest(backup).facts
    newer = _changed(backup, data_dir, facts={**_built(facts), "schema": {**facts.schema, "chat": "0099_future"}})
    for work in (lambda: verify(newer, SILENT), lambda: restore(newer, False, SILENT)):
        with pytest.raises(BackupError, match=r"a newer Parley made this backup \(chat.0099_future is unknown here\)"):
            work()


def test_a_backup_that_lacks_what_was_acknowledged_is_refused(backup: Path, data_dir: Path) -> None:
    lacking = _changed(backup, data_dir, unarchived=0)
    with pytest.raises(BackupError, match=r"is incomplete: of room \d+ it has 0 messages of \d+"):
        verify(lacking, SILENT)


def test_a_live_state_that_no_redis_here_can_read_is_left_out_where_the_database_has_all(backup: Path, tmp_path: Path) -> None:
    found = archive_file.check(backup, SILENT, tmp_path)
    state = tmp_path / LIVE_STATE
    state.write_bytes(b"REDIS0099" + state.read_bytes()[9:])
    with pytest.raises(BackupError, match=r"are in its live state alone, and the Redis of this machine cannot read that"):
        live_state_fault(found, tmp_path)
    complete = manifest.decode(backup, manifest.encode(_replaced(found, unarchived=0)))
    assert live_state_fault(complete, tmp_path) != ""


def test_commands_end_in_one_line(installation: Path, folder: Path) -> None:
    (folder / "there").touch()
    (folder / "empty").mkdir(mode=0o700, exist_ok=True)
    refused = {
        ("backup", f"{folder}/missing/backup"): f"there is no folder {folder}/missing",
        ("backup", f"{folder}/unmounted/"): f"there is no folder {folder}/unmounted",
        ("backup", f"{folder}/there"): f"{folder}/there is there already; choose another name",
        ("backup", ""): "TO is empty; name a new file or a folder",
        ("backup", f"{folder}/{'long' * 80}"): f"{folder}/{'long' * 80}: File name too long",
        # Only its temporary name is too long.
        ("backup", f"{folder}/{'long' * 62}"): f"{folder}/{'long' * 62}: File name too long",
        ("restore", f"{folder}/nowhere"): f"{folder}/nowhere cannot be read or copied: No such file or directory",
    }
    for arguments, line in refused.items():
        done = _manage(installation, *arguments)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"parley: {line}\n")
    done = _manage(folder / "empty", "backup", str(folder))
    assert (done.returncode, done.stderr) == (2, f"parley: there is no installation in {folder / 'empty'}\n")


def test_a_full_target_is_refused_in_one_line_and_nothing_is_left(installation: Path, folder: Path) -> None:
    small = folder / "small"
    small.mkdir()
    mount = 'mount -t tmpfs -o size=16k tmpfs "$0"'
    enter = ["unshare", "--mount", "sh", "-c"]
    if os.geteuid() or subprocess.run([*enter, mount, small], capture_output=True, check=False).returncode:
        pytest.skip("this machine gives no mount namespace")
    shell = f'{mount} && "$@"; code=$?; ls -A "$0"; exit $code'
    done = _manage(installation, "backup", str(small), before=[*enter, shell, str(small)])
    assert done.returncode == 2
    assert done.stderr == f"parley: there is not enough room for the backup ({small}: No space left on device)\n"
    assert done.stdout.splitlines()[-1].startswith("Writing ")  # and the folder's list after it is empty
    assert [path.name for path in installation.glob("staging-*")] == []


def _built(facts: manifest.Facts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in facts.__struct_fields__}


def _replaced(found: Manifest, **changes: object) -> Manifest:
    fields: dict[str, object] = {name: getattr(found, name) for name in found.__struct_fields__}
    facts = changes.pop("facts", None)
    changed = {**fields, **changes} | ({"facts": manifest.Facts(**facts)} if isinstance(facts, dict) else {})
    return Manifest(**changed)  # type: ignore[arg-type]


def _changed(backup: Path, data_dir: Path, **changes: object) -> Path:
    """Return a backup with another manifest, and all else as it was."""
    unpacked = data_dir.with_suffix(".unpacked")
    found = archive_file.check(backup, SILENT, unpacked)
    files = {name: unpacked / name for name in found.parts}
    parts: dict[str, Part] = dict(found.parts)
    changed = data_dir / "changed.tar.gz"
    with changed.open("wb") as file:
        archive_file.write(file, _replaced(found, parts=parts, **changes), files, SILENT)
    shutil.rmtree(unpacked)
    return changed


def _manage(data_dir: Path, *arguments: str, before: list[str] | None = None) -> "subprocess.CompletedProcess[str]":
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [*(before or []), sys.executable, "manage.py", *arguments]
    environment = inherited | {"DATA_DIR": str(data_dir)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=90, check=False)
