"""Many readers who understand little: each holds a connection, answers pings, and notes when it has seen what it waits for."""

import selectors
import threading
import time
from collections.abc import Sequence
from typing import Any

from tests.faults.client import Person
from tests.support.live_server import ServerProcess
from tests.support.wire_socket import WireSocket

CHUNK = 256 * 1024
PING = b"\x81\x012"
OPENED_SECONDS = 60.0


class Reader:
    """One connection, and the end of what came by it."""

    def __init__(self, server: ServerProcess, person: Person) -> None:
        wire = WireSocket(server.port, person.cookie, server.url, seconds=OPENED_SECONDS)
        wire.send("40/chat,")
        while not wire.receive_text().startswith("40/chat,{"):
            pass
        # From here on only its bytes matter: what a whole client does with each frame would cost more than the server does.
        self.socket = wire.socket
        self.socket.setblocking(False)
        self.pong = wire.protocol.message("3")
        self.tail = b""


class Crowd:
    """Readers on several servers in turn, all in one thread of their own."""

    def __init__(self, servers: Sequence[ServerProcess], people: Sequence[Person]) -> None:
        self.lost = 0
        self._waits_for = b"\0"
        self._waiting: set[Reader] = set()
        self._last_seen = 0.0
        self._readers = [Reader(servers[n % len(servers)], person) for n, person in enumerate(people)]
        self._selector = selectors.DefaultSelector()
        for reader in self._readers:
            self._selector.register(reader.socket, selectors.EVENT_READ, reader)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def expect(self, wanted: bytes) -> None:
        """Let everybody wait for these bytes from now on."""
        self._waits_for = wanted
        self._waiting = set(self._readers)

    def all_saw(self, seconds: float) -> float:
        """Return when, on the monotonic clock, the last one had seen them; raises AssertionError after so long."""
        deadline = time.monotonic() + seconds
        while self._waiting:
            assert time.monotonic() < deadline, f"{len(self._waiting)} of {len(self._readers)} wait, {self.lost} are lost"
            time.sleep(0.005)
        return self._last_seen

    def close(self) -> None:
        self._is_over.set()
        self._thread.join()
        for reader in self._readers:
            reader.socket.close()

    def _run(self) -> None:
        while not self._is_over.is_set():
            for key, _ in self._selector.select(timeout=0.1):
                self._read(key.data)

    def _read(self, reader: Any) -> None:
        try:
            chunk = reader.socket.recv(CHUNK)
        except BlockingIOError:
            return
        if not chunk:
            self.lost += 1
            self._selector.unregister(reader.socket)
            return
        if PING in chunk:
            reader.socket.send(reader.pong)
        if reader in self._waiting and self._waits_for in reader.tail + chunk:
            self._waiting.discard(reader)
            self._last_seen = time.monotonic()
        reader.tail = chunk[-len(self._waits_for) :]
