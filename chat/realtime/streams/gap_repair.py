"""Detects missed publications and repairs them from the log."""

import time
from collections.abc import Callable

import gevent

from chat.domain.errors import ChatError
from chat.domain.types import Missed, Position, RoomId
from chat.live.live_state import LiveState
from chat.live.redis.outage import REDIS
from chat.realtime.broadcaster import Fanout
from chat.realtime.streams.room_events import RoomEvents
from chat.realtime.streams.room_sequencer import Event, RoomFeed

TURN_SECONDS = 1.0
COMPARE_SECONDS = 5.0
# A room's head is told once it has been quiet for so long: one frame a burst, not one a message.
QUIET_SECONDS = 2.0
RETRY_SECONDS = 0.3
ROOMS_PER_CALL = 500


class HeadWatch:
    """The feed of each room that anyone here is in. Compares heads with Redis and reads from the log what is missing."""

    def __init__(self, live: LiveState, fanout: Fanout, room_events: RoomEvents, note_gap: Callable[[int], None]) -> None:
        self._live = live
        self._fanout = fanout
        self._room_events = room_events
        self._feeds: dict[RoomId, RoomFeed] = {}
        self._changed_at: dict[RoomId, float] = {}
        self._compared_at = 0.0
        self._note_gap = note_gap

    def watch(self, room_id: RoomId) -> None:
        """Begin to keep what is published in a room."""
        if room_id not in self._feeds:
            self._feeds[room_id] = RoomFeed(lambda name, payload: self._pass_on(room_id, name, payload))

    def begin(self, room_id: RoomId, position: Position) -> None:
        """Relay what comes after this position, unless the room is relayed already."""
        feed = self._feeds.get(room_id)
        if feed is not None:
            feed.begin(position)
            if feed.needs_repair():
                self.repair(room_id)

    def forget(self, room_id: RoomId) -> None:
        """Nobody here is in the room any more."""
        self._feeds.pop(room_id, None)
        self._changed_at.pop(room_id, None)

    def take(self, room_id: RoomId, event: Event) -> None:
        """Relay what was published, in order; what is missing before it is read first."""
        feed = self._feeds.get(room_id)
        if feed is not None and not feed.take(event):
            self.repair(room_id)

    def repair(self, room_id: RoomId) -> None:
        """Read from the log what is missing, while everything new waits."""
        feed = self._feeds.get(room_id)
        if feed is not None and feed.position is not None and not feed.is_repairing:
            gevent.spawn(self._repair, room_id, feed, feed.start_repair())

    def run(self) -> None:
        """Compare and tell heads for ever."""
        while True:
            gevent.sleep(TURN_SECONDS)
            try:
                self._turn(time.monotonic())
            except ChatError as error:
                REDIS.failed("HeadWatch.run", error)
            else:
                REDIS.answered("HeadWatch.run")

    def _turn(self, now: float) -> None:
        quiet = [room_id for room_id, changed_at in self._changed_at.items() if now - changed_at >= QUIET_SECONDS]
        everything = now - self._compared_at >= COMPARE_SECONDS
        rooms = list(self._feeds) if everything else quiet
        for start in range(0, len(rooms), ROOMS_PER_CALL):
            self._compare(rooms[start : start + ROOMS_PER_CALL])
        for room_id in quiet:
            feed = self._feeds.get(room_id)
            if feed is not None and feed.position is not None and not feed.is_repairing:
                del self._changed_at[room_id]
                self._room_events.tell_head(room_id, feed.position)
        if everything:
            self._compared_at = now

    def _compare(self, room_ids: list[RoomId]) -> None:
        for room_id, head in zip(room_ids, self._live.rooms.heads(room_ids), strict=True):
            feed = self._feeds.get(room_id)
            if feed is None or feed.position is None or not head.epoch:
                continue
            here = feed.position
            if head.epoch != here.epoch or head.seq > here.seq or head.rev > here.rev:
                self.repair(room_id)

    def _repair(self, room_id: RoomId, feed: RoomFeed, position: Position) -> None:
        while self._feeds.get(room_id) is feed:
            missed = self._read(room_id, position)
            if missed is None:
                gevent.sleep(RETRY_SECONDS)
                continue
            self._note_gap(len(missed.messages))
            if not feed.mend(missed):
                self._room_events.tell_head(room_id, missed.position)
            if not feed.needs_repair():
                return
            position = feed.start_repair()

    def _read(self, room_id: RoomId, position: Position) -> Missed | None:
        """What is missing; None while Redis does not answer or the room is not recovered yet."""
        try:
            [missed] = self._live.catching_up.missed({room_id: position})
            # A removal may have been missed as well: who is gone by now gets nothing of what follows.
            self._remove_the_gone(room_id)
        except ChatError:
            return None
        return missed if missed.position.epoch else None

    def _remove_the_gone(self, room_id: RoomId) -> None:
        here = {connection.author.id for connection in self._fanout.in_room(room_id)}
        if here:
            for user_id in here - self._live.rooms.members_among(room_id, sorted(here)):
                self._room_events.remove(room_id, user_id, {"reason": ""})

    def _pass_on(self, room_id: RoomId, name: str, payload: bytes) -> None:
        self._changed_at[room_id] = time.monotonic()
        self._room_events.take(room_id, name, payload)
