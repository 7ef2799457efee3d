"""Roles and a room's settings, as the chat changes them: alice owns, dora moderates, bob is a member."""

import pytest

from chat.actions.rooms import membership, roles, room_settings
from chat.domain.errors import ChatError
from chat.models import ModerationLog


def _refused(act, *args, **more):
    with pytest.raises(ChatError) as refused:
        act(*args, **more)
    return refused.value.code


def test_an_owner_makes_moderators_and_members(cast):
    roles.change_role(cast.alice, cast.room.pk, cast.bob.pk, "moderator")
    roles.change_role(cast.alice, cast.room.pk, cast.dora.pk, "member")
    assert cast.roles_in(cast.room) == {"alice": "owner", "bob": "moderator", "dora": "member"}
    assert [entry.details for entry in ModerationLog.objects.order_by("pk")] == [
        {"before": "member", "after": "moderator"}, {"before": "moderator", "after": "member"}
    ]  # fmt: skip


def test_who_hands_a_room_over_moderates_it_from_then_on(cast):
    roles.change_role(cast.alice, cast.room.pk, cast.dora.pk, "owner")
    assert cast.roles_in(cast.room) == {"alice": "moderator", "bob": "member", "dora": "owner"}
    assert ModerationLog.objects.get().action == "hand_over"
    assert _refused(roles.change_role, cast.alice, cast.room.pk, cast.bob.pk, "moderator") == "forbidden"


def test_staff_give_a_room_a_second_owner_and_take_one_away(cast):
    roles.change_role(cast.ruth, cast.room.pk, cast.dora.pk, "owner")
    assert cast.roles_in(cast.room)["alice"] == "owner"
    roles.change_role(cast.ruth, cast.room.pk, cast.alice.pk, "member")
    assert _refused(roles.change_role, cast.ruth, cast.room.pk, cast.dora.pk, "member") == "forbidden"
    assert cast.roles_in(cast.room) == {"alice": "member", "bob": "member", "dora": "owner"}


def test_who_changes_no_roles(cast):
    hidden = cast.open_room("Hidden", "private")
    for actor, target, code in [
        (cast.dora, cast.bob, "forbidden"), (cast.bob, cast.dora, "forbidden"), (cast.alice, cast.alice, "forbidden"),
        (cast.alice, cast.carol, "not_found"), (cast.carol, cast.bob, "not_member"),
    ]:  # fmt: skip
        assert _refused(roles.change_role, actor, cast.room.pk, target.pk, "moderator") == code
    assert _refused(roles.change_role, cast.carol, hidden.pk, cast.bob.pk, "moderator") == "not_found"
    assert cast.roles_in(cast.room) == {"alice": "owner", "bob": "member", "dora": "moderator"}
    assert not ModerationLog.objects.exists()


def test_a_room_whose_owner_goes_has_another(cast):
    membership.leave_room(cast.alice, cast.room.pk)
    assert cast.roles_in(cast.room) == {"bob": "member", "dora": "owner"}
    membership.leave_room(cast.dora, cast.room.pk)
    assert cast.roles_in(cast.room) == {"bob": "owner"}


def test_what_is_changed_of_a_room_is_written_down(cast, live):
    room_settings.update_room(cast.dora, cast.room.pk, state="announcement", slow_mode=30, topic="Quiet")
    facts = live.rooms.facts(cast.room.pk)
    assert (facts.state, facts.slow_mode, facts.topic) == ("announcement", 30, "Quiet")
    room_settings.update_room(cast.dora, cast.room.pk, slow_mode=30)
    entry = ModerationLog.objects.get()
    assert (entry.action, entry.by, entry.details) == (
        "update", cast.dora,
        {"before": {"state": "open", "slow_mode": 0, "topic": ""},
         "after": {"state": "announcement", "slow_mode": 30, "topic": "Quiet"}},
    )  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [("open", "archived"), ("archived", "open"), ("archived", "locked")])
def test_only_an_owner_archives_and_reopens(cast, before, after):
    room_settings.update_room(cast.alice, cast.room.pk, state=before)
    assert _refused(room_settings.update_room, cast.dora, cast.room.pk, state=after) == "forbidden"
    room_settings.update_room(cast.alice, cast.room.pk, state=after)


def test_who_changes_nothing_of_a_room(cast):
    hidden = cast.open_room("Hidden", "private")
    assert _refused(room_settings.update_room, cast.bob, cast.room.pk, topic="mine") == "forbidden"
    assert _refused(room_settings.update_room, cast.carol, cast.room.pk, topic="mine") == "not_member"
    assert _refused(room_settings.update_room, cast.carol, hidden.pk, topic="mine") == "not_found"
    room_settings.update_room(cast.ruth, hidden.pk, topic="staff's")


def test_who_is_put_into_a_room_by_the_power_of_the_admin_is_written_down_once(cast):
    hidden = cast.open_room("Hidden", "private")
    for _ in range(2):
        membership.add_member(hidden.pk, cast.ruth.pk, "moderator", by=cast.ruth.pk)
    membership.add_member(hidden.pk, cast.carol.pk)
    entry = ModerationLog.objects.get()
    assert (entry.action, entry.by, entry.user, entry.room, entry.details) == (
        "add", cast.ruth, cast.ruth, hidden, {"after": "moderator"}
    )  # fmt: skip
