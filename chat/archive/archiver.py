"""Copies the live rooms to the archive, about a second behind, and lets Redis forget what is both old and copied.

SQL alone says how far a room is archived, and moves on in the transaction that adds the messages. So nothing is left out
or copied twice, wherever this is killed, and two archivers at once (a lease lost while one was paused) do no harm.
"""

import logging
import time
from collections import deque
from collections.abc import Iterable, Sequence
from secrets import token_hex

import msgspec
from django.conf import settings
from django.db import DatabaseError, DataError, IntegrityError

from bounds.pause import let_others_go_on
from chat.archive.maintenance.maintenance import Maintenance
from chat.archive.read_markers import ReadMarkers
from chat.archive.search.rebuilding import is_index_damage, rebuild_after_damage
from chat.archive.writing import transaction
from chat.archive.writing.transaction import Copied, CopiedPart, Overtaken
from chat.domain.types import Position, RoomId
from chat.live.archiving import MOST_BYTES, Unarchived
from chat.live.live_state import LiveState
from chat.models import Room

log = logging.getLogger(__name__)

# Written in one transaction: the disk is waited for as long for twenty rooms as for one, and the loop for 200 messages.
ROWS = 200
ROOMS_AT_ONCE = 20
# Of the rooms that changed, or of all in the first turns, as nothing is known of what an earlier archiver left.
ROOMS_PER_TURN = 2_000
# Of all rooms, changed or not: a change whose note was lost with an archiver or by Redis is found all the same, only later.
SWEPT_PER_TURN = 200
RENEW_SECONDS = 1.0


class Archiver:
    """One a process; the one that holds the lease works."""

    def __init__(self, live: LiveState) -> None:
        self._store = live.archiving
        self._token = token_hex(8)
        self._read_markers = ReadMarkers(live.archiving)
        self._maintenance = Maintenance(live.database_sizes)
        self._copied: dict[RoomId, Copied] = {}
        self._is_elected = False
        self._renewed_at = 0.0
        self._unswept: list[RoomId] = []
        self._swept_per_turn = ROOMS_PER_TURN
        self._unfinished: set[RoomId] = set()
        self._oldest = 0.0

    def turn(self) -> None:
        """Copy what the rooms that changed have and the archive has not; called about once a second."""
        try:
            self._turn()
        except DatabaseError as error:
            if not is_index_damage(error):
                raise
            rebuild_after_damage()
            self._maintenance.be_due()

    def _turn(self) -> None:
        if not self._hold_lease():
            self._give_back()
            return
        room_ids = self._next_rooms()
        heads = self._store.heads(room_ids)
        behind = {room_id: head for room_id, head in heads.items() if self._is_behind(room_id, head)}
        missing = sum(max(0, head.seq - self._seq(room_id)) for room_id, head in behind.items())
        self._oldest = 0.0
        changed = self._copy_all(behind)
        # Not what a later message makes of it: that is noted again.
        self._unfinished = {room_id for room_id, head in behind.items() if self._is_behind(room_id, head)}
        self._store.trim({room_id: _position(self._copied[room_id]) for room_id in changed}, settings.HOT_MESSAGES)
        self._store.tell_lag(missing, self._oldest)
        self._read_markers.turn()
        self._maintenance.turn()

    def stop(self) -> None:
        """Let another process follow at once."""
        if self._is_elected:
            self._is_elected = False
            self._give_back()
            self._store.release_lease(self._token)

    def _give_back(self) -> None:
        """Leave to the next archiver what this one took and did not copy."""
        if self._unfinished:
            self._store.note_changed(self._unfinished)
            self._unfinished = set()

    def _hold_lease(self) -> bool:
        before = self._is_elected
        self._is_elected = self._store.hold_lease(self._token)
        self._renewed_at = time.monotonic()
        if self._is_elected and not before:
            self._copied = transaction.copied()
            self._read_markers.forget()
            self._unswept, self._swept_per_turn = Room.objects.every_id(), ROOMS_PER_TURN
        return self._is_elected

    def _next_rooms(self) -> list[RoomId]:
        if not self._unswept:
            self._unswept, self._swept_per_turn = Room.objects.every_id(), SWEPT_PER_TURN
        swept, self._unswept = self._unswept[: self._swept_per_turn], self._unswept[self._swept_per_turn :]
        changed = self._store.take_changed(ROOMS_PER_TURN)
        is_first_sweep = self._swept_per_turn == ROOMS_PER_TURN
        self._read_markers.note(changed.union(swept) if is_first_sweep else changed)
        self._unfinished |= changed
        return sorted(self._unfinished.union(swept))

    def _is_behind(self, room_id: RoomId, head: Position) -> bool:
        known = self._copied.get(room_id)
        return head.seq + head.rev > 0 if known is None else head.seq > known.seq or head.rev > known.rev

    def _seq(self, room_id: RoomId) -> int:
        known = self._copied.get(room_id)
        return known.seq if known else 0

    def _copy_all(self, behind: dict[RoomId, Position]) -> set[RoomId]:
        """A part of each room in turn, up to where each stood: a busy room does not keep the others waiting."""
        changed: set[RoomId] = set()
        rooms = deque(sorted(behind))
        while rooms:
            if time.monotonic() - self._renewed_at > RENEW_SECONDS and not self._hold_lease():
                return set()
            now = self._copy([rooms.popleft() for _ in range(min(ROOMS_AT_ONCE, len(rooms)))])
            changed |= now
            rooms.extend(room_id for room_id in sorted(now) if self._is_behind(room_id, behind[room_id]))
            let_others_go_on()
        return changed

    def _copy(self, room_ids: Sequence[RoomId]) -> set[RoomId]:
        """Copy a part of each of these rooms, or see that another did; return those of which there may be more."""
        try:
            return self._move(room_ids)
        except (Overtaken, IntegrityError, DataError, msgspec.MsgspecError) as error:
            if len(room_ids) > 1:  # nothing was written: each by itself, so that one room does not keep the others
                return set[RoomId]().union(*(self._copy([room_id]) for room_id in room_ids))
            return set(room_ids) if self._goes_on_after(error, room_ids[0]) else set()

    def _move(self, room_ids: Sequence[RoomId]) -> set[RoomId]:
        # Read before anything is taken from Redis: a recovery in between then shows.
        places = {room_id: self._copied.get(room_id) or transaction.begin(room_id) for room_id in room_ids}
        known = {room_id: place for room_id, place in places.items() if place is not None}
        places_in_log = {pk: (place.seq, place.rev) for pk, place in known.items()}
        taken = self._store.unarchived(places_in_log, ROWS // len(room_ids), MOST_BYTES // len(room_ids))
        self._note_age(new.messages[0] for new in taken.values() if new.messages)
        parts = [
            CopiedPart(room_id, known[room_id], new, self._ends(room_id, known[room_id], new)) for room_id, new in taken.items()
        ]
        written = {room_id: now for room_id, now in transaction.write(parts).items() if now != known[room_id]}
        self._copied.update(written)
        return set(written)

    def _note_age(self, oldest: Iterable[bytes]) -> None:
        for message in oldest:
            sent_at = msgspec.json.decode(message)["sent_at"]
            self._oldest = max(self._oldest, time.time() - sent_at / 1000)

    def _ends(self, room_id: RoomId, known: Copied, new: Unarchived) -> dict[str, tuple[int, int]]:
        return {} if new.upto.epoch == known.epoch else self._store.ends(room_id)

    def _goes_on_after(self, error: Exception, room_id: RoomId) -> bool:
        if not isinstance(error, Overtaken):
            log.error("Room %s cannot be archived", room_id, exc_info=error)
            return False
        self._copied.pop(room_id, None)
        self._copied.update(transaction.copied([room_id]))
        return room_id in self._copied


def _position(known: Copied) -> Position:
    return Position(known.epoch, known.seq, known.rev)
