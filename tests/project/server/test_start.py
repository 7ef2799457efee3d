"""The two doors, tried as a person at a console does."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from redis import Redis

from project.server.console import RULE
from project.server.instance_lock import InstanceLock
from tests.support.live_server import START_SECONDS, ServerProcess, free_port
from tests.support.ready_tables import give_tables
from tests.support.redis_servers import RedisProcess

ROOT = Path(__file__).parents[3]


def test_a_wrong_setting_stops_the_server_in_one_line(data_dir: Path) -> None:
    done = _run("serve.py", DATA_DIR=str(data_dir), PORT="many")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "parley: Settings: PORT: Not a valid integer.\n"


@pytest.mark.parametrize("output", ["a pipe that nobody reads", "/dev/full"])
def test_a_server_goes_on_when_its_greeting_cannot_be_written(installed: Path, output: str) -> None:
    server = ServerProcess(installed)
    read, write = os.pipe() if output.startswith("a pipe") else (-1, os.open(output, os.O_WRONLY))
    if read != -1:
        os.close(read)
    process = subprocess.Popen(
        [sys.executable, "serve.py"], cwd=ROOT, env=server.environment, stdout=write, stderr=subprocess.PIPE, text=True
    )
    os.close(write)
    assert process.stderr
    with process, process.stderr:
        said = process.stderr.readline()
        assert _becomes(server._listens)
        process.send_signal(signal.SIGTERM)
        said += process.stderr.read()
    assert process.returncode == 0, said
    assert "Nothing can be written to stdout" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("name", ["with #, ? and %41", "with\na line break", "Ünï cödé"])
def test_the_folder_may_have_any_name(data_dir: Path, name: str) -> None:
    folder = data_dir / name
    folder.mkdir(mode=0o700)
    give_tables({"DATA_DIR": str(folder)})
    with _serving(folder) as server:
        assert _becomes(lambda: "Parley is at" in server.said()), server.said()
        assert server.stop() == 0
    assert {path.name for path in folder.iterdir()} >= {"parley.sqlite3", "redis", "secret_key"}
    assert [path.name for path in data_dir.iterdir()] == [name]


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        ({"DATABASE_URL": "sqlite:///FOLDER/none/record.sqlite3"}, "cannot be created: there is no folder FOLDER/none"),
        ({"DATABASE_URL": "sqlite:///FOLDER"}, "the database FOLDER is no file"),
        ({"DATABASE_URL": "sqlite:////dev/null"}, "the database /dev/null is no file"),
        ({"HOST": "chat..example"}, 'HOST "chat..example" must be a host name or an address'),
        ({"HOST": "http://127.0.0.1"}, 'HOST "http://127.0.0.1" must be a host name or an address'),
        ({"DATABASE_URL": "postgres://u@127.0.0.1:1/d?mistake=1"}, 'invalid connection option "mistake"'),
    ],
)
def test_a_start_that_cannot_work_ends_in_one_line(data_dir: Path, setting: dict[str, str], line: str) -> None:
    given = {name: value.replace("FOLDER", str(data_dir)) for name, value in setting.items()}
    done = _run("serve.py", DATA_DIR=str(data_dir), SECRET_KEY="k" * 50, **given)
    assert (done.returncode, done.stdout) == (2, "")
    assert line.replace("FOLDER", str(data_dir)) in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


def test_a_file_in_the_place_of_redis_s_folder_stops_the_server_in_one_line(data_dir: Path) -> None:
    (data_dir / "redis").touch()
    done = _run("serve.py", DATA_DIR=str(data_dir), **_free())
    assert (done.returncode, done.stderr) == (2, f"parley: {data_dir}/redis: File exists\n")


def test_a_second_server_is_stopped_in_one_line(data_dir: Path) -> None:
    with InstanceLock(data_dir):
        done = _run("serve.py", DATA_DIR=str(data_dir))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("parley: another Parley server (process ")
    assert done.stderr.count("\n") == 1


def test_a_redis_that_stays_away_stops_the_server_in_one_last_line(data_dir: Path) -> None:
    away = {"REDIS_URL": "redis://:secret@127.0.0.1:1", "SECRET_KEY": "k" * 50, "STARTUP_PATIENCE": "1"}
    done = _run("serve.py", DATA_DIR=str(data_dir), **away, **_free())
    assert done.returncode == 2
    waiting, last = done.stderr.splitlines()
    assert waiting.endswith("refuses the connection: nothing listens at 127.0.0.1:1; waiting for it up to 1 s")
    assert last == "parley: The Redis at REDIS_URL refuses the connection: nothing listens at 127.0.0.1:1"
    assert "secret" not in done.stderr


def test_a_postgresql_that_stays_away_stops_the_server_in_one_line(data_dir: Path) -> None:
    url = "postgres://parley:secret@127.0.0.1:1/parley"
    done = _run("serve.py", DATA_DIR=str(data_dir), DATABASE_URL=url, STARTUP_PATIENCE="0", SECRET_KEY="k" * 50, **_free())
    assert done.returncode == 2
    assert done.stderr.startswith("parley: The PostgreSQL at DATABASE_URL cannot be used: ")
    assert "refused" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr


def test_a_redis_that_comes_late_is_waited_for(installed: Path, data_dir_of_redis: Path) -> None:
    redis = RedisProcess(data_dir_of_redis)
    with _serving(installed, REDIS_URL=redis.url, SECRET_KEY="k" * 50) as server:
        assert _becomes(lambda: "waiting for it" in server.said())
        redis.start()
        try:
            assert _becomes(lambda: "Parley is at" in server.said()), server.said()
            assert server.said().count("waiting for it") == 1
        finally:
            server.stop()
            redis.stop()


def test_a_redis_that_is_not_durable_is_refused_unless_that_is_accepted(installed: Path, data_dir_of_redis: Path) -> None:
    redis = RedisProcess(data_dir_of_redis).start()
    external = {"REDIS_URL": redis.url, "SECRET_KEY": "k" * 50}
    try:
        with Redis.from_url(redis.url) as client:
            client.config_set("appendfsync", "everysec")
        done = _run("serve.py", DATA_DIR=str(installed), **external, **_free())
        assert done.returncode == 2
        assert done.stderr == (
            "parley: The Redis at REDIS_URL can lose acknowledged messages: appendfsync is everysec (must be always)."
            " Set this in its redis.conf, or REQUIRE_DURABLE=false to accept the loss\n"
        )
        with _serving(installed, REQUIRE_DURABLE="false", **external) as server:
            assert _becomes(lambda: "Parley is at" in server.said()), server.said()
            assert 'Redis has appendfsync "everysec"' in server.said()
    finally:
        redis.stop()


def test_without_a_terminal_the_owners_link_is_seen_at_once_framed_and_last(data_dir: Path) -> None:
    for _ in range(2):  # at every start until it was used
        with _serving(data_dir) as server:
            assert _becomes(lambda: server.said().rstrip().endswith("====")), server.said()
            *_, rule, title, _, link, _, last = server.said().rstrip().splitlines()
            assert rule == last == RULE
            assert title == "Create the owner's account here; the link works once:"
            assert f":{server.port}/setup/" in link


def test_a_port_that_is_taken_is_said_once_and_before_anything_is_made(data_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = _run("serve.py", DATA_DIR=str(data_dir), PORT=str(port))
    assert done.returncode == 2
    assert done.stderr == f"parley: Cannot listen on HOST localhost, PORT {port}: Address already in use\n"
    assert {path.name for path in data_dir.iterdir()} == {"secret_key", "serve.lock"}


def test_a_wildcard_host_explains_public_url(installed: Path) -> None:
    with _serving(installed, HOST="0.0.0.0") as server:
        assert _becomes(lambda: "Parley is at" in server.said()), server.said()
        assert re.search(rf"set PUBLIC_URL|PUBLIC_URL=http://\d+\.\d+\.\d+\.\d+:{server.port}", server.said())


def test_a_start_that_waits_can_be_stopped(installed: Path) -> None:
    with _serving(installed, REDIS_URL="redis://127.0.0.1:1", SECRET_KEY="k" * 50) as server:
        assert _becomes(lambda: "waiting for it" in server.said()), server.said()
        assert server.stop() == 0
        assert "Traceback" not in server.said()


READ_ONLY_CODE = f"""
mount --bind {ROOT} {ROOT} && mount -o remount,bind,ro {ROOT} || exit 77
[ ! -d {ROOT}/.static ] || mount -t tmpfs -o ro tmpfs {ROOT}/.static || exit 77
cd {ROOT} && ! touch here 2>/dev/null && exec {sys.executable} serve.py
"""
READ_ONLY_DATA = """
mount --bind $DATA_DIR $DATA_DIR && mount -o remount,bind,ro $DATA_DIR || exit 77
exec {python} serve.py
"""


def test_code_that_is_read_only_is_served_from_the_data_folder(installed: Path) -> None:
    with _serving(installed, in_mount_namespace=READ_ONLY_CODE) as server:
        assert _becomes(lambda: "Parley is at" in server.said() or not server.is_running())
        if not server.is_running() and (server.wait() == 77 or "unshare" in server.said()):
            pytest.skip("this user or machine can mount nothing")
        [built] = (installed / "static").iterdir()
        page = requests.get(f"{server.url}/accounts/login/", timeout=30).text
        [script, *_] = re.findall(rf'src="/static/{built.name}/([^"]+\.js)"', page)
        answer = requests.get(f"{server.url}/static/{built.name}/{script}", timeout=30)
        assert answer.content == (built / script).read_bytes()
        assert "Traceback" not in server.said()


def test_a_data_folder_that_became_read_only_is_said_in_one_line(data_dir: Path) -> None:
    (data_dir / "secret_key").write_text("k" * 50)
    done = _in_mount_namespace(READ_ONLY_DATA.format(python=sys.executable), DATA_DIR=str(data_dir))
    assert done.returncode == 2
    assert done.stderr == f'parley: Settings: DATA_DIR "{data_dir}" is not writable: its file system is read-only\n'


def test_a_command_with_another_environment_says_where_it_looks(data_dir: Path) -> None:
    done = _run("manage.py", "changepassword", "alice", DATA_DIR=str(data_dir / "other"))
    assert done.returncode == 2
    created, last = done.stderr.splitlines()
    assert created == f"parley: created DATA_DIR {data_dir}/other; the database is {data_dir}/other/parley.sqlite3"
    assert last.startswith(f"parley: The database {data_dir}/other/parley.sqlite3 has no tables.")


def test_the_demo_fills_an_empty_installation_once(data_dir: Path) -> None:
    first, second = (_run("manage.py", "fill_demo", DATA_DIR=str(data_dir)) for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert "Log in as one of ada" in first.stdout
    assert second.returncode == 1
    assert second.stderr.endswith("CommandError: There are people here already.\n")


@pytest.fixture
def installed(data_dir: Path) -> Path:
    """A data folder in which a server was started before."""
    give_tables({"DATA_DIR": str(data_dir)})
    return data_dir


@pytest.fixture
def data_dir_of_redis() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="parley-redis-") as folder:
        yield Path(folder)


@contextmanager
def _serving(data_dir: Path, in_mount_namespace: str = "", **settings: str) -> Iterator[ServerProcess]:
    """A server as systemd starts it: without a terminal, and with nothing that makes Python write at once."""
    server = ServerProcess(data_dir, **settings)
    del server.environment["PYTHONUNBUFFERED"]
    server.spawn(*(["unshare", "-m", "sh", "-c", in_mount_namespace] if in_mount_namespace else []))
    try:
        yield server
    finally:
        server.kill()


def _becomes(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _free() -> dict[str, str]:
    return {"PORT": str(free_port())}


def _in_mount_namespace(script: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a shell script whose mounts nobody else sees."""
    done = _run("-c", "import os, sys; os.execvp('unshare', ['unshare', '-m', 'sh', '-c', sys.argv[1]])", script, **environment)
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("this user or machine can mount nothing")
    return done


def _run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
