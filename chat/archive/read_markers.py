"""How far people have read, in the record: a few seconds late, so that a loss of Redis does not show everything as unread."""

from django.db import connection, transaction

from chat.entities import RoomId, Turned, UserId
from chat.models import Membership, Room
from chat.stores.archiving import ArchivingStore

ROWS = 200
# With a turn a second each room comes up every 10 s; later where there are more than 2,000.
PARTS = 10
MOST_ROOMS = 200

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
            self._waiting = list(Room.objects.order_by("pk").values_list("pk", flat=True))
            self._rooms_per_turn = min(MOST_ROOMS, -(-len(self._waiting) // PARTS))
        due, self._waiting = self._waiting[: self._rooms_per_turn], self._waiting[self._rooms_per_turn :]
        for room_id, markers in zip(due, self._store.read_markers(due), strict=True):
            digest = hash(frozenset(markers.items()))
            if self._digests.get(room_id) != digest:
                if markers:  # after a start most rooms have none, and asking SQL about each would take a while
                    self._store_moved(room_id, markers)
                self._digests[room_id] = digest

    def _store_moved(self, room_id: RoomId, markers: dict[UserId, Turned]) -> None:
        stored = Membership.objects.filter(room_id=room_id).values_list("user_id", "read_turn", "last_read")
        # Only to what is newer: a live room that was restored from a backup comes back with its old markers first.
        moved = [
            (*markers[user], room_id, user)
            for user, turn, seq in stored
            if user in markers and markers[user] > Turned(turn, -1 if seq is None else seq)
        ]
        for start in range(0, len(moved), ROWS):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(_STORE, moved[start : start + ROWS])
