"""Copies the live rooms to the archive, about a second behind, and lets Redis forget what is both old and copied.

SQL alone says how far a room is archived, and moves on in the transaction that adds the messages. So nothing is left out
or copied twice, wherever this is killed, and two archivers at once (a lease lost while one was paused) do no harm.
"""

import logging
import time
from collections import deque
from secrets import token_hex

import msgspec
from django.conf import settings
from django.db import DataError, IntegrityError

from chat.archive import writing
from chat.archive.read_markers import ReadMarkers
from chat.archive.writing import Copied, Overtaken
from chat.entities import Position, RoomId
from chat.models import Room
from chat.stores.live import LiveState

log = logging.getLogger(__name__)

ROWS = 200
ROOMS_PER_TURN = 2_000
RENEW_SECONDS = 1.0


class Archiver:
    """One a process; the one that holds the lease works."""

    def __init__(self, live: LiveState) -> None:
        self._store = live.archiving
        self._token = token_hex(8)
        self._read_markers = ReadMarkers(live.archiving)
        self._copied: dict[RoomId, Copied] = {}
        self._is_elected = False
        self._renewed_at = 0.0
        self._waiting: list[RoomId] = []
        self._oldest = 0.0

    def turn(self) -> None:
        """Copy what the next rooms have that the archive has not; called about once a second."""
        if not self._hold_lease():
            return
        room_ids = self._next_rooms()
        heads = self._store.heads(room_ids)
        behind = {room_id: head for room_id, head in heads.items() if self._is_behind(room_id, head)}
        missing = sum(max(0, head.seq - self._seq(room_id)) for room_id, head in behind.items())
        self._oldest = 0.0
        changed = self._copy_all(behind)
        self._store.trim({room_id: _position(self._copied[room_id]) for room_id in changed}, settings.HOT_MESSAGES)
        self._store.tell_lag(missing, self._oldest)
        self._read_markers.turn()

    def stop(self) -> None:
        """Let another process follow at once."""
        if self._is_elected:
            self._is_elected = False
            self._store.release_lease(self._token)

    def _hold_lease(self) -> bool:
        before = self._is_elected
        self._is_elected = self._store.hold_lease(self._token)
        self._renewed_at = time.monotonic()
        if self._is_elected and not before:
            self._copied = writing.copied()
            self._read_markers.forget()
        return self._is_elected

    def _next_rooms(self) -> list[RoomId]:
        if not self._waiting:
            self._waiting = Room.objects.every_id()
        room_ids, self._waiting = self._waiting[:ROOMS_PER_TURN], self._waiting[ROOMS_PER_TURN:]
        return room_ids

    def _is_behind(self, room_id: RoomId, head: Position) -> bool:
        known = self._copied.get(room_id)
        return head.seq + head.rev > 0 if known is None else head.seq > known.seq or head.rev > known.rev

    def _seq(self, room_id: RoomId) -> int:
        known = self._copied.get(room_id)
        return known.seq if known else 0

    def _copy_all(self, behind: dict[RoomId, Position]) -> set[RoomId]:
        """One batch a room in turn, up to where each stood: a busy room does not keep the others waiting."""
        changed: set[RoomId] = set()
        rooms = deque(behind)
        while rooms:
            if time.monotonic() - self._renewed_at > RENEW_SECONDS and not self._hold_lease():
                return set()
            room_id = rooms.popleft()
            if self._copy(room_id):
                changed.add(room_id)
                if self._is_behind(room_id, behind[room_id]):
                    rooms.append(room_id)
            time.sleep(0)  # others first
        return changed

    def _copy(self, room_id: RoomId) -> bool:
        """Copy a batch, or see that another did; False when there is nothing that may be copied now."""
        try:
            # Read before anything is taken from Redis: a recovery in between then shows.
            known = self._copied.get(room_id) or writing.begin(room_id)
            if known is None:
                return False
            now = self._move(room_id, known)
        except Overtaken:
            self._copied.pop(room_id, None)
            self._copied.update(writing.copied([room_id]))
            return room_id in self._copied
        except (IntegrityError, DataError, msgspec.MsgspecError):
            log.exception("Room %s cannot be archived", room_id)
            return False
        if now is None or now == known:
            return False
        self._copied[room_id] = now
        return True

    def _move(self, room_id: RoomId, known: Copied) -> Copied | None:
        new = self._store.unarchived(room_id, known.seq, known.rev, ROWS)
        if new is None:
            return None
        if new.messages:
            sent_at = msgspec.json.decode(new.messages[0])["sent_at"]
            self._oldest = max(self._oldest, time.time() - sent_at / 1000)
        ends = {} if new.upto.epoch == known.epoch else self._store.ends(room_id)
        return writing.write(room_id, known, new, ends)


def _position(known: Copied) -> Position:
    return Position(known.epoch, known.seq, known.rev)
