"""Somebody who sends at an even pace, and remembers what was acknowledged and when."""

import json
import threading
import time
from typing import Any, NamedTuple

from tests.live.wire_client import WireClient

STOP_SECONDS = 60.0


class Acknowledged(NamedTuple):
    """The answer came at `at`, in seconds since 1970; the server had stored it before."""

    seq: int
    text: str
    at: float


class SteadyWriter(WireClient):
    """Sends `per_second` messages a second from `start_in` to `stop`."""

    def __init__(self, port: int, cookie: str, per_second: float) -> None:
        self.acknowledged: list[Acknowledged] = []
        self._room, self._pause = 0, 1 / per_second
        self._sent: dict[int, str] = {}
        self._stopped = threading.Event()
        super().__init__(port, cookie)
        self._writer = threading.Thread(target=self._write, daemon=True)

    def start_in(self, room: int) -> None:
        """Begin to send to a room."""
        self._room = room
        self._writer.start()

    def stop(self) -> list[Acknowledged]:
        """Send no more; return what was acknowledged, once everything was."""
        self._stopped.set()
        self._writer.join()
        assert self.wait(lambda: len(self.acknowledged) == len(self._sent), STOP_SECONDS)
        return self.acknowledged

    def _write(self) -> None:
        due = time.monotonic()
        while not self._stopped.wait(max(0.0, due - time.monotonic())):
            due += self._pause
            text = f"message {len(self._sent):06}"
            self._sent[self._next_id + 1] = text
            self.send_raw(json.dumps(["send", {"room": self._room, "client_id": f"steady-{len(self._sent):06}", "text": text}]))

    def _take(self, frame: str) -> None:
        if not frame.startswith("43"):
            return  # its own messages: to keep hundreds of thousands would make it too slow to read
        super()._take(frame)
        now = time.time()
        for packet in list(self._answers):
            if text := self._sent.get(packet):
                answer: dict[str, Any] = self._answers.pop(packet)[0]
                assert answer["ok"], answer
                self.acknowledged.append(Acknowledged(answer["seq"], text, now))
        with self._news:
            self._news.notify_all()
