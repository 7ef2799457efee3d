"""One Socket.IO connection on an event loop: cheap enough for a thousand, and with a hand on its own reading."""

import asyncio
import json
import socket
from collections.abc import Callable
from typing import Any

from wsproto.events import AcceptConnection, CloseConnection, Event, Ping, RejectConnection, TextMessage

from tests.support.wire_protocol import Corrupt, WireProtocol

Payload = dict[str, Any]
# The server says something at least every 5 s: what is silent for longer is frozen or cut off.
SILENCE_SECONDS = 9.0
CONNECT_SECONDS = 10.0


class Lost(Exception):
    """The connection ended before the answer."""


class Wire(asyncio.Protocol):
    """Speaks WebSocket, Engine.IO 4 and Socket.IO 5 in the namespace /chat. Tells `on_event` and, once, `on_lost`."""

    def __init__(self, on_event: Callable[[str, Payload], None], on_lost: Callable[[str], None]) -> None:
        self.corrupt: str | None = None
        self.connected: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._on_event = on_event
        self._on_lost = on_lost
        self._transport: asyncio.Transport | None = None
        self._protocol = WireProtocol()
        self._answers: dict[int, asyncio.Future[Payload]] = {}
        self._next_id = 0
        self._watchdog: asyncio.TimerHandle | None = None
        self._heard = 0.0
        self._reading = True
        self._ended = False

    @property
    def port(self) -> int:
        """This end's port."""
        assert self._transport is not None
        own: int = self._transport.get_extra_info("sockname")[1]
        return own

    async def open(self, port: int, cookie: str, origin: str, receive_buffer: int = 0) -> None:
        """Return once the namespace is open; raises Lost."""
        loop = asyncio.get_running_loop()
        raw = socket.socket()
        raw.setblocking(False)
        if receive_buffer:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await loop.sock_connect(raw, ("127.0.0.1", port))
                await loop.create_connection(lambda: self, sock=raw)
                if self._ended:  # dropped meanwhile
                    raise ConnectionAbortedError
                self._write(self._protocol.handshake(port, cookie, origin))
                await self.connected
        except (OSError, TimeoutError) as error:
            self.end(f"no connection: {error!r}")
            raise Lost(str(error)) from error
        finally:
            # Also when the client is cancelled, or dropped before there was a transport to end.
            if self._transport is None:
                raw.close()
            elif self._ended:
                self._transport.abort()

    async def call(self, event: str, payload: Payload, seconds: float = 10.0) -> Payload:
        """Return the acknowledgement; raises Lost when it does not come."""
        self._next_id += 1
        number = self._next_id
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        self.say(f"42/chat,{number}{json.dumps([event, payload])}")
        try:
            async with asyncio.timeout(seconds):
                return await answer
        except TimeoutError as error:
            raise Lost(f"no answer to {event}") from error
        finally:
            self._answers.pop(number, None)

    def say(self, text: str) -> None:
        """Send a text frame."""
        self._write(self._protocol.message(text))

    def pause_reading(self) -> None:
        """Read nothing more: what the server sends fills the buffers between us."""
        self._reading = False
        if self._transport is not None:
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        self._reading = True
        self._heard = asyncio.get_running_loop().time()
        if self._transport is not None:
            self._transport.resume_reading()

    def end(self, why: str) -> None:
        """Close without a word, as a process that dies does."""
        if self._ended:
            return
        self._ended = True
        if self._watchdog is not None:
            self._watchdog.cancel()
        if self._transport is not None:
            self._transport.abort()
        pending: list[asyncio.Future[Any]] = [self.connected, *self._answers.values()]
        for waiting in pending:
            if not waiting.done():
                waiting.set_exception(Lost(why))
        if not self.connected.cancelled():  # as a time limit leaves it
            self.connected.exception()  # looked at, so that asyncio does not complain of what nobody waited for
        self._on_lost(why)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._heard = asyncio.get_running_loop().time()
        self._watch()

    def connection_lost(self, error: Exception | None) -> None:
        self.end(f"closed by the server: {error}")

    def data_received(self, data: bytes) -> None:
        self._heard = asyncio.get_running_loop().time()
        try:
            for event in self._protocol.feed(data):
                self._take(event)
        except (Corrupt, ValueError) as error:
            self.corrupt = str(error)
            self.end(f"corrupt: {error}")

    def _take(self, event: Event) -> None:
        if isinstance(event, TextMessage):
            self._take_packet(event.data)
        elif isinstance(event, Ping):
            self._write(self._protocol.pong(event))
        elif isinstance(event, CloseConnection):
            self.end("closed by the server")
        elif isinstance(event, RejectConnection):
            self.end(f"refused: {event.status_code}")
        elif not isinstance(event, AcceptConnection):
            raise Corrupt(f"no server of ours sends {event}")

    def _take_packet(self, packet: str) -> None:
        kind, _, body = packet.partition(",")
        if packet == "2":
            self.say("3")
        elif packet.startswith("0"):
            self.say("40/chat,")
        elif kind == "40/chat":
            self.connected.set_result(None)
        elif kind == "42/chat":
            name, *payload = json.loads(body)
            self._on_event(name, payload[0] if payload else {})
        elif kind == "43/chat":
            self._take_answer(body)
        else:
            self._take_end(packet)

    def _take_answer(self, body: str) -> None:
        digits, _, answer = body.partition("[")
        waiting = self._answers.get(int(digits))
        if waiting is not None and not waiting.done():
            waiting.set_result(json.loads("[" + answer)[0])

    def _take_end(self, packet: str) -> None:
        if not packet.startswith(("41", "44", "1")):
            raise Corrupt(f"no packet begins with {packet[:40]!r}")
        self.end(f"the server said {packet[:100]}")

    def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        left = self._heard + SILENCE_SECONDS - loop.time() if self._reading else SILENCE_SECONDS
        if left <= 0:
            self.end("silence")
        else:
            self._watchdog = loop.call_later(left, self._watch)

    def _write(self, data: bytes) -> None:
        if self._transport is not None and not self._ended:
            self._transport.write(data)
