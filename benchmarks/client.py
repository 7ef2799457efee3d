"""A chat client in small: Socket.IO 5 on one WebSocket, enough to send, be acknowledged, and see what others see."""

import json
import time
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import gevent
from gevent.event import AsyncResult, Event

from tests.support.wire_socket import Closed, WireSocket

NAMESPACE = "/chat"
ANSWER_SECONDS = 30


@dataclass(frozen=True)
class Acknowledgement:
    """The server's answer and how long it took."""

    answer: dict[str, Any]
    seconds: float


class ChatClient:
    """One connection. Whatever arrives is taken note of by a greenlet of its own."""

    def __init__(self, url: str, cookie: str) -> None:
        self.messages: list[dict[str, Any]] = []
        self._numbers = count()
        self._waiting: dict[str, tuple[float, AsyncResult]] = {}
        self._welcomed = Event()
        port = urlsplit(url).port
        assert port
        self._socket = WireSocket(port, cookie, url)
        self._socket.socket.settimeout(None)
        self._socket.send(f"40{NAMESPACE},")
        self._reader = gevent.spawn(self._read)
        if not self._welcomed.wait(ANSWER_SECONDS):
            raise TimeoutError("the server does not let us in")

    def send(self, event: str, payload: dict[str, Any]) -> "AsyncResult":
        """Send and return at once what will be the Acknowledgement."""
        number = str(next(self._numbers))
        result = AsyncResult()
        self._waiting[number] = (time.perf_counter(), result)
        self._socket.send(f"42{NAMESPACE},{number}{json.dumps([event, payload])}")
        return result

    def ask(self, event: str, payload: dict[str, Any]) -> Acknowledgement:
        """Send and wait for the acknowledgement."""
        acknowledgement: Acknowledgement = self.send(event, payload).get(timeout=ANSWER_SECONDS)
        return acknowledgement

    def close(self) -> None:
        """Leave as a closed tab does."""
        self._reader.kill()
        self._socket.close()

    def _read(self) -> None:
        try:
            while True:
                self._take(self._socket.receive_text())
        except (Closed, OSError):
            return

    def _take(self, frame: str) -> None:
        kind, body = frame[:2], frame[2:].removeprefix(f"{NAMESPACE},")
        if frame == "2":
            self._socket.send("3")
        elif kind == "40":
            self._welcomed.set()
        elif kind == "42":
            event, payload = json.loads(body)
            if event == "message":
                self.messages.append(payload)
        elif kind == "43":
            number, bracket, rest = body.partition("[")
            started, result = self._waiting.pop(number)
            result.set(Acknowledgement(json.loads(bracket + rest)[0], time.perf_counter() - started))
