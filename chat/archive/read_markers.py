"""How far people have read, in the record: a few seconds late, so that a loss of Redis does not show everything as unread."""

from collections.abc import Mapping

from django.db import connection, transaction

from chat.domain.types import RoomId, Turned, UserId
from chat.live.archiving import ArchivingStore
from chat.models import Membership, Room

ROWS = 200
# Looked up at a time: after a start nothing is known of any room, and a question for each would cost more than all of it.
MARKERS = 1_000
# With a turn a second each room comes up every 10 s; later where there are more than 2,000.
PARTS = 10
MOST_ROOMS = 200

Markers = dict[UserId, Turned]

NOWHERE = Turned(-1, -1)
_STORE = "UPDATE chat_membership SET read_turn = %s, last_read = %s WHERE room_id = %s AND user_id = %s"


class ReadMarkers:
    """Remembers what it stored of each room by a digest, so that a room that nobody reads costs no SQL."""

    def __init__(self, store: ArchivingStore) -> None:
        self._store = store
        self._digests: dict[RoomId, int] = {}
        self._waiting: list[RoomId] = []
        self._rooms_per_turn = 0

    def forget(self) -> None:
        """Another process may have stored since."""
        self._digests.clear()

    def turn(self) -> None:
        """Store what has moved in some of the rooms."""
        if not self._waiting:
            self._waiting = Room.objects.every_id()
            self._rooms_per_turn = min(MOST_ROOMS, -(-len(self._waiting) // PARTS))
        due, self._waiting = self._waiting[: self._rooms_per_turn], self._waiting[self._rooms_per_turn :]
        moved: dict[RoomId, Markers] = {}
        for room_id, markers in zip(due, self._store.read_markers(due), strict=True):
            if self._digests.get(room_id) != _digest(markers):
                moved[room_id] = markers
            if sum(map(len, moved.values())) > MARKERS:
                self._store_moved(moved)
                moved = {}
        self._store_moved(moved)

    def _store_moved(self, moved: Mapping[RoomId, Markers]) -> None:
        _store(moved)
        self._digests.update({room_id: _digest(markers) for room_id, markers in moved.items()})


def _digest(markers: Markers) -> int:
    return hash(frozenset(markers.items()))


def _store(moved: Mapping[RoomId, Markers]) -> None:
    room_ids = [room_id for room_id, markers in moved.items() if markers]
    stored = Membership.objects.filter(room_id__in=room_ids).values_list("room_id", "user_id", "read_turn", "last_read")
    # Only to what is newer: a live room that was restored from a backup comes back with its old markers first.
    newer = [
        (*moved[room_id][user_id], room_id, user_id)
        for room_id, user_id, turn, seq in stored
        if moved[room_id].get(user_id, NOWHERE) > Turned(turn, -1 if seq is None else seq)
    ]
    for start in range(0, len(newer), ROWS):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_STORE, newer[start : start + ROWS])
