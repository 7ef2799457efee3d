"""One connection to Redis below the client: packed commands out, and all answers of one read in."""

from typing import Any

import gevent.socket
import hiredis
import redis
from redis.connection import DefaultParser

READ_BYTES = 1 << 16
# What sending and receiving raise when the connection is of no more use.
LOST = (redis.ConnectionError, redis.TimeoutError, OSError)

_MORE = object()


class Wire:
    """Connected as the client would be, TLS and log-in included; raises what is in LOST. A client's call would cost more."""

    def __init__(self, client: redis.Redis, silence_seconds: float | None = None) -> None:
        pool = client.connection_pool
        self._connection = pool.connection_class(**pool.connection_kwargs)
        self._connection.connect()
        # redis-py gives no public way to its socket; the handshake has left nothing unread on it.
        self._socket: Any = self._connection._get_socket()
        self._socket.settimeout(silence_seconds)
        # Under TLS writing may first mean reading: that is nothing for who may not wait.
        self._takes_offers = type(self._socket) is gevent.socket.socket
        self._buffer = bytearray(READ_BYTES)
        self._parser = hiredis.Reader(
            protocolError=redis.ConnectionError, replyError=DefaultParser.parse_error, notEnoughData=_MORE
        )

    def offer(self, packed: bytes) -> int:
        """Send what the kernel takes at once, from the loop as well; return how many bytes that was."""
        if not self._takes_offers:
            return 0
        try:
            return int(self._socket.send(packed, 0, 0.0))
        except BlockingIOError:
            return 0

    def send(self, packed: bytes) -> None:
        """Send whole commands, or what was left of them."""
        self._socket.sendall(packed)

    def receive(self) -> list[Any]:
        """Wait for the next answers; Redis's errors are among them as exceptions. TimeoutError after the silence allowed."""
        answers: list[Any] = []
        while not answers:
            count = self._socket.recv_into(self._buffer)
            if count == 0:
                raise redis.ConnectionError("Redis closed the connection")
            self._parser.feed(self._buffer, 0, count)  # type: ignore[arg-type]  # takes every buffer, whatever its stub says
            while (answer := self._parser.gets()) is not _MORE:
                answers.append(answer)
        return answers

    def close(self) -> None:
        """End it; whoever is sending or receiving gets an error of LOST."""
        self._connection.disconnect()
