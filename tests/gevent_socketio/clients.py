"""Clients of a SocketIOServer in the same process: the server's loop runs during every wait."""

import json
from typing import Any

from gevent import socket as gevent_socket

from tests.support.wire_protocol import SOCKET_IO
from tests.support.wire_socket import Closed, WireSocket

HEAD_END = b"\r\n\r\n"


def _connection(port: int) -> Any:
    connection = gevent_socket.create_connection(("127.0.0.1", port), 5)
    connection.setsockopt(gevent_socket.IPPROTO_TCP, gevent_socket.TCP_NODELAY, 1)
    return connection


class HttpClient:
    """One kept-alive HTTP connection."""

    def __init__(self, port: int, origin: str = "") -> None:
        self._port = port
        self._origin = origin
        self._socket = _connection(port)
        self._rest = b""

    def open(self) -> str:
        """Open a polling session and return its id."""
        status, body = self.get("")
        assert status == 200, body
        sid: str = json.loads(body[1:])["sid"]
        return sid

    def get(self, sid: str) -> tuple[int, str]:
        self.ask("GET", sid)
        return self.answer()

    def post(self, sid: str, body: str | bytes) -> tuple[int, str]:
        self.ask("POST", sid, body)
        return self.answer()

    def ask(self, method: str, sid: str, body: str | bytes = b"") -> None:
        """Send a request without waiting."""
        content = body.encode() if isinstance(body, str) else body
        headers = f"Host: localhost\r\nContent-Length: {len(content)}\r\n" + (
            f"Origin: {self._origin}\r\n" if self._origin else ""
        )
        query = "EIO=4&transport=polling" + (f"&sid={sid}" if sid else "")
        self._socket.sendall(f"{method} /socket.io/?{query} HTTP/1.1\r\n{headers}\r\n".encode() + content)

    def send_raw(self, request: bytes) -> None:
        self._socket.sendall(request)

    def finish(self) -> None:
        """Send end of file, and keep reading."""
        self._socket.shutdown(gevent_socket.SHUT_WR)

    def answer(self) -> tuple[int, str]:
        """Return status and body of the next response."""
        while HEAD_END not in self._rest:
            self._read_more()
        self.head, self._rest = self._rest.split(HEAD_END, 1)
        length = int(self.head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        while len(self._rest) < length:
            self._read_more()
        body, self._rest = self._rest[:length], self._rest[length:]
        return int(self.head.split()[1]), body.decode()

    def close(self) -> None:
        self._socket.close()

    def _read_more(self) -> None:
        chunk = self._socket.recv(65_536)
        if not chunk:
            raise EOFError
        self._rest += chunk


class WebSocketClient:
    """An Engine.IO client by WebSocket, that answers pings only if the test does."""

    def __init__(self, port: int, sid: str = "") -> None:
        target = SOCKET_IO + (f"&sid={sid}" if sid else "")
        self._socket = WireSocket(port, target=target, seconds=5, sockets=gevent_socket)

    def send(self, message: str | bytes) -> None:
        self._socket.send(message)

    def receive(self) -> str | bytes:
        """Return the next message; EOFError after a close frame."""
        try:
            return self._socket.receive_message()
        except Closed as closed:
            self.close_code = closed.code
            raise

    def receive_all(self) -> list[str | bytes]:
        """Return what arrives before the close frame."""
        messages = []
        try:
            while True:
                messages.append(self.receive())
        except EOFError:
            return messages

    def connect(self, namespace: str = "/", auth: str = "") -> str:
        """Open the session and connect to a namespace; return the server's answer."""
        opening = self.receive()
        assert isinstance(opening, str)
        assert opening.startswith("0{")
        self.send("40" + ("" if namespace == "/" else f"{namespace},") + auth)
        answer = self.receive()
        assert isinstance(answer, str)
        return answer

    def close(self) -> None:
        self._socket.close()
