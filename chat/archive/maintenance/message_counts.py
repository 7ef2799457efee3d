"""How much was said, when and where: from an index alone, and where the database allows, off the loop."""

from collections import defaultdict
from collections.abc import Collection

from django.db import connection

from chat.domain.types import RoomId

HOUR_MS = 3_600_000

# Each is long (`long_reads`). The plus keeps the database from going through all messages in the order of rooms: of a
# million it took 3 s instead of 0.2.
_SINCE = "SELECT /* long */ +room_id, COUNT(*) FROM chat_message WHERE sent_at >= %s GROUP BY 1"
_BY_HOUR = """
    SELECT /* long */ +room_id, (sent_at - %s) / %s, COUNT(*) FROM chat_message
    WHERE sent_at >= %s AND sent_at < %s GROUP BY 1, 2
"""


def messages_since(since: int, room_ids: Collection[RoomId]) -> dict[RoomId, int]:
    """Return how many messages were sent in each of these rooms since then (ms)."""
    if not room_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [since])
        return {room_id: count for room_id, count in cursor.fetchall() if room_id in room_ids}


def messages_by_hour(since: int, hours: int) -> dict[RoomId, list[int]]:
    """Return, for each room in which anything was said, how many messages in each hour from then (ms) on."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_HOUR, [since, HOUR_MS, since, since + hours * HOUR_MS])
        rows = cursor.fetchall()
    found: dict[RoomId, list[int]] = defaultdict(lambda: [0] * hours)
    for room_id, hour, count in rows:
        found[room_id][hour] = count
    return dict(found)
