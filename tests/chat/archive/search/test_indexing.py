"""The index follows the archive, and the archive the room: on both databases."""

import pytest
from django.db import IntegrityError

from chat.archive.search.indexing import forget_deleted
from chat.archive.search.query import parse
from chat.archive.search.request import Wanted
from chat.models import ArchiveState, Message, Room, SearchRebuild
from tests.chat.archive.search.test_index import indexed_ids


@pytest.fixture
def talk(database, talk):
    """A room in either database."""
    return talk


@pytest.fixture
def find(database, index, archiver):
    """Archives what has happened and looks for words everywhere; returns seqs, the newest first."""

    def look(words):
        archiver.turn()
        seqs = dict(Message.objects.values_list("pk", "seq"))
        return [seqs[found] for found in index.find(Wanted(parse(words).phrases)).ids]

    return look


def test_what_is_archived_is_found(talk, find):
    talk.say(3)
    assert find("message") == [3, 2, 1]
    talk.say(1)
    assert find('"message 4"') == [4]


def test_an_edited_message_is_found_by_what_it_says_now(talk, find, live):
    talk.say(2)
    assert find("message") == [2, 1]
    live.amendments.edit(talk.room, talk.alice.id, 1, "a lighthouse")
    assert find("message") == [2]
    assert find("lighthouse") == [1]


def test_a_message_that_was_edited_before_it_was_archived(talk, find, live):
    talk.say(1)
    live.amendments.edit(talk.room, talk.alice.id, 1, "a lighthouse")
    assert find("message") == []
    assert find("lighthouse") == [1]


def test_a_deleted_message_is_not_found_until_it_is_restored(talk, find, live):
    talk.say(2)
    assert find("message") == [2, 1]
    live.amendments.edit(talk.room, talk.alice.id, 1, "a lighthouse")
    live.amendments.delete(talk.room, talk.alice.id, 1)
    assert find("message") == [2]
    assert find("lighthouse") == []
    live.amendments.restore(talk.room, talk.alice.id, 1)
    assert find("lighthouse") == [1]


def test_a_message_that_was_deleted_before_it_was_archived(talk, find, live):
    talk.say(1)
    live.amendments.delete(talk.room, talk.alice.id, 1)
    assert find("message") == []


def test_a_reaction_leaves_the_index_alone(talk, find, live, monkeypatch):
    talk.say(1)
    assert find("message") == [1]
    put = []
    monkeypatch.setattr("chat.archive.search.sqlite.SqliteIndex.put", lambda self, entries, known: put.extend(entries))
    monkeypatch.setattr("chat.archive.search.postgresql.PostgresqlIndex.put", lambda self, entries, known: put.extend(entries))
    live.amendments.react(talk.room, talk.bob.id, 1, "👍", True)
    assert find("message") == [1]
    assert Message.objects.get(room=talk.room).reactions
    assert put == []


def test_a_transaction_that_fails_leaves_nothing_in_the_index(talk, find, archiver, monkeypatch):
    def fail(*arguments):
        raise IntegrityError

    with monkeypatch.context() as patch:
        patch.setattr("chat.archive.writing.transaction._note_ends", fail)
        talk.say(1)
        archiver.turn()
    assert Message.objects.count() == 0
    assert find("message") == [1]


def test_a_room_that_is_deleted_is_forgotten(talk, find, database):
    talk.say(3)
    assert find("message") == [3, 2, 1]
    ArchiveState.objects.all().delete()
    Room.objects.all().delete()
    assert find("message") == []
    assert not forget_deleted()
    assert indexed_ids(database, "message") == []


def test_what_a_rebuild_has_not_reached_is_left_to_it(talk, live, find, index, archiver):
    """Removing what was never put makes SQLite's index call itself damaged: then the archive stood still."""
    archiver._maintenance._due_at = float("inf")  # free space of earlier tests would keep it at work, and the rebuild with it
    talk.say(5)
    assert find("message") == [5, 4, 3, 2, 1]
    index.begin_rebuild()
    SearchRebuild.objects.create(end=max(Message.objects.values_list("pk", flat=True)))
    live.amendments.edit(talk.room, talk.alice.id, 2, "better words")
    live.amendments.delete(talk.room, talk.alice.id, 3)
    talk.say(1)
    assert find("better") == []
    archiver._maintenance.be_due()
    assert find("better") == [2]
    assert find("message") == [6, 5, 4, 1]
    assert not SearchRebuild.objects.exists()


def test_a_damaged_index_is_rebuilt_by_the_server(talk, live, find, database, caplog):
    talk.say(3)
    find("message")
    if database.vendor == "sqlite":
        with database.cursor() as cursor:  # as if it had never been filled
            cursor.execute("INSERT INTO chat_search (chat_search) VALUES ('delete-all')")
    live.amendments.delete(talk.room, talk.alice.id, 2)
    find("message")  # finds the damage, and begins
    find("message")
    assert find("message") == [3, 1]
    assert ("is being rebuilt" in caplog.text) == (database.vendor == "sqlite")
