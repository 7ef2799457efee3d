"""Publish and subscribe: one connection for each process, which survives every disconnect and reports it."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from threading import Event, Lock
from typing import Any

import redis
from hiredis import pack_command

from chat.live.redis import keys
from chat.live.redis.connection import LOST, Wire
from chat.live.redis.outage import REDIS
from chat.live.redis.ownership import ForeignRedis

RECONNECT_SECONDS = (0.05, 0.1, 0.2, 0.5, 1.0)
# Without traffic a dead peer is noticed by a ping that is not answered.
PING_SECONDS = 5.0

# A channel, and what was published in it; or None when Redis has confirmed that the channel is subscribed to.
Received = tuple[str, bytes | None]


class Broker:
    """The subscriptions of one process. One greenlet reads `receive`; `subscribe` can be called from any.

    redis-py's own PubSub reconnects silently, and what was published meanwhile is lost without notice; here each
    (re)subscription that Redis confirms is received, too.
    """

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        # One subscription that stays keeps Redis in pub/sub mode when the last room goes.
        self._wanted: dict[str, Event] = {keys.CONTROL: Event()}
        # Asked for and not yet confirmed: a late answer to an earlier request must not pass for the answer to the last one.
        self._outstanding: Counter[str] = Counter()
        # Spares a decoding for each message.
        self._names: dict[bytes, str] = {}
        self._wire: Wire | None = None
        self._sending = Lock()
        self._stopped = False

    def subscribe(self, channels: Iterable[str]) -> list[Event]:
        """Ask for channels, the new ones by one command; each event is set while Redis has confirmed its channel."""
        channels = list(dict.fromkeys(channels))
        new = [channel for channel in channels if channel not in self._wanted]
        for channel in new:
            self._wanted[channel] = Event()
            self._names[channel.encode()] = channel
        self._ask_for(new)
        return [self._wanted[channel] for channel in channels]

    def unsubscribe(self, channel: str) -> None:
        """Let a channel go."""
        if self._wanted.pop(channel, None) is not None:
            del self._names[channel.encode()]
            self._send("UNSUBSCRIBE", channel)

    def receive(self) -> Iterator[Received]:
        """Yield what comes, in order, until stopped; reconnects for as long as it takes."""
        failures = 0
        while not self._stopped:
            try:
                yield from self._listen()
            except LOST as error:
                if not self._stopped and not isinstance(error, ForeignRedis):  # which is said once, by the check itself
                    REDIS.failed("Broker.receive", error)
            failures = 0 if self._forget_connection() else failures + 1
            if not self._stopped:
                time.sleep(RECONNECT_SECONDS[min(failures, len(RECONNECT_SECONDS) - 1)])

    def stop(self) -> None:
        """End `receive`."""
        self._stopped = True
        self._forget_connection()

    def _listen(self) -> Iterator[Received]:
        wire = Wire(self._client, silence_seconds=PING_SECONDS)
        self._wire = wire
        self._ask_for(list(self._wanted))
        asked = False
        while not self._stopped:
            try:
                answers = wire.receive()
            except TimeoutError:
                if asked:  # a frozen Redis counts as a lost one
                    raise
                self._send("PING")
                asked = True
                continue
            asked = False
            for answer in answers:
                if (received := self._received(answer)) is not None:
                    yield received

    def _received(self, answer: Any) -> Received | None:
        if type(answer) is not list:
            raise redis.ConnectionError(str(answer))
        kind = answer[0]
        if kind == b"message":
            channel = self._names.get(answer[1])
            return None if channel is None else (channel, answer[2])  # None: unsubscribed meanwhile
        if kind == b"subscribe":
            confirmed: str = answer[1].decode()
            return (confirmed, None) if self._confirm(confirmed) else None
        return None

    def _confirm(self, channel: str) -> bool:
        self._outstanding[channel] -= 1
        if self._outstanding[channel] > 0:
            return False
        del self._outstanding[channel]
        REDIS.answered("Broker.receive")
        if channel not in self._wanted:
            return False
        self._wanted[channel].set()
        return True

    def _ask_for(self, channels: Sequence[str]) -> None:
        if not channels:
            return
        # Counted before it is sent: the answers may be read while the sending still waits.
        self._outstanding.update(channels)
        if not self._send("SUBSCRIBE", *channels):
            # Only what is counted still: when a connection is forgotten, so is what was asked on it.
            self._outstanding.subtract(channel for channel in channels if self._outstanding[channel] > 0)

    def _send(self, *command: str) -> bool:
        """Send if connected; what is wanted is sent again by `_listen` after each reconnect."""
        with self._sending:
            wire = self._wire
            if wire is None:
                return False
            try:
                wire.send(pack_command(command))  # type: ignore[arg-type]  # its stub knows one argument only
            except LOST:  # half a command may have left: `_listen` finds it closed
                wire.close()
                return False
            return True

    def _forget_connection(self) -> bool:
        wire, self._wire = self._wire, None
        self._outstanding.clear()
        for confirmed in self._wanted.values():
            confirmed.clear()
        if wire is not None:
            wire.close()
        return wire is not None
