"""Somebody who sends at an even pace, and remembers what was acknowledged and when."""

import json
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.support.wire_client import ANSWER_SECONDS, Payload, WireClient
from tests.support.wire_socket import Rejected

STOP_SECONDS = 120.0


class Acknowledged(NamedTuple):
    """The answer came at `at`, in seconds since 1970; the server had stored it before."""

    seq: int
    text: str
    at: float


class _Connection(WireClient):
    """Keeps acknowledgements of messages alone: hundreds of thousands of events would make it too slow to read."""

    def __init__(self, port: int, cookie: str, take: Callable[[int, Payload], None]) -> None:
        self.numbers: dict[int, int] = {}
        self._on_acknowledged = take
        super().__init__(port, cookie)

    def send_message(self, room: int, number: int, text: str) -> None:
        self.numbers[self._next_id + 1] = number
        self.send_raw(json.dumps(["send", {"room": room, "client_id": f"steady-{number:06}", "text": text}]))

    def _take(self, frame: str) -> None:
        if not frame.startswith("43"):
            return
        super()._take(frame)
        for packet in list(self._answers):
            if packet in self.numbers:
                self._on_acknowledged(self.numbers.pop(packet), self._answers.pop(packet)[0])


class SteadyWriter:
    """Sends `per_second` messages a second from `start_in` to `stop`; once disconnected it comes back as a page does.

    What was not acknowledged is then sent again by the same client id. `reconnections` counts these times.
    """

    def __init__(self, port: int, cookie: str, per_second: float) -> None:
        self.acknowledged: list[Acknowledged] = []
        self.reconnections = 0
        self._place, self._pause, self._room = (port, cookie), 1 / per_second, 0
        self._waiting: dict[int, str] = {}
        self._sent = 0
        self._news = threading.Condition()
        self._stopped = threading.Event()
        self._connection = _Connection(*self._place, self._note)
        self._writer = threading.Thread(target=self._write, daemon=True)

    def call(self, event: str, *payload: Any) -> Payload:
        """Send an event and return its acknowledgement."""
        return self._connection.call(event, *payload)

    def wait(self, happened: Callable[[], bool], seconds: float = ANSWER_SECONDS) -> bool:
        """Return whether it happened in time."""
        with self._news:
            return self._news.wait_for(happened, seconds)

    def start_in(self, room: int) -> None:
        """Begin to send to a room."""
        self._room = room
        self._writer.start()

    def stop(self) -> list[Acknowledged]:
        """Send no more; return what was acknowledged, once everything was."""
        self._stopped.set()
        self._writer.join(STOP_SECONDS)
        assert not self._writer.is_alive(), f"{len(self._waiting)} messages are not acknowledged"
        return self.acknowledged

    def close(self) -> None:
        """Close as a tab does."""
        self._connection.close()

    def _write(self) -> None:
        due = time.monotonic()
        while not self._stopped.wait(max(0.0, due - time.monotonic())):
            due += self._pause
            self._sent += 1
            self._waiting[self._sent] = f"message {self._sent:06}"
            self._send([self._sent])
        while self._waiting:
            self._send([])
            time.sleep(self._pause)

    def _send(self, numbers: list[int]) -> None:
        try:
            if self._connection.closed.is_set():
                self.reconnections += 1
                self._connection = _Connection(*self._place, self._note)
                numbers = sorted(self._waiting)
            for number in numbers:
                if text := self._waiting.get(number):
                    self._connection.send_message(self._room, number, text)
        except (OSError, EOFError, Rejected):
            self._connection.closed.set()

    def _note(self, number: int, answer: Payload) -> None:
        assert answer["ok"], answer
        if text := self._waiting.pop(number, ""):
            self.acknowledged.append(Acknowledged(answer["seq"], text, time.time()))
        with self._news:
            self._news.notify_all()
