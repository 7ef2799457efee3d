import pytest

from chat.archive.maintenance.message_counts import HOUR_MS, messages_by_hour, messages_since
from chat.models import Message, Room


@pytest.fixture
def rooms(database) -> list[int]:
    """One with a message in each of five hours, one with two in the last of them, one with none."""
    keys = [Room.objects.create(name=name, slug=name).pk for name in ("hall", "attic", "cellar")]
    for n in range(5):
        _say(keys[0], n + 1, n * HOUR_MS)
    for n in (1, 2):
        _say(keys[1], n, 4 * HOUR_MS + n)
    return keys


def _say(room_id: int, seq: int, sent_at: int) -> None:
    Message.objects.create(room_id=room_id, seq=seq, epoch="e", sent_at=sent_at, rest="{}", text="hello")


def test_how_much_was_said_since(rooms):
    hall, attic, cellar = rooms
    assert messages_since(HOUR_MS, rooms) == {hall: 4, attic: 2}
    assert messages_since(4 * HOUR_MS + 1, [hall, cellar]) == {}
    assert messages_since(0, []) == {}


def test_how_much_was_said_in_each_hour(rooms):
    hall, attic, _ = rooms
    assert messages_by_hour(HOUR_MS, 4) == {hall: [1, 1, 1, 1], attic: [0, 0, 0, 2]}
    assert messages_by_hour(0, 4) == {hall: [1, 1, 1, 1]}
