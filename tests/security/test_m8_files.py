"""M8: the record is its owner's alone, also in a folder that was there before and was open to everybody."""

import os
import stat

import pytest

from project.environment.data_dir import data_dir
from tests.live.conftest import short_folder
from tests.support.live_server import ServerProcess


def _mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_server_makes_no_file_that_others_can_read(tmp_path_factory):
    folder = short_folder(tmp_path_factory, "m8")
    # Named, so that the server makes it itself: other tests give it a record with tables.
    server = ServerProcess(folder, DATABASE_URL=f"sqlite:///{folder}/parley.sqlite3").start()
    try:
        files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("server-")]
        assert {"parley.sqlite3", "serve.lock"} <= {path.name for path in files}
        assert [str(path) for path in files if _mode(path) & 0o077] == []
        assert _mode(folder) == 0o700
    finally:
        server.stop()


@pytest.mark.parametrize("names", [(), ("secret_key",), ("parley.sqlite3", "redis")])
def test_an_open_folder_of_ours_is_closed(tmp_path, names):
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    for name in names:
        (folder / name).touch()
    assert data_dir(str(folder)) == (folder, False)
    assert _mode(folder) == 0o700


def test_a_folder_with_other_things_in_it_is_refused_and_left_alone(tmp_path):
    tmp_path.chmod(0o777)
    (tmp_path / "letters.txt").touch()
    with pytest.raises(ValueError, match="can be entered by other users"):
        data_dir(str(tmp_path))
    assert _mode(tmp_path) == 0o777


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_elses_is_refused(tmp_path):
    folder = tmp_path / "theirs"
    folder.mkdir()
    folder.chmod(0o755)
    os.chown(folder, 12345, 12345)
    with pytest.raises(ValueError, match="can be entered by other users"):
        data_dir(str(folder))
