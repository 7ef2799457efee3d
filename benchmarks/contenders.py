"""Who is measured: Parley as people run it, and the rivals with a Redis of their own that writes nothing to disk."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.building import NODE_PEER, PEER_PYTHON, PEERS
from benchmarks.cpus import LOAD_CPU, SERVER_CPU, on_cpu
from benchmarks.load import Served
from benchmarks.population import Population, cookie_file, first_room
from benchmarks.throwaway import ThrowawayServer, free_port
from project.server.redis.executable import find_redis_server

START_SECONDS = 20.0

_SEND = '["send",{"room":%ROOM%,"client_id":"bench-%RUN%-%MESSAGE%","text":"%TEXT%"}]'
_HISTORY = '["history",{"room":%ROOM%,"limit":50}]'
_SOCKET_IO = ("--dialect", "socket.io")
_SOCKET_IO_HISTORY = (*_SOCKET_IO, "--request", "--send", '["history","%ROOM%"]')
_PLAIN = ("--dialect", "plain")
_PLAIN_HISTORY = (*_PLAIN, "--request", "--send", '{"history":1,"mid":%MESSAGE%}')


@dataclass(frozen=True)
class Contender:
    """Somebody who can be measured; `serve` starts a new server for these people."""

    name: str
    title: str
    serve: Callable[[Population], AbstractContextManager[Served]]


def parley(folder: Path) -> Contender:
    """Return the product in full, with the people who were settled in this folder."""

    @contextmanager
    def serve(population: Population) -> Iterator[Served]:
        with ThrowawayServer(folder / "data", TRUSTED_PROXIES="1") as server:
            yield served_by(server, folder, population)

    return Contender("parley", "Parley", serve)


def served_by(server: ThrowawayServer, folder: Path, population: Population) -> Served:
    """Tell how these people speak to our server: everybody has a session, and is in their room by membership."""
    rooms = ("--room-prefix", "", "--room-base", str(first_room(folder, population)))
    people = ("--cookie-file", str(cookie_file(folder, population)), "--origin", server.url)
    speaking = (*_SOCKET_IO, "--namespace", "/chat", "--join", "", *rooms, *people)
    return Served(
        server.port,
        server.process,
        server.redis_process,
        (*speaking, "--send", _SEND),
        (*speaking, "--request", "--send", _HISTORY),
    )


def _rival(
    command: Callable[[int, Path], list[str]], sending: tuple[str, ...], asking: tuple[str, ...]
) -> Callable[[Population], AbstractContextManager[Served]]:
    @contextmanager
    def serve(population: Population) -> Iterator[Served]:
        port = free_port()
        with _redis() as (redis, path), _process(command(port, path), SERVER_CPU, REDIS_SOCKET=str(path)) as server:
            _await(server, lambda: _listens(("127.0.0.1", port)))
            yield Served(port, server.pid, redis.pid, sending, asking)

    return serve


@contextmanager
def _redis() -> Iterator[tuple["subprocess.Popen[bytes]", Path]]:
    folder = Path(tempfile.mkdtemp(prefix="parley-bench-redis-"))
    path = folder / "redis.sock"
    options = ["--port", "0", "--unixsocket", str(path), "--dir", str(folder), "--save", "", "--appendonly", "no"]
    try:
        with _process([str(find_redis_server().path), *options], LOAD_CPU) as process:
            _await(process, lambda: _listens(str(path)))
            yield process, path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _process(command: list[str], cpu: int, **settings: str) -> Iterator["subprocess.Popen[bytes]"]:
    with tempfile.TemporaryFile() as output, on_cpu(cpu):
        process = subprocess.Popen(command, cwd=PEERS, env={**os.environ, **settings}, stdout=output, stderr=output)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _await(process: "subprocess.Popen[bytes]", is_there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_there():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"It did not start: {process.args!r}")
        time.sleep(0.05)


def _listens(address: tuple[str, int] | str) -> bool:
    with socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET) as probe:
        return probe.connect_ex(address) == 0


def _node_command(port: int, redis: Path) -> list[str]:
    return ["node", str(NODE_PEER / "server.js"), str(port), str(redis)]


def _gevent_command(port: int, redis: Path) -> list[str]:
    return [str(PEER_PYTHON), str(PEERS / "stock_gevent.py"), str(port), str(redis)]


def _channels_command(port: int, redis: Path) -> list[str]:
    daphne = str(PEER_PYTHON.with_name("daphne"))
    return [daphne, "-b", "127.0.0.1", "-p", str(port), "-v", "0", "channels_chat:application"]


NODE = Contender("node", "Node", _rival(_node_command, _SOCKET_IO, _SOCKET_IO_HISTORY))
STOCK_GEVENT = Contender("gevent", "stock gevent", _rival(_gevent_command, _SOCKET_IO, _SOCKET_IO_HISTORY))
CHANNELS = Contender("channels", "Channels", _rival(_channels_command, _PLAIN, _PLAIN_HISTORY))
