"""Ten backups under 200 messages a second to a target that takes 20 s: `python -m tests.faults.measure_backup`.

Arguments: how many, and seconds. Each is verified and restored by the commands; every message that was acknowledged before it
began has to be in it, or this ends with an error.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.faults.steady_writer import Acknowledged, SteadyWriter
from tests.live.conftest import sign_in
from tests.support.live_server import ROOT, ServerProcess

PER_SECOND = 200
FIRST_SECONDS = 10


def main(backups: int = 10, seconds: float = 20.0) -> None:
    """Print a line for each backup, and how the server did meanwhile."""
    folder = Path(tempfile.mkdtemp(prefix="parley-backup-"))
    (folder / "live").mkdir(mode=0o700)
    server = ServerProcess(folder / "live").start()
    try:
        cookie = sign_in(server, "alice")["alice"].cookie
        writer = SteadyWriter(server.port, cookie, PER_SECOND)
        room = writer.call("create", {"name": "busy", "kind": "public"})["room"]["id"]
        writer.start_in(room)
        time.sleep(FIRST_SECONDS)
        missing = 0
        for number in range(backups):
            missing += _round(number + 1, folder, server, writer, room, seconds)
        print(f"{len(writer.stop()):,} messages acknowledged, {missing} of those before a backup missing from it")
        print(f"stalls of the loop: {server.said().count('stood still')}; the writer came back {writer.reconnections} times")
        writer.close()
        assert not missing, "the backups lack acknowledged messages"
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _round(number: int, folder: Path, server: ServerProcess, writer: SteadyWriter, room: int, seconds: float) -> int:
    path, restored = folder / f"{number}.tar.gz", folder / f"restored-{number}"
    # Of what the backup will be, as far as can be known beforehand: the database compresses to about a fifth.
    rate = (server.data_dir / "parley.sqlite3").stat().st_size / 5 / seconds
    slow = [sys.executable, "-m", "tests.faults.slow_backup", str(path), str(rate)]
    launched = time.time()
    done = subprocess.run(slow, cwd=ROOT, env=server.environment, capture_output=True, text=True, check=True)
    took = time.time() - launched
    began, writing = (float(line.split()[1]) for line in done.stdout.splitlines())
    before = [one for one in list(writer.acknowledged) if one.at < began]
    for command in ("verify", "restore"):
        _manage(restored, command, str(path))
    missing = _missing(restored / "parley.sqlite3", room, before)
    size = path.stat().st_size / 1e6
    print(
        f"backup {number}: {took:.1f} s, of which the target took {writing:.1f}, {size:.1f} MB,"
        f" {len(before):,} acknowledged before, {missing} missing, verified",
        flush=True,
    )
    path.unlink()
    shutil.rmtree(restored)
    return missing


def _missing(database: Path, room: int, before: list[Acknowledged]) -> int:
    with closing(sqlite3.connect(database)) as record:
        archived = dict(record.execute("SELECT seq, text FROM chat_message WHERE room_id = ?", [room]).fetchall())
    return sum(archived.get(one.seq) != one.text for one in before)


def _manage(data_dir: Path, *arguments: str) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "project.settings", "DATA_DIR": str(data_dir)}
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
