import pytest
from django.test import Client

from accounts.models import User
from chat.actions.rooms import creating
from chat.models import Membership, Room

LIST = "/admin/chat/membership/"


@pytest.fixture(autouse=True)
def _without_redis(monkeypatch):
    monkeypatch.setattr("chat.sync.projection.project_pending", lambda room_id: None)


@pytest.fixture
def alice(db) -> User:
    return User.objects.create_user("alice@example.org", "alice")


@pytest.fixture
def bob(db) -> User:
    return User.objects.create_user("bob@example.org", "bob")


@pytest.fixture
def room(alice) -> Room:
    return creating.create_room(alice, "general", "public")


@pytest.fixture
def owner(client, db) -> Client:
    client.force_login(User.objects.create_superuser("ruth@example.org", "ruth"))
    browser: Client = client
    return browser


def test_a_member_is_added_changed_and_removed(owner, room, bob):
    assert owner.post(f"{LIST}add/", {"room": room.pk, "user": bob.pk, "role": "member"}).status_code == 302
    member = Membership.objects.get(user=bob)
    assert owner.post(f"{LIST}{member.pk}/change/", {"role": "moderator"}).status_code == 302
    member.refresh_from_db()
    assert member.role == "moderator"
    assert owner.post(f"{LIST}{member.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Membership.objects.filter(user=bob).exists()


def test_the_only_owner_stays_one(owner, room, alice):
    member = Membership.objects.get(user=alice)
    reply = owner.post(f"{LIST}{member.pk}/change/", {"role": "member"})
    assert "needs an owner" in str(reply.context["errors"])
    member.refresh_from_db()
    assert member.role == "owner"


def test_somebody_who_is_in_already_is_not_added_twice(owner, room, alice):
    reply = owner.post(f"{LIST}add/", {"room": room.pk, "user": alice.pk, "role": "member"})
    assert reply.status_code == 200
    assert Membership.objects.get().role == "owner"


def test_many_are_removed_from_the_list(owner, room, bob):
    member = Membership.objects.create(room=room, user=bob)
    sent = {"action": "delete_selected", "_selected_action": [member.pk], "post": "yes"}
    version = Room.objects.get().version
    assert owner.post(LIST, sent).status_code == 302
    assert not Membership.objects.filter(user=bob).exists()
    assert Room.objects.get().version > version


def test_members_are_found_by_person_and_by_room(owner, room, bob):
    assert "@alice" in owner.get(LIST, {"q": "alice"}).content.decode()
    assert "@alice" in owner.get(LIST, {"q": "general"}).content.decode()
    assert "@alice" not in owner.get(LIST, {"q": "bob"}).content.decode()
