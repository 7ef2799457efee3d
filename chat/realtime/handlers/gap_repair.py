"""Detects missed publications and repairs them from the log."""

import time

import gevent

from chat.domain.errors import ChatError
from chat.domain.types import Missed, Position, RoomId
from chat.live.live_state import LiveState
from chat.live.redis.outage import REDIS
from chat.realtime.connections.local_connections import LocalConnections
from chat.realtime.handlers.room_events import RoomEvents
from chat.realtime.streams.room_streams import Gap, RoomStreams

CHECK_SECONDS = 1.0
COMPARE_SECONDS = 5.0
# A room's head is broadcast once the room has been quiet for so long: one frame a burst, not one a message.
QUIET_SECONDS = 2.0
RETRY_SECONDS = 0.3
ROOMS_PER_CALL = 500


class GapRepair:
    """Compares the heads of all rooms with Redis, and reads from the log what is missing."""

    def __init__(self, live: LiveState, connections: LocalConnections, streams: RoomStreams, room_events: RoomEvents) -> None:
        self._live = live
        self._connections = connections
        self._streams = streams
        self._room_events = room_events
        self._compared_at = 0.0

    def run_repairs(self) -> None:
        """Repair each gap that the streams report, in a greenlet of its own, forever."""
        for gap in self._streams.gaps():
            gevent.spawn(self._repair, gap)

    def run_checks(self) -> None:
        """Compare and broadcast heads forever."""
        while True:
            gevent.sleep(CHECK_SECONDS)
            try:
                self._check(time.monotonic())
            except ChatError as error:
                REDIS.failed("GapRepair.run_checks", error)
            else:
                REDIS.answered("GapRepair.run_checks")

    def _check(self, now: float) -> None:
        quiet = self._streams.quiet_rooms(now - QUIET_SECONDS)
        is_everything_due = now - self._compared_at >= COMPARE_SECONDS
        rooms = self._streams.rooms() if is_everything_due else quiet
        for start in range(0, len(rooms), ROOMS_PER_CALL):
            self._compare(rooms[start : start + ROOMS_PER_CALL])
        self._streams.tell_heads(quiet)
        if is_everything_due:
            self._compared_at = now

    def _compare(self, room_ids: list[RoomId]) -> None:
        for room_id, head in zip(room_ids, self._live.rooms.heads(room_ids), strict=True):
            self._streams.compare(room_id, head)

    def _repair(self, gap: Gap) -> None:
        while self._streams.is_open(gap):
            missed = self._read(gap.room_id, gap.position)
            if missed is not None:
                self._streams.mend(gap, missed)
                return
            gevent.sleep(RETRY_SECONDS)

    def _read(self, room_id: RoomId, position: Position) -> Missed | None:
        """Return what is missing; None while Redis does not answer or the room is not recovered yet."""
        try:
            [missed] = self._live.catching_up.missed({room_id: position})
            # A removal may have been missed as well: former members must get nothing of what follows.
            self._remove_former_members(room_id)
        except ChatError:
            return None
        return missed if missed.position.epoch else None

    def _remove_former_members(self, room_id: RoomId) -> None:
        here = {connection.author.id for connection in self._connections.in_room(room_id)}
        if here:
            for user_id in here - self._live.rooms.members_among(room_id, sorted(here)):
                self._room_events.remove(room_id, user_id, {"reason": ""})
