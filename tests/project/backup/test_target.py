"""Where a backup goes, and what a command shows meanwhile."""

import errno
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from project.backup.errors import BackupError
from project.backup.progress import Progress
from project.backup.staging import Staging
from project.backup.target import draft, open_new, path_for


def test_in_a_folder_it_is_named_by_the_time(tmp_path: Path) -> None:
    path = path_for(tmp_path)
    assert (path.parent, path.name[:9], path.suffixes) == (tmp_path, "parley-20", [".tar", ".gz"])


def test_a_missing_folder_and_an_existing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "there").touch()
    with pytest.raises(BackupError, match=r"there is no folder .*/missing$"):
        path_for(tmp_path / "missing" / "backup")
    with pytest.raises(BackupError, match="there is there already"):
        path_for(tmp_path / "there")


def test_a_full_target_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    def fill(path: Path) -> None:
        open_new(path).close()
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(BackupError, match=r"not enough room for the backup .*No space left"):
        _write(tmp_path / "backup", fill)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_appeared_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    def write_twice(path: Path) -> None:
        path.write_text("ours")
        (tmp_path / "backup").write_text("somebody's")

    with pytest.raises(BackupError, match="there already"):
        _write(tmp_path / "backup", write_twice)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"backup": "somebody's"}


def test_what_a_killed_command_left_is_removed_by_the_next_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    (tmp_path / "staging-killed").mkdir()
    (tmp_path / "staging-killed" / "lock").touch()
    (tmp_path / "staging-killed" / "record").write_text("half of it")
    with Staging(tmp_path) as one, Staging(tmp_path) as two:
        assert sorted(tmp_path.iterdir()) == sorted([one, two])
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_gets_a_bar_and_anything_else_a_line_for_each_step() -> None:
    terminal, file = Terminal(), io.StringIO()
    for output in (terminal, file):
        progress = Progress(output)
        progress.step("Copying the database", 4_000_000)
        progress.add(2_000_000)
        progress.add(2_000_000)
        progress.step("Checking the database")
        progress.finish("Done.")
    assert "\r\033[KCopying the database  [##############################] 100%  4.0 of 4.0 MB\n" in terminal.getvalue()
    assert file.getvalue() == "Copying the database ...\nChecking the database ...\nDone.\n"


def _write(to: Path, write: Callable[[Path], None]) -> None:
    with draft(to) as path:
        write(path)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True
