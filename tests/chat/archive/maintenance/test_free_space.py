"""What is deleted from the archive is given back to the file system: counted in bytes."""

import pytest
from django.db import connection

from accounts.models import User
from chat.archive.maintenance.free_space import give_back
from chat.archive.search.index import index_of
from chat.archive.search.indexing import forget_deleted
from chat.archive.search.terms import IndexEntry
from chat.models import Message, Room

MESSAGES = 3_000


def _bytes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


@pytest.fixture
def room(transactional_db):
    """A room with many messages, which are findable."""
    index_of(connection).begin_rebuild()
    room = Room.objects.create(name="sea", slug="sea")
    alice = User.objects.create_user("alice@example.org", "alice")
    texts = {seq: f"message {seq} of a long story with word{seq * 7}" + " and more" * 60 for seq in range(1, MESSAGES + 1)}
    Message.objects.bulk_create(
        Message(room=room, author=alice, seq=seq, text=text, sent_at=1_790_000_000_000 + seq) for seq, text in texts.items()
    )
    rows = Message.objects.values_list("pk", "room_id", "author_id", "sent_at", "text")
    index_of(connection).put([IndexEntry(*row) for row in rows])
    return room


def test_a_deleted_room_makes_the_file_smaller(room):
    full = _bytes()
    room.delete()
    while forget_deleted():
        pass
    assert _bytes() >= full
    while give_back():
        pass
    assert full - _bytes() > 0.5 * MESSAGES * 580


def test_a_few_free_pages_are_kept(room):
    Message.objects.filter(seq__lt=100).delete()
    kept = _bytes()
    assert not give_back()
    assert _bytes() == kept
