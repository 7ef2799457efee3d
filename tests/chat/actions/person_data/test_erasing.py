"""A person who is erased: nothing says who they were, wherever one looks, and nothing else is lost."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from chat.actions.person_data.erasing import begin_erasure, continue_erasures
from chat.actions.rooms import creating, membership
from chat.archive import erasing as archive_erasing
from chat.archive.archiver import Archiver
from chat.archive.search.index import index_of
from chat.archive.search.query import parse
from chat.archive.search.request import Wanted
from chat.domain.errors import ChatError
from chat.domain.types import Author, Position
from chat.models import Byline, Erasure, Membership, Message, ModerationLog, Report, Sanction
from chat.sync import recovery
from tests.chat.conftest import Talk


@pytest.fixture
def archived(settings, talk: Talk, archiver: Archiver) -> Talk:
    """Alice wrote 250 messages, of which the live log has the newest 100; the archive has all but the last ten."""
    settings.HOT_MESSAGES = 100
    talk.say(240)
    archiver.turn()
    talk.say(10)
    return talk


def erase(talk: Talk, deletes: bool = False) -> None:
    begin_erasure(talk.alice.id, deletes)
    continue_erasures()


def everything_kept(talk: Talk) -> str:
    """All that Redis holds, and all rows of all tables, as one text."""
    client = talk._live.client
    readers: dict[Any, Callable[[Any], Any]] = {
        b"string": client.get,
        b"hash": client.hgetall,
        b"list": lambda key: client.lrange(key, 0, -1),
        b"zset": lambda key: client.zrange(key, 0, -1),
        b"set": client.smembers,
    }
    live = [(key, readers[client.type(key)](key)) for key in client.scan_iter()]
    record = [list(model._base_manager.values()) for model in apps.get_models(include_auto_created=True)]
    return f"{live} {record}"


def authors(messages: list[bytes]) -> set[str]:
    return {json.loads(message)["author"]["name"] for message in messages}


@pytest.mark.parametrize("deletes", [False, True], ids=["keep", "delete"])
def test_no_store_says_who_alice_was(archived: Talk, archiver: Archiver, deletes: bool) -> None:
    alice = User.objects.get(pk=archived.alice.id)
    EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)
    Report.objects.create(
        room_id=archived.room, seq=1, author=alice, snapshot={"author": {"name": "Alice"}, "text": "message 1"}
    )
    ModerationLog.objects.create(action="delete", user=alice, room_id=archived.room, seq=1, text_before="message 1")
    erase(archived, deletes)
    archiver.turn()
    kept = everything_kept(archived)
    assert "alice" not in kept.lower()
    assert ("message 1" in kept) is not deletes
    assert Message.objects.filter(author=archived.alice.id).count() == 250
    alice.refresh_from_db()
    assert (alice.handle, alice.name, alice.is_active) == (f"deleted~{alice.pk}", "Deleted account", False)


@pytest.mark.parametrize("deletes", [False, True], ids=["keep", "delete"])
def test_no_byline_has_a_name_that_alice_ever_had(talk: Talk, archiver: Archiver, deletes: bool) -> None:
    bob, now = talk.bob, talk.alice
    talk.alice = Author(now.id, "maiden", "Maiden")
    talk.say()
    talk.alice = bob
    talk.say()
    talk.alice = now
    talk.say()
    archiver.turn()
    bylines = Byline.objects.values_list("author", "handle", "name")
    assert set(bylines) == {(now.id, "maiden", "Maiden"), (bob.id, "bob", "Bob"), (now.id, "alice", "Alice")}
    erase(talk, deletes)
    archiver.turn()
    assert set(bylines.all()) == {(now.id, f"deleted~{now.id}", "Deleted account"), (bob.id, "bob", "Bob")}


def test_messages_stay_in_order_and_can_be_found(archived: Talk, archiver: Archiver) -> None:
    erase(archived)
    archiver.turn()
    _, seqs, found = archived.catch_up(Position())
    assert seqs == list(range(201, 251))
    assert authors(found.messages) == {"Deleted account"}
    assert archived.archived() == [f"{number} message {number}" for number in range(1, 251)]


def test_deleted_messages_are_gone_from_search_and_screens(archived: Talk, archiver: Archiver) -> None:
    erase(archived, deletes=True)
    archiver.turn()
    assert index_of(connection).find(Wanted(parse("message").phrases, [archived.room])).ids == []
    _, _, found = archived.catch_up(Position())
    assert all(json.loads(message)["deleted"] for message in found.messages)
    assert found.marker.unread == 0
    assert not Message.objects.filter(deleted=False).exists()


def test_who_was_away_gets_the_messages_anew(archived: Talk) -> None:
    bob_was_at = archived.position()
    assert archived.catch_up(bob_was_at)[0]
    erase(archived)
    is_complete, seqs, found = archived.catch_up(bob_was_at)
    assert not is_complete
    assert len(seqs) == 50
    assert authors(found.messages) == {"Deleted account"}
    assert archived.catch_up(archived.position())[0]


def test_after_a_loss_of_redis_nobody_is_alice_again(archived: Talk, archiver: Archiver) -> None:
    archiver.turn()
    erase(archived)
    archived._live.client.flushall()
    recovery.recover_all()
    assert authors(archived.catch_up(Position())[2].messages) == {"Deleted account"}


def test_an_archiver_that_read_before_writes_nothing_after(archived: Talk, archiver: Archiver, monkeypatch) -> None:
    """It took the last ten from Redis, and sleeps until all is erased."""
    take = archived._live.archiving.unarchived

    def take_and_sleep(*arguments):
        taken = take(*arguments)
        monkeypatch.setattr(archived._live.archiving, "unarchived", take)
        erase(archived)
        return taken

    monkeypatch.setattr(archived._live.archiving, "unarchived", take_and_sleep)
    archiver.turn()
    archiver.turn()
    assert Message.objects.count() == 250
    assert "alice" not in everything_kept(archived).lower()


def test_a_kill_in_the_middle_is_finished_by_the_next_run(archived: Talk, monkeypatch) -> None:
    save, slices = archive_erasing._save, iter([True, False])

    def killed(messages):
        if next(slices):
            save(messages)
            return
        raise KeyboardInterrupt

    monkeypatch.setattr(archive_erasing, "ROWS", 50)
    monkeypatch.setattr(archive_erasing, "_save", killed)
    begin_erasure(archived.alice.id, deletes_messages=True)
    with pytest.raises(KeyboardInterrupt):
        continue_erasures()
    monkeypatch.setattr(archive_erasing, "_save", save)
    assert continue_erasures() == 1
    kept = everything_kept(archived)
    assert "alice" not in kept.lower()
    assert "message 1" not in kept
    assert continue_erasures() == 0


def test_the_account_is_closed_even_if_the_first_process_ended_at_once(talk: Talk) -> None:
    Erasure.objects.create(user_id=talk.alice.id, deletes_messages=False)
    assert continue_erasures() == 1
    alice = User.objects.get(pk=talk.alice.id)
    assert not alice.is_active
    assert not alice.has_usable_password()


def test_bob_owns_the_room_and_sanctions_go(talk: Talk) -> None:
    Sanction.objects.create(kind="mute", room_id=talk.room, user_id=talk.alice.id, by_id=talk.bob.id, reason="alice shouts")
    erase(talk)
    assert list(Membership.objects.values_list("user_id", "role")) == [(talk.bob.id, "owner")]
    assert talk._live.rooms.member_ids(talk.room) == {talk.bob.id}
    assert not Sanction.objects.exists()


def test_other_peoples_messages_stay_as_they_are(talk: Talk, archiver: Archiver) -> None:
    talk.say(3)
    talk.alice, talk.bob = talk.bob, talk.alice
    talk.say(2)
    talk.alice, talk.bob = talk.bob, talk.alice
    archiver.turn()
    erase(talk, deletes=True)
    archiver.turn()
    assert [message.split(" ", 1)[1] for message in talk.archived()] == ["", "", "", "message 4", "message 5"]
    theirs = Message.objects.filter(author=talk.bob.id, deleted=False)
    assert ['"bob"' in message.payload for message in theirs] == [True, True]


def test_the_only_owner_of_the_site_stays(talk: Talk) -> None:
    User.objects.filter(pk=talk.alice.id).update(is_superuser=True)
    with pytest.raises(ChatError) as refused:
        begin_erasure(talk.alice.id, deletes_messages=False)
    assert "owner" in refused.value.message
    assert not Erasure.objects.exists()


def test_the_command_erases_and_can_be_run_again_by_number(talk: Talk, settings) -> None:
    settings.EMBEDDED_REDIS = False
    for named in ("alice", str(talk.alice.id)):
        output = io.StringIO()
        call_command("erase_person", named, "--messages", "delete", stdout=output)
        assert f"Number {talk.alice.id} is a deleted account now" in output.getvalue()
    with pytest.raises(CommandError, match='"alice"'):
        call_command("erase_person", "alice")
    again = get_user_model().objects.create_user("alice@example.org", "alice")
    membership.join_room(again, talk.room)
    assert creating.create_room(again, "Mine again", "public")
