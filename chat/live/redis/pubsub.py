"""Publish and subscribe: one connection a process, that survives every disconnect and says so."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
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

OnMessage = Callable[[str, bytes], None]
OnSubscribed = Callable[[str], None]


class Broker:
    """The subscriptions of one process. `run` reads for ever; `subscribe` may be called from anywhere.

    redis-py's own PubSub reconnects silently, and what was published meanwhile is lost without a word; here each
    (re)subscription that Redis confirms is told to `on_subscribed`.
    """

    def __init__(self, client: redis.Redis, on_message: OnMessage, on_subscribed: OnSubscribed) -> None:
        self._client = client
        self._on_message = on_message
        self._on_subscribed = on_subscribed
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

    def run(self) -> None:
        """Read until stopped, reconnecting for as long as it takes."""
        failures = 0
        while not self._stopped:
            try:
                self._listen()
            except LOST as error:
                if not self._stopped and not isinstance(error, ForeignRedis):  # which is said once, by the check itself
                    REDIS.failed("Broker.run", error)
            failures = 0 if self._forget_connection() else failures + 1
            if not self._stopped:
                time.sleep(RECONNECT_SECONDS[min(failures, len(RECONNECT_SECONDS) - 1)])

    def stop(self) -> None:
        """End `run`."""
        self._stopped = True
        self._forget_connection()

    def _listen(self) -> None:
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
                self._take(answer)

    def _take(self, answer: Any) -> None:
        if type(answer) is not list:
            raise redis.ConnectionError(str(answer))
        kind = answer[0]
        if kind == b"message":
            channel = self._names.get(answer[1])
            if channel is not None:  # else let go meanwhile
                self._on_message(channel, answer[2])
        elif kind == b"subscribe":
            self._confirm(answer[1].decode())

    def _confirm(self, channel: str) -> None:
        self._outstanding[channel] -= 1
        if self._outstanding[channel] > 0:
            return
        del self._outstanding[channel]
        REDIS.answered("Broker.run")
        if channel in self._wanted:
            self._wanted[channel].set()
            self._on_subscribed(channel)

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
