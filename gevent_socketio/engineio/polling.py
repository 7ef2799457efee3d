"""Engine.IO by long polling, for clients whose network lets no WebSocket through, or not at first."""

import time
from base64 import b64decode
from typing import Protocol

import gevent
from gevent.event import Event

from gevent_socketio.engineio.connection import (
    CLIENT_CLOSED,
    CLOSE_PACKET,
    NOOP_PACKET,
    PING_TIMEOUT,
    TRANSPORT_ERROR,
    Engine,
    Registry,
)
from gevent_socketio.engineio.packet import SEPARATOR, PreparedPacket

# 128 KiB may be 65,000 packets: after so many it is somebody else's turn.
_PACKETS_AT_ONCE = 1_000
# Not 0, for which the loop looks at no socket.
_PAUSE_SECONDS = 0.001


class Gone(Exception):
    """There is no such session, or no more."""


class Probe(Protocol):
    """A WebSocket that may take over."""

    def abort(self) -> None: ...


class PollingEngine(Engine):
    """What waits for a client between its requests, and the two that it may have under way: one poll and one post."""

    __slots__ = ("_expires_at", "_is_posting", "_polls", "_probe", "_queue", "_room", "_size", "sid")

    def __init__(self, registry: Registry, sid: str) -> None:
        super().__init__(registry)
        self.sid = sid
        self._queue: list[PreparedPacket] = []
        self._size = 0
        self._polls: Event | None = None
        self._is_posting = False
        self._room = Event()
        self._room.set()
        self._probe: Probe | None = None
        self._set_expiry()

    # What the session calls.

    def send(self, packet: PreparedPacket) -> bool:
        """Keep a packet for the client's next poll, or answer the one that waits."""
        if self.is_over:
            return False
        if self._size > self._registry.options.queue_bytes:
            self.end("too slow a reader")
            return False
        self._queue.append(packet)
        self._size += len(packet.payload)
        self._answer()
        return True

    def close(self, reason: str) -> None:
        """End the session; what it was sent before, and the farewell, may be fetched by one more poll."""
        if not self.is_over:
            self._queue.append(CLOSE_PACKET)
            self._finish(reason)

    def end(self, reason: str) -> None:
        """End the session at once: a waiting poll gets the farewell, a later one nothing."""
        self._queue = [CLOSE_PACKET]
        if not self.is_over:
            self._finish(reason)
        self._registry.release(self.sid)

    def abort(self, reason: str = TRANSPORT_ERROR) -> None:
        """End a session that went wrong."""
        self.end(reason)

    def pause(self) -> None:
        """Let posts wait."""
        self.is_paused = True
        self._room.clear()

    def resume(self) -> None:
        """Take posts again."""
        self.is_paused = False
        self._room.set()

    def backlog(self) -> int:
        """How much waits for the client."""
        return self._size

    # What requests call.

    def poll(self) -> str:
        """Wait until there is something to say, and return it; raises Gone."""
        self._check(self._polls is not None)
        if not self._queue and self._probe is None:
            self._wait()
        if self._probe is not None and not self.is_over:
            return NOOP_PACKET.payload  # what is to be said waits for the WebSocket
        return SEPARATOR.join(packet.payload for packet in self.take_queue()) or NOOP_PACKET.payload

    def post(self, body: str) -> None:
        """Take the packets of one request; raises Gone."""
        self._check(self._is_posting)
        self._is_posting = True
        try:
            for number, message in enumerate(body.split(SEPARATOR), 1):
                if number % _PACKETS_AT_ONCE == 0:
                    gevent.sleep(_PAUSE_SECONDS)
                self._room.wait()
                self._take(message)
        finally:
            self._is_posting = False

    # What an upgrade calls.

    def begin_upgrade(self, probe: Probe) -> bool:
        """End the poll that waits and let packets wait for the WebSocket; False when another tries already."""
        if self.is_over or self._probe is not None:
            return False
        self._probe = probe
        self._answer()
        return True

    def give_up_upgrade(self) -> None:
        """Go on with polls."""
        self._probe = None

    def take_queue(self) -> list[PreparedPacket]:
        """Return what waits, which then waits no more."""
        queue, self._queue, self._size = self._queue, [], 0
        if self.is_over:
            self._registry.release(self.sid)
        return queue

    def hand_over(self) -> None:
        """The WebSocket has taken over; a post that waited for room is let go."""
        self.is_over = True
        self._room.set()
        self._registry.forget(self)
        self._registry.release(self.sid)

    def on_tick(self, now: float) -> float:
        if self.is_over:  # nobody fetched the farewell
            self._registry.release(self.sid)
            return 0
        return super().on_tick(now) or self._registry.options.ping_seconds  # over just now: its farewell may still be fetched

    def on_pong(self) -> None:
        super().on_pong()
        self._set_expiry()

    def on_farewell(self) -> None:
        """The client is going; its last poll, under way or overtaken by the farewell, is answered."""
        self._queue = [NOOP_PACKET]
        self._finish(CLIENT_CLOSED)

    def _finish(self, reason: str) -> None:
        super()._finish(reason)
        self._answer()
        self._room.set()
        if self._probe is not None:
            self._probe.abort()

    def _answer(self) -> None:
        if self._polls is not None:
            self._polls.set()

    def _wait(self) -> None:
        self._polls = Event()
        try:
            self._polls.wait()
        finally:
            self._polls = None

    def _check(self, overlaps: bool) -> None:
        if overlaps:  # two at once cannot be kept in order
            self.end(TRANSPORT_ERROR)
        elif (
            not self.is_over and time.monotonic() >= self._expires_at
        ):  # to the millisecond, where the wheel comes a tick later
            self.end(PING_TIMEOUT)
        else:
            return
        raise Gone

    def _set_expiry(self) -> None:
        options = self._registry.options
        self._expires_at = time.monotonic() + options.ping_seconds + options.pong_seconds

    def _take(self, message: str) -> None:
        if self.is_over:
            raise Gone
        if message[:1] != "b":
            self.on_message(message)
            return
        try:
            self.on_message(b64decode(message[1:], validate=True))
        except ValueError:
            self.receiver.on_broken(message)
