"""The backups that a server makes by itself."""

import logging
import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import fakeredis
import pytest

from chat.live.live_state import LiveState
from chat.live.statistics.backups import BackupStore, LastBackup
from project.backup import schedule
from project.backup.schedule import KEPT, RETRY_SECONDS, BackupSchedule

DAY = 86_400.0
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC).timestamp()


class Clock:
    """Stands still until it is moved."""

    now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> Iterator[BackupStore]:
    client = fakeredis.FakeRedis(protocol=2)
    yield LiveState(client).backups
    client.close()


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[list[str]]]:
    """Let a line of shell take the command's place; returns what was started."""
    started: list[list[str]] = []
    monkeypatch.setattr(schedule, "LOOK_SECONDS", 0.01)

    def _make(shell: str) -> list[list[str]]:
        def start(command: list[str], output: IO[bytes]) -> "subprocess.Popen[bytes]":
            started.append(command)
            return subprocess.Popen(["sh", "-c", shell], stdout=output, stderr=output)

        monkeypatch.setattr(schedule, "start_child", start)
        return started

    return _make


def test_a_backup_is_made_when_there_is_none_and_again_a_day_later(
    tmp_path: Path, store: BackupStore, clock: Clock, make: Callable[[str], list[list[str]]]
) -> None:
    started = make(f"touch {tmp_path}/parley-20261130-120000.tar.gz && echo Backup of all")
    nightly = BackupSchedule(store, tmp_path, DAY, clock)
    nightly.turn()
    nightly.turn()
    assert [command[-2:] for command in started] == [["backup", f"{tmp_path}/"]]
    assert store.last() == LastBackup(NOON, 0, None, "", NOON + DAY)
    clock.now += DAY - 1
    nightly.turn()
    assert len(started) == 1
    clock.now += 1
    nightly.turn()
    assert len(started) == 2


def test_what_killed_backups_left_is_removed_a_day_later(
    tmp_path: Path, store: BackupStore, clock: Clock, make: Callable[[str], list[list[str]]]
) -> None:
    made, others = tmp_path / "parley-20261130-120000.tar.gz", tmp_path / ".holiday.tar.gz.partial"
    old, fresh = (tmp_path / f".parley-20261129-120000.tar.gz.{token}.partial" for token in ("00c0ffee", "0badcafe"))
    for path in (others, old, fresh):
        path.touch()
        os.utime(path, (NOON - DAY - 1,) * 2)
    os.utime(fresh, (NOON - DAY + 60,) * 2)
    make(f"touch {made}")
    BackupSchedule(store, tmp_path, DAY, clock).turn()
    assert {*tmp_path.iterdir()} == {made, others, fresh}


def test_a_failure_is_one_log_line_and_is_known_to_all_and_tried_again_in_an_hour(
    tmp_path: Path,
    store: BackupStore,
    clock: Clock,
    make: Callable[[str], list[list[str]]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    started = make("echo Copying ...; echo parley: there is no folder /mnt/nas >&2; exit 2")
    nightly = BackupSchedule(store, tmp_path, DAY, clock)
    nightly.turn()
    nightly.turn()
    assert len(started) == 1
    assert [(one.levelno, one.getMessage()) for one in caplog.records] == [
        (logging.ERROR, "The backup to BACKUP_DIR failed: there is no folder /mnt/nas")
    ]
    assert store.last() == LastBackup(None, 0, NOON, "there is no folder /mnt/nas", NOON + RETRY_SECONDS)
    clock.now += RETRY_SECONDS
    make("echo Backup of all")
    nightly.turn()
    assert store.last() == LastBackup(due_at=clock.now)


def test_seven_are_kept_and_nothing_else_is_touched(
    tmp_path: Path, store: BackupStore, clock: Clock, make: Callable[[str], list[list[str]]]
) -> None:
    for day in range(10, 20):
        (tmp_path / f"parley-202611{day}-030000.tar.gz").touch()
    (tmp_path / "parley-before-the-move.tar.gz").touch()
    make("echo Backup of all")
    BackupSchedule(store, tmp_path, DAY, clock).turn()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [*(f"parley-202611{day}-030000.tar.gz" for day in range(13, 20)), "parley-before-the-move.tar.gz"]


def test_backups_of_a_clock_that_was_ahead_neither_stop_new_ones_nor_outlive_them(
    tmp_path: Path, store: BackupStore, clock: Clock, make: Callable[[str], list[list[str]]]
) -> None:
    for day in range(10, 17):
        (tmp_path / f"parley-205211{day}-030000.tar.gz").touch()
    started = make(f"touch {tmp_path}/parley-20261130-120000.tar.gz && echo Backup of all")
    BackupSchedule(store, tmp_path, DAY, clock).turn()
    assert len(started) == 1
    assert (tmp_path / "parley-20261130-120000.tar.gz").exists()
    assert len(list(tmp_path.iterdir())) == KEPT


def test_what_is_in_the_folder_is_known_after_a_loss_of_redis(
    tmp_path: Path, store: BackupStore, clock: Clock, make: Callable[[str], list[list[str]]]
) -> None:
    (tmp_path / "parley-20261130-060000.tar.gz").write_bytes(bytes(1_000))
    started = make("echo Backup of all")
    BackupSchedule(store, tmp_path, DAY, clock).turn()
    assert started == []
    assert store.last() == LastBackup(NOON - 6 * 3_600, 1_000, None, "", NOON + 18 * 3_600)


def test_of_two_processes_one_makes_it(
    tmp_path: Path, store: BackupStore, clock: Clock, make: Callable[[str], list[list[str]]]
) -> None:
    started = make("echo Backup of all")
    assert store.hold_lease("the other process")
    nightly = BackupSchedule(store, tmp_path, DAY, clock)
    nightly.turn()
    assert started == []
    store.release_lease("the other process")
    nightly.turn()
    assert len(started) == 1
