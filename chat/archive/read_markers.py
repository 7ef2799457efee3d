"""How far people have read, in the record: a few seconds late, so that a loss of Redis does not show everything as unread."""

from collections.abc import Iterable, Mapping

from django.db import connection, transaction

from chat.domain.types import RoomId, Turned, UserId
from chat.live.archiving import ArchivingStore
from chat.models import Membership

ROWS = 200
# Looked up at a time: after a start nothing is known of any room, and a question for each would cost more than all of it.
MARKERS = 1_000
# With a turn a second rooms that change all the time come up every 10 s, later where more than 2,000 do; sooner where there
# are few markers to read.
PARTS = 10
MOST_ROOMS = 200

Markers = dict[UserId, Turned]

NOWHERE = Turned(-1, -1)
_STORE = "UPDATE chat_membership SET read_turn = %s, last_read = %s WHERE room_id = %s AND user_id = %s"


class ReadMarkers:
    """Remembers what it stored of each room by a digest, so that a room in which nobody reads costs no SQL."""

    def __init__(self, store: ArchivingStore) -> None:
        self._store = store
        self._digests: dict[RoomId, int] = {}
        self._changed: set[RoomId] = set()
        self._waiting: list[RoomId] = []
        self._rooms_per_turn = 0
        self._turns = 0
        self._markers_read = 0

    def forget(self) -> None:
        """Another process may have stored since."""
        self._digests.clear()

    def note(self, room_ids: Iterable[RoomId]) -> None:
        """Markers in these rooms may have moved."""
        self._changed.update(room_ids)

    def turn(self) -> None:
        """Store what has moved in some of the noted rooms."""
        self._turns += 1
        if not self._waiting and (self._turns >= PARTS or self._markers_read < MARKERS):
            self._begin_round()
        due, self._waiting = self._waiting[: self._rooms_per_turn], self._waiting[self._rooms_per_turn :]
        moved: dict[RoomId, Markers] = {}
        for room_id, markers in zip(due, self._store.read_markers(due), strict=True):
            self._markers_read += len(markers)
            if self._digests.get(room_id) != _digest(markers):
                moved[room_id] = markers
            if sum(map(len, moved.values())) > MARKERS:
                self._store_moved(moved)
                moved = {}
        self._store_moved(moved)

    def _begin_round(self) -> None:
        self._waiting, self._changed = sorted(self._changed), set()
        self._rooms_per_turn = min(MOST_ROOMS, -(-len(self._waiting) // PARTS))
        self._turns = self._markers_read = 0

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
