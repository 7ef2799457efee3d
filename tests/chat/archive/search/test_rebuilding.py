"""The search index built again from the archive, on both databases."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User
from chat.archive.search import rebuilding
from chat.archive.search.query import parse
from chat.archive.search.rebuilding import rebuild
from chat.archive.search.request import Wanted
from chat.archive.search.terms import IndexEntry
from chat.models import Message, Room, SearchRebuild


@pytest.fixture
def say(database):
    """Writes messages into the archive and not into the index, as one that was moved from another database has them."""
    room = Room.objects.create(name="sea", slug="sea")
    alice = User.objects.create_user("alice@example.org", "alice")

    def write(*texts, deleted=False):
        first = Message.objects.count() + 1
        return [
            Message.objects.create(room=room, seq=seq, author=alice, text=text, sent_at=1_790_000_000_000, deleted=deleted)
            for seq, text in enumerate(texts, first)
        ]

    return write


@pytest.fixture
def find(index):
    """Return the texts that are found by these words."""

    def look(words):
        texts = dict(Message.objects.values_list("pk", "text"))
        return sorted(texts[found] for found in index.find(Wanted(parse(words).phrases)).ids)

    return look


def _put(index, *messages):
    index.put([IndexEntry(each.pk, each.room_id, each.author_id, each.sent_at, each.text) for each in messages])


def test_everything_that_is_not_deleted_is_found_after_a_rebuild(say, find):
    say("red boat", "blue boat")
    say("deleted boat", deleted=True)
    assert find("boat") == []
    told = StringIO()
    call_command("rebuild_search", stdout=told)
    assert find("boat") == ["blue boat", "red boat"]
    assert told.getvalue().splitlines()[-1] == "The search index is complete."


def test_what_the_index_should_not_have_is_gone_after_a_rebuild(say, find, index):
    [message] = say("red boat")
    _put(index, message)
    Message.objects.update(text="green house")
    assert list(rebuild()) == [(message.pk, message.pk)]
    assert find("red") == []
    assert find("green") == ["green house"]


def test_a_rebuild_that_was_stopped_goes_on_where_it_was(say, find, monkeypatch):
    monkeypatch.setattr(rebuilding, "ROWS", 2)
    messages = say(*(f"boat {number}" for number in range(5)))
    stopped = rebuild()
    assert next(stopped) == (messages[1].pk, messages[4].pk)
    stopped.close()
    assert [position for position, _ in rebuild()] == [messages[3].pk, messages[4].pk]
    assert len(find("boat")) == 5
    assert not SearchRebuild.objects.exists()


def test_what_is_archived_during_a_rebuild_is_found(say, find, index, monkeypatch):
    monkeypatch.setattr(rebuilding, "ROWS", 1)
    say("old boat", "older boat")
    running = rebuild()
    next(running)
    _put(index, *say("new boat"))
    assert list(running)
    assert find("boat") == ["new boat", "old boat", "older boat"]


def test_an_empty_archive_is_rebuilt(find, database):
    assert list(rebuild()) == []
    assert find("boat") == []
