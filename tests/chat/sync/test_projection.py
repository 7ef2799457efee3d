"""What the record decides is live at once, or soon after a crash; what is late changes nothing."""

from importlib import import_module

import pytest
from django.apps import apps

from accounts.models import User
from chat.actions.moderation import mute_kick_ban
from chat.actions.rooms import creating, membership
from chat.domain.errors import ChatError, unavailable
from chat.live.redis import keys
from chat.models import Membership, PendingProjection
from chat.sync import projection


@pytest.fixture
def people(transactional_db):
    return {handle: User.objects.create_user(f"{handle}@example.org", handle) for handle in ("alice", "bob", "carol")}


@pytest.fixture
def room(live, people):
    return creating.create_room(people["alice"], "Lounge", "public")


def _live_members(live, room):
    return live.rooms.member_ids(room.pk)


def test_a_new_room_is_live_when_the_act_returns(live, room, people):
    assert live.rooms.facts(room.pk).name == "Lounge"
    assert _live_members(live, room) == {people["alice"].pk}
    assert not PendingProjection.objects.exists()


def test_a_removal_is_live_when_the_act_returns(live, room, people):
    membership.join_room(people["bob"], room.pk)
    assert _live_members(live, room) == {people["alice"].pk, people["bob"].pk}
    mute_kick_ban.kick_member(people["alice"], room.pk, people["bob"].pk, "spam")
    assert _live_members(live, room) == {people["alice"].pk}


def test_what_a_crash_left_between_commit_and_redis_is_repaired(live, room, people):
    with pytest.MonkeyPatch.context() as crash:
        crash.setattr("chat.sync.projection.project_pending", lambda room_id: None)
        membership.join_room(people["bob"], room.pk)
        creating.change_room(room.pk, topic="Tea")
    assert _live_members(live, room) == {people["alice"].pk}

    projection.repair()

    assert live.rooms.facts(room.pk).topic == "Tea"
    assert _live_members(live, room) == {people["alice"].pk, people["bob"].pk}
    assert not PendingProjection.objects.exists()


def test_a_silent_redis_keeps_the_change_pending_and_says_so(live, room, people, monkeypatch):
    def silent(*args):
        raise unavailable()

    monkeypatch.setattr(live.rooms, "project_member", silent)
    with pytest.raises(ChatError) as refused:
        membership.join_room(people["bob"], room.pk)
    assert refused.value.code == "unavailable"
    monkeypatch.undo()
    assert Membership.objects.filter(room=room, user=people["bob"]).exists()
    assert PendingProjection.objects.count() == 1


def test_two_changes_at_once_end_as_the_later_one_says(live, room, people, monkeypatch):
    """Alice's process reads bob as a member; before it writes, another process removes bob and projects that."""
    project_member = live.rooms.project_member
    raced: list[int] = []

    def overtaken(room_id, version, user_id, *place):
        if not raced:
            raced.append(version)
            mute_kick_ban.kick_member(people["alice"], room_id, user_id, "spam")
        return project_member(room_id, version, user_id, *place)

    monkeypatch.setattr(live.rooms, "project_member", overtaken)
    membership.join_room(people["bob"], room.pk)
    assert raced
    assert _live_members(live, room) == {people["alice"].pk}
    assert not PendingProjection.objects.exists()


def test_rooms_of_an_earlier_version_learn_who_may_write(live, room):
    """Redis went on while the server was brought up to date: the migration leaves every room to be projected."""
    fields = ["writers", "editors"]
    live.client.hdel(keys.room(room.pk), *fields)
    migration = import_module("chat.migrations.0024_room_rules")
    migration.project_every_room(apps, None)

    projection.repair()

    assert live.client.hmget(keys.room(room.pk), fields) == [b"everyone", b"everyone"]
