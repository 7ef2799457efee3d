"""A Socket.IO v5 client small enough to see every frame: what an outside program would write."""

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tests.support.wire_protocol import Corrupt
from tests.support.wire_socket import Closed, WireSocket

# No promise: on a machine that others keep busy everything comes late.
ANSWER_SECONDS = 30.0

Payload = dict[str, Any]


class WireClient:
    """One connection of one person. Events gather in `events`; `call` returns an acknowledgement."""

    def __init__(
        self, port: int, cookie: str = "", origin: str | None = "", namespace: str = "/chat", receive_buffer: int = 0
    ) -> None:
        self.events: list[tuple[str, Payload]] = []
        self.refusal: Payload | None = None
        self.closed = threading.Event()
        self._namespace = namespace
        self._news = threading.Condition()
        self._answers: dict[int, Any] = {}
        self._next_id = 0
        self._silent = False
        self._read_again_at = 0.0
        page = f"http://localhost:{port}" if origin == "" else origin or ""
        self._socket = WireSocket(port, cookie, page, seconds=ANSWER_SECONDS, receive_buffer=receive_buffer)
        try:
            self._enter()
        except BaseException:
            self._socket.close()  # nobody else could: there is no client to close
            raise
        self._socket.socket.settimeout(None)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _enter(self) -> None:
        assert self._receive().startswith("0")
        self._socket.send(f"40{self._namespace},")
        first = self._receive_answer()
        if first.startswith("44"):
            self.refusal = json.loads(first.partition(",")[2])

    def call(self, event: object, *payload: Any) -> Payload:
        """Send an event and return its acknowledgement."""
        return self.call_raw(json.dumps([event, *payload]))

    def call_raw(self, array: str) -> Payload:
        """Send what should be a JSON array, as it is, and return the acknowledgement."""
        packet_id = self.send_raw(array)
        assert self.wait(lambda: packet_id in self._answers or self.closed.is_set())
        assert packet_id in self._answers, f"no answer to {array[:80]}"
        answer: Payload = self._answers.pop(packet_id)[0]
        return answer

    def send_raw(self, array: str) -> int:
        """Send an event without waiting; return the id of its acknowledgement."""
        with self._news:
            self._next_id += 1
            packet_id = self._next_id
        self._socket.send(f"42{self._namespace},{packet_id}{array}")
        return packet_id

    def send_frame(self, frame: str) -> None:
        """Send a frame as it is."""
        self._socket.send(frame)

    def answer_to(self, packet_id: int, seconds: float = ANSWER_SECONDS) -> Payload:
        """Return the acknowledgement of an earlier `send_raw`."""
        assert self.wait(lambda: packet_id in self._answers, seconds)
        answer: Payload = self._answers.pop(packet_id)[0]
        return answer

    def wait(self, happened: Callable[[], bool], seconds: float = ANSWER_SECONDS) -> bool:
        """Return whether it happened in time."""
        with self._news:
            return self._news.wait_for(happened, seconds)

    def heard(self, event: str, **facts: object) -> list[Payload]:
        """Return the payloads of an event that hold these facts."""
        return [payload for name, payload in list(self.events) if name == event and facts.items() <= payload.items()]

    def hears(self, event: str, seconds: float = ANSWER_SECONDS, **facts: object) -> Payload:
        """Wait for an event with these facts and return its first payload."""
        assert self.wait(lambda: bool(self.heard(event, **facts)), seconds), f"{event} {facts} did not come: {self.events}"
        return self.heard(event, **facts)[0]

    def texts(self, room: int) -> list[str]:
        """Return the texts of a room's messages in the order in which they came."""
        return [payload["text"] for payload in self.heard("message", room=room)]

    def close(self) -> None:
        """Close as a tab does."""
        with suppress(OSError):
            self._socket.send_close()
        self._reader.join(ANSWER_SECONDS)
        self._socket.close()

    def stall(self, seconds: float) -> None:
        """Read nothing for so long, as a suspended tab does."""
        self._read_again_at = time.monotonic() + seconds

    def fall_silent(self) -> None:
        """Stay connected but answer no ping any more, as when a cable is cut."""
        self._silent = True

    def _receive_answer(self) -> str:
        while True:
            frame = self._receive()
            if frame == "2":
                self._socket.send("3")
            elif frame.startswith(("40", "44")):
                return frame
            else:
                self._take(frame)

    def _receive(self) -> str:
        time.sleep(max(0.0, self._read_again_at - time.monotonic()))
        return self._socket.receive_text()

    def _read(self) -> None:
        try:
            while True:
                frame = self._receive()
                if frame != "2":
                    self._take(frame)
                elif not self._silent:
                    self._socket.send("3")
        except (Closed, Corrupt, OSError):
            pass
        self._socket.close()  # a test whose server was killed does not close its clients
        self.closed.set()
        with self._news:
            self._news.notify_all()

    def _take(self, frame: str) -> None:
        head, _, body = frame.partition(",")
        with self._news:
            if head == f"42{self._namespace}":
                name, *payload = json.loads(body)
                self.events.append((name, payload[0] if payload else {}))
            elif head == f"43{self._namespace}":
                digits = body[: body.index("[")]
                self._answers[int(digits)] = json.loads(body[len(digits) :])
            self._news.notify_all()
