"""A look into a room before one comes in."""

import pytest
from django.test import Client

from accounts.models import User
from chat.actions.messages.amendments import delete_message, edit_message
from chat.actions.rooms import creating, membership
from chat.domain.protocol import Delete, Edit
from chat.models import Sanction


@pytest.fixture
def carol(talk, client: Client) -> Client:
    client.force_login(User.objects.create_user("carol@example.org", "carol", name="Carol"))
    return client


def _lines(client):
    return [line["text"] for line in client.get("/rooms/lounge/preview/").json()["lines"]]


def test_it_tells_who_is_in_and_what_was_said_last(talk, carol, archiver):
    talk.say(9)
    archiver.turn()
    found = carol.get("/rooms/lounge/preview/").json()
    assert [(person["handle"], person["role"]) for person in found["people"]] == [("alice", "owner"), ("bob", "member")]
    assert found["count"] == 2
    assert [(line["author"]["handle"], line["text"]) for line in found["lines"]] == [
        ("alice", f"message {n}") for n in (6, 7, 8, 9)
    ]


def test_what_was_changed_a_moment_ago_is_shown_as_it_is_now(talk, carol, archiver):
    talk.say(4)
    archiver.turn()
    delete_message(talk.alice, Delete(talk.room, 3))
    edit_message(talk.alice.id, Edit(talk.room, 4, "better"))
    assert _lines(carol) == ["message 1", "message 2", "better"]


def test_nobody_looks_into_what_they_may_not_read(talk, carol):
    private = creating.create_room(talk.alice, "Secret", "private")
    direct = creating.open_direct_room(talk.alice, [talk.bob.id])
    for slug in (private.slug, direct.slug, "no-such-room"):
        assert carol.get(f"/rooms/{slug}/preview/").status_code == 404
    user = User.objects.get(handle="carol")
    membership.add_member(private.pk, user.pk)
    assert carol.get(f"/rooms/{private.slug}/preview/").status_code == 200
    Sanction.objects.create(room_id=talk.room, user=user, kind=Sanction.Kind.BAN, reason="spam")
    assert carol.get("/rooms/lounge/preview/").status_code == 404


def test_it_is_for_people_with_an_account(talk, client: Client):
    assert client.get("/rooms/lounge/preview/").status_code == 401


def test_the_newest_that_are_left_are_shown_after_a_purge(talk, carol, archiver):
    talk.say(40)
    archiver.turn()
    for seq in range(21, 41):
        delete_message(talk.alice, Delete(talk.room, seq))
    archiver.turn()
    assert _lines(carol) == [f"message {n}" for n in (17, 18, 19, 20)]
