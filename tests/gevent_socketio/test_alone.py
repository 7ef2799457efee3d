"""The package alone: README's echo server, as it is printed, where nothing but gevent and msgspec is installed."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from gevent import socket as gevent_socket

import gevent_socketio
from tests.gevent_socketio.clients import HttpClient, WebSocketClient
from tests.gevent_socketio.peer import eventually

PACKAGE = Path(gevent_socketio.__path__[0])
# gevent, what gevent itself needs, and msgspec.
INSTALLED = ("gevent", "greenlet", "zope", "msgspec")


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """A folder of packages, to be used instead of this environment's."""
    folder = tmp_path / "packages"
    folder.mkdir()
    (folder / PACKAGE.name).symlink_to(PACKAGE)
    for name in INSTALLED:
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.submodule_search_locations
        (folder / name).symlink_to(list(spec.submodule_search_locations)[0])  # noqa: RUF015
    return folder


def python(environment: Path, code: str, *arguments: str) -> subprocess.Popen[str]:
    """Run code with the standard library and this folder, and nothing else: no site-packages, no current folder."""
    start = f"import sys; sys.path.append({str(environment)!r})\n"
    command = [sys.executable, "-I", "-S", "-c", start + code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def free_port() -> int:
    with gevent_socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listens(port: int) -> bool:
    try:
        gevent_socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@pytest.fixture
def echo_port(environment: Path) -> Iterator[int]:
    [script] = re.findall(r"```python\n(.*?)```", (PACKAGE / "README.md").read_text(), re.DOTALL)
    port = free_port()
    with python(environment, script, str(port)) as process:
        try:
            assert eventually(lambda: process.poll() is not None or listens(port), 20)
            assert process.poll() is None, process.stdout and process.stdout.read()
            yield port
        finally:
            process.kill()


def test_the_readmes_echo_server_answers_by_websocket_and_by_polling(echo_port: int) -> None:
    alice = WebSocketClient(echo_port)
    assert alice.connect().startswith('40{"sid":')
    assert alice.receive() == '42["welcome"]'
    alice.send('42["hello","ä"]')
    assert alice.receive() == '42["hello","ä"]'
    alice.send('451-["file",{"_placeholder":true,"num":0}]')
    alice.send(b"\x00\xff")
    assert [alice.receive(), alice.receive()] == ['451-["file",{"_placeholder":true,"num":0}]', b"\x00\xff"]
    bob = HttpClient(echo_port)
    sid = bob.open()
    assert bob.post(sid, '40\x1e42["by post"]') == (200, "ok")
    received = ""
    while '42["by post"]' not in received:
        received += bob.get(sid)[1]
    assert '42["welcome"]' in received
    alice.close()
    bob.close()


def test_every_module_can_be_imported_alone(environment: Path) -> None:
    names = [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in PACKAGE.rglob("*.py")]
    with python(environment, f"for name in {names!r}: __import__(name)") as process:
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 0, output


def test_the_echo_server_is_as_short_as_promised() -> None:
    [script] = re.findall(r"```python\n(.*?)```", (PACKAGE / "README.md").read_text(), re.DOTALL)
    assert len([line for line in script.splitlines() if line.strip()]) <= 20
