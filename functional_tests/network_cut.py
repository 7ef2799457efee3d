"""The network between browsers and server: one person's live connections can be cut while pages still load."""

import base64
import hashlib
import re
import socket
import threading
from contextlib import suppress

from tests.support.live_server import free_port

CHUNK = 65_536
LIVE = b" /socket.io/"
UPGRADE = re.compile(rb"^Sec-WebSocket-Key: *(\S+)", re.IGNORECASE | re.MULTILINE)
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
ACCEPTED = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {}\r\n\r\n"


class Cable:
    """Listens on a port of its own and carries everything to `target`, except what is cut."""

    def __init__(self, target: int) -> None:
        self.port = free_port()
        self._target = target
        self._cut: set[bytes] = set()
        self._swallows = False
        self.swallowed = 0  # WebSockets that were accepted, and carried nothing
        self._carried: dict[socket.socket, bytes] = {}
        self._listener = socket.create_server(("localhost", self.port), backlog=64)
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, cookie: str) -> None:
        """End this person's live connections, and let no new one through."""
        self._cut.add(cookie.encode())
        for browser, seen in list(self._carried.items()):
            if self._is_cut(seen):
                _hang_up(browser)

    def swallow_websockets(self) -> None:
        """Accept WebSockets as some proxies do, and carry nothing over them."""
        self._swallows = True

    def mend(self) -> None:
        """Let everyone through again."""
        self._cut.clear()
        self._swallows = False

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(browser,), daemon=True).start()

    def _serve(self, browser: socket.socket) -> None:
        try:
            server = socket.create_connection(("localhost", self._target))
        except OSError:
            return _hang_up(browser)
        threading.Thread(target=_carry, args=(server, browser), daemon=True).start()
        with suppress(OSError):
            while (chunk := browser.recv(CHUNK)) and not self._is_cut(chunk):
                if LIVE in chunk:
                    self._carried[browser] = chunk
                if self._swallows and (upgrade := UPGRADE.search(chunk)):
                    self._swallow(browser, upgrade[1])
                    break
                server.sendall(chunk)
        self._carried.pop(browser, None)
        _hang_up(browser)
        _hang_up(server)
        return None

    def _swallow(self, browser: socket.socket, key: bytes) -> None:
        accept = base64.b64encode(hashlib.sha1(key + MAGIC).digest())
        browser.sendall(ACCEPTED.format(accept.decode()).encode())
        self.swallowed += 1
        while browser.recv(CHUNK):
            pass

    def _is_cut(self, head: bytes) -> bool:
        return LIVE in head and any(cookie in head for cookie in self._cut)


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(CHUNK):
            target.sendall(chunk)
    _hang_up(target)


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
