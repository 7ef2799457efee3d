"""Engine.IO by long polling, for clients whose network does not let a WebSocket through, or not at first."""

import time
from base64 import b64decode
from typing import Protocol

import gevent
from gevent.event import Event

from gevent_socketio.engineio.transport import (
    CLIENT_CLOSED,
    CLOSE_PACKET,
    NOOP_PACKET,
    PING_TIMEOUT,
    TRANSPORT_ERROR,
    Transport,
    TransportOwner,
)
from gevent_socketio.packet import SEPARATOR, PreparedPacket

# A post of 128 KiB can hold 65,000 packets: after this many, other greenlets and sockets are served.
_PACKETS_PER_SLICE = 1_000
# Not 0, with which gevent's loop reads no socket.
_PAUSE_SECONDS = 0.001


class SessionClosed(Exception):
    """The session does not exist any more."""


class Probe(Protocol):
    """A WebSocket during an upgrade."""

    def abort(self) -> None: ...


class PollingTransport(Transport):
    """The queue between a client's requests, of which two can be open at a time: one poll (GET) and one post (POST)."""

    __slots__ = ("_can_post", "_expires_at", "_is_posting", "_probe", "_queue", "_queue_size", "_waiting_poll", "sid")

    def __init__(self, owner: TransportOwner, sid: str) -> None:
        super().__init__(owner)
        self.sid = sid
        self._queue: list[PreparedPacket] = []
        self._queue_size = 0
        # Set while a poll waits; setting the event answers it.
        self._waiting_poll: Event | None = None
        self._is_posting = False
        self._can_post = Event()
        self._can_post.set()
        self._probe: Probe | None = None
        self._extend()

    # For the session.

    def send(self, packet: PreparedPacket) -> bool:
        """Queue a packet, and answer the poll that waits."""
        if self.is_over:
            return False
        if self._queue_size > self._owner.options.queue_bytes:
            self.end("too slow a reader")
            return False
        self._queue.append(packet)
        self._queue_size += len(packet.payload)
        self._answer_poll()
        return True

    def close(self, reason: str) -> None:
        """End the session; one more poll can fetch what was queued and the close packet."""
        if not self.is_over:
            self._queue.append(CLOSE_PACKET)
            self._finish(reason)

    def end(self, reason: str) -> None:
        """End the session at once: a waiting poll gets the close packet, a later one an error."""
        self._queue = [CLOSE_PACKET]
        if not self.is_over:
            self._finish(reason)
        self._owner.release(self.sid)

    def abort(self, reason: str = TRANSPORT_ERROR) -> None:
        """End a session that failed."""
        self.end(reason)

    def pause(self) -> None:
        """Let posts wait."""
        self.is_paused = True
        self._can_post.clear()

    def resume(self) -> None:
        """Take posts again."""
        self.is_paused = False
        self._can_post.set()

    def backlog(self) -> int:
        """Return how many characters wait for the client."""
        return self._queue_size

    # For requests.

    def poll(self) -> str:
        """Wait until there is something to send, and return it; raises SessionClosed."""
        self._check(is_concurrent=self._waiting_poll is not None)
        if not self._queue and self._probe is None:
            self._wait()
        if self._probe is not None and not self.is_over:
            return NOOP_PACKET.payload  # the queue waits for the WebSocket
        return SEPARATOR.join(packet.payload for packet in self.take_queue()) or NOOP_PACKET.payload

    def post(self, body: str) -> None:
        """Handle the packets of one request; raises SessionClosed."""
        self._check(is_concurrent=self._is_posting)
        self._is_posting = True
        try:
            for number, message in enumerate(body.split(SEPARATOR), 1):
                if number % _PACKETS_PER_SLICE == 0:
                    gevent.sleep(_PAUSE_SECONDS)
                self._can_post.wait()
                self._handle(message)
        finally:
            self._is_posting = False

    # For an upgrade.

    def begin_upgrade(self, probe: Probe) -> bool:
        """Answer the waiting poll and queue packets from now on; False if another upgrade has begun."""
        if self.is_over or self._probe is not None:
            return False
        self._probe = probe
        self._answer_poll()
        return True

    def give_up_upgrade(self) -> None:
        """Answer polls again."""
        self._probe = None

    def take_queue(self) -> list[PreparedPacket]:
        """Return the queue and empty it."""
        queue, self._queue, self._queue_size = self._queue, [], 0
        if self.is_over:  # this was the last poll
            self._owner.release(self.sid)
        return queue

    def hand_over(self) -> None:
        """End without notifying the session, which goes on by WebSocket; a post that waits is released and refused."""
        self.is_over = True
        self._can_post.set()
        self._owner.remove(self)
        self._owner.release(self.sid)

    def on_tick(self, now: float) -> float:
        if self.is_over:  # no poll has fetched the close packet
            self._owner.release(self.sid)
            return 0
        # 0 means that it is over since a moment ago: its close packet can still be fetched until the next tick.
        return super().on_tick(now) or self._owner.options.ping_seconds

    def on_pong(self) -> None:
        super().on_pong()
        self._extend()

    def on_client_closed(self) -> None:
        """End the session, and answer the client's last poll, open or late, which its close packet can overtake."""
        self._queue = [NOOP_PACKET]
        self._finish(CLIENT_CLOSED)

    def _finish(self, reason: str) -> None:
        super()._finish(reason)
        self._answer_poll()
        self._can_post.set()
        if self._probe is not None:
            self._probe.abort()

    def _answer_poll(self) -> None:
        if self._waiting_poll is not None:
            self._waiting_poll.set()

    def _wait(self) -> None:
        self._waiting_poll = Event()
        try:
            self._waiting_poll.wait()
        finally:
            self._waiting_poll = None

    def _check(self, is_concurrent: bool) -> None:
        if is_concurrent:  # the order of packets in two polls or two posts is undefined
            self.end(TRANSPORT_ERROR)
        elif not self.is_over and time.monotonic() >= self._expires_at:  # exact, while the timer wheel can be a tick late
            self.end(PING_TIMEOUT)
        else:
            return
        raise SessionClosed

    def _extend(self) -> None:
        options = self._owner.options
        self._expires_at = time.monotonic() + options.ping_seconds + options.pong_seconds

    def _handle(self, message: str) -> None:
        if self.is_over:
            raise SessionClosed
        if message[:1] != "b":
            self.on_message(message)
            return
        try:
            self.on_message(b64decode(message[1:], validate=True))
        except ValueError:
            self.listener.on_invalid(message)
