"""Commands while no server runs: they start our own Redis themselves, and leave nothing running."""

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from project.server.instance_lock import InstanceLock

ROOT = Path(__file__).parents[2]


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


def manage(data_dir: Path, *arguments: str) -> None:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = inherited | {"DATA_DIR": str(data_dir)}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
