"""Muting, removing and banning: what the record, the log and the live room then say."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.models import User
from chat.actions.messages import read_markers
from chat.actions.moderation import mute_kick_ban
from chat.actions.rooms import membership, roles
from chat.domain.errors import ChatError
from chat.domain.types import Position
from chat.models import ModerationLog, Sanction
from chat.sync import recovery


def _refused(act, *args):
    with pytest.raises(ChatError) as refused:
        act(*args)
    return refused.value


def _state(user: User, room_id: int):
    [state] = read_markers.catch_up(user.pk, {room_id: Position()})
    return state


def _log():
    return list(ModerationLog.objects.order_by("pk").values_list("action", "by__handle", "user__handle", "room_id", "reason"))


def test_who_is_muted_reads_and_does_not_write(cast):
    mute_kick_ban.mute_person(cast.dora, cast.room.pk, cast.bob.pk, "spam", 600)

    refused = _refused(cast.say, cast.bob, "hello")
    assert (refused.code, refused.message) == ("muted", "You are muted in this room: spam")
    assert 590 < refused.retry_in <= 600
    state = _state(cast.bob, cast.room.pk)
    assert (state.sanction.kind, state.sanction.reason) == ("mute", "spam")
    assert abs(state.sanction.until - timezone.now().timestamp() * 1000 - 600_000) < 10_000
    assert _state(cast.dora, cast.room.pk).sanction is None
    assert _log() == [("mute", "dora", "bob", cast.room.pk, "spam")]


def test_who_is_muted_and_who_moderates_are_told_and_nobody_else(cast, ear):
    ear.listen(*(f"user:{{{user.pk}}}:events" for user in (cast.bob, cast.dora, cast.alice, cast.ruth)), "room:{1}:events")

    mute_kick_ban.mute_person(cast.dora, cast.room.pk, cast.bob.pk, "spam", None)
    heard = ear.heard()
    assert {channel for channel, name, _ in heard if name == "sanction"} == {
        f"user:{{{user.pk}}}:events" for user in (cast.bob, cast.dora, cast.alice, cast.ruth)
    }
    assert next(payload for _, name, payload in heard if name == "sanction") == {
        "room": cast.room.pk, "user": cast.bob.pk, "kind": "mute", "until": None, "reason": "spam"
    }  # fmt: skip
    assert not [name for channel, name, _ in heard if channel.startswith("room")]

    mute_kick_ban.unmute_person(cast.dora, cast.room.pk, cast.bob.pk)
    assert [payload["kind"] for _, name, payload in ear.heard() if name == "sanction"] == [None] * 4
    assert cast.say(cast.bob, "hello") == 1


def test_a_mute_ends_by_itself(cast):
    mute_kick_ban.mute_person(cast.dora, cast.room.pk, cast.bob.pk, "spam", 600)
    Sanction.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    roles.set_role(cast.room.pk, cast.bob.pk, "member")  # anything that projects bob again

    assert cast.say(cast.bob, "hello") == 1
    assert _state(cast.bob, cast.room.pk).sanction is None


def test_who_is_banned_is_out_and_told_why_and_cannot_come_back(cast, ear):
    ear.listen(f"room:{{{cast.room.pk}}}:events")

    mute_kick_ban.ban_person(cast.dora, cast.room.pk, cast.bob.pk, "spam", 3_600)

    [removed] = [payload for _, name, payload in ear.heard() if name == "removed"]
    assert (removed["user"], removed["reason"], removed["banned"]) == (cast.bob.pk, "spam", True)
    assert abs(removed["until"] - timezone.now().timestamp() * 1000 - 3_600_000) < 10_000
    assert cast.roles_in(cast.room) == {"alice": "owner", "dora": "moderator"}
    for refused in (_refused(cast.say, cast.bob, "hello"), _refused(membership.join_room, cast.bob, cast.room.pk)):
        assert (refused.code, refused.message) == ("banned", "You are banned from this room: spam")
        assert 3_500 < refused.retry_in <= 3_600
    assert _refused(membership.invite_member, cast.alice, cast.room.pk, cast.bob.pk).code == "forbidden"
    assert _refused(membership.add_member, cast.room.pk, cast.bob.pk).code == "forbidden"

    mute_kick_ban.unban_person(cast.alice, cast.room.pk, cast.bob.pk)
    membership.join_room(cast.bob, cast.room.pk)
    assert cast.say(cast.bob, "hello") == 1
    assert [action for action, *_ in _log()] == ["ban", "unban"]


def test_a_ban_from_a_hidden_room_does_not_say_that_there_is_one(cast):
    hidden = cast.open_room("Hidden", "private")
    mute_kick_ban.ban_person(cast.dora, hidden.pk, cast.bob.pk, "leaks")

    assert _refused(partial(cast.say, room=hidden), cast.bob, "hello").code == "not_found"
    assert _refused(membership.join_room, cast.bob, hidden.pk).code == "not_found"


def test_a_ban_that_ends_gives_way_to_a_mute_that_does_not(cast):
    mute_kick_ban.mute_person(cast.dora, cast.room.pk, cast.bob.pk, "noise")
    mute_kick_ban.ban_person(cast.dora, cast.room.pk, cast.bob.pk, "spam", 60)
    Sanction.objects.filter(kind="ban").update(ends_at=timezone.now() - timedelta(seconds=1))

    membership.join_room(cast.bob, cast.room.pk)

    assert _refused(cast.say, cast.bob, "hello").message == "You are muted in this room: noise"


def test_who_is_kicked_may_come_back(cast, ear):
    ear.listen(f"room:{{{cast.room.pk}}}:events")
    mute_kick_ban.kick_member(cast.dora, cast.room.pk, cast.bob.pk, "calm down")

    [removed] = [payload for _, name, payload in ear.heard() if name == "removed"]
    assert removed == {"room": cast.room.pk, "user": cast.bob.pk, "reason": "calm down"}
    assert _refused(cast.say, cast.bob, "hello").code == "not_member"
    membership.join_room(cast.bob, cast.room.pk)
    assert _log() == [("kick", "dora", "bob", cast.room.pk, "calm down")]


def test_a_mute_on_the_whole_site_holds_in_every_room_and_in_those_that_follow(cast):
    other = cast.open_room("Other")
    mute_kick_ban.mute_person(cast.ruth, None, cast.bob.pk, "spam", 600)

    later = cast.open_room("Later")
    for room in (cast.room, other, later):
        assert _refused(partial(cast.say, room=room), cast.bob, "hello").code == "muted"

    mute_kick_ban.unmute_person(cast.ruth, None, cast.bob.pk)
    assert [cast.say(cast.bob, "hello", room=room) for room in (cast.room, other, later)] == [1, 1, 1]


def test_a_ban_from_the_site_stops_every_room_at_once_and_ends_all_connections(cast, ear):
    ear.listen(f"user:{{{cast.bob.pk}}}:events")
    mute_kick_ban.ban_person(cast.ruth, None, cast.bob.pk, "spam", 600)

    assert ("session_ended", {"session": None}) in [(name, payload) for _, name, payload in ear.heard()]
    assert _refused(cast.say, cast.bob, "hello").code == "banned"
    assert read_markers.catch_up(cast.bob.pk, {cast.room.pk: Position()}) == []
    assert cast.roles_in(cast.room)["bob"] == "member"

    mute_kick_ban.unban_person(cast.ruth, None, cast.bob.pk)
    assert cast.say(cast.bob, "hello") == 1


@pytest.mark.parametrize("loss", ["flush", "restart"])
def test_sanctions_outlive_a_loss_of_redis(cast, live, loss):
    mute_kick_ban.mute_person(cast.dora, cast.room.pk, cast.bob.pk, "spam", 600)
    mute_kick_ban.ban_person(cast.dora, cast.room.pk, cast.carol.pk, "spam")
    mute_kick_ban.mute_person(cast.ruth, None, cast.dora.pk, "noise")
    if loss == "flush":
        live.client.flushall()
    else:
        live.client.hset(f"room:{{{cast.room.pk}}}", mapping={"run_id": "an earlier one", "version": 1})
        live.client.delete(f"room:{{{cast.room.pk}}}:sanctions")
    recovery.recover_all()

    assert _refused(cast.say, cast.bob, "hello").code == "muted"
    assert _refused(cast.say, cast.carol, "hello").code == "banned"
    assert _refused(cast.say, cast.dora, "hello").message == "You are muted in this room: noise"


def test_a_new_sanction_takes_the_place_of_the_old_one(cast):
    mute_kick_ban.mute_person(cast.dora, cast.room.pk, cast.bob.pk, "spam")
    mute_kick_ban.mute_person(cast.alice, cast.room.pk, cast.bob.pk, "less", 60)

    assert 50 < _refused(cast.say, cast.bob, "hello").retry_in <= 60
    old, new = Sanction.objects.order_by("pk")
    assert (old.is_in_force, old.lifted_by, new.is_in_force) == (False, cast.alice, True)


@pytest.mark.parametrize("act", [mute_kick_ban.mute_person, mute_kick_ban.kick_member, mute_kick_ban.ban_person])
def test_nobody_acts_on_an_equal_or_on_somebody_above(cast, act):
    membership.add_member(cast.room.pk, cast.ruth.pk)
    membership.add_member(cast.room.pk, cast.erin.pk)
    roles.set_role(cast.room.pk, cast.erin.pk, "moderator")
    for actor, target in [
        (cast.dora, cast.erin), (cast.dora, cast.dora), (cast.dora, cast.alice), (cast.alice, cast.ruth),
        (cast.bob, cast.carol), (cast.ruth, cast.sam), (cast.ruth, cast.ruth),
    ]:  # fmt: skip
        assert _refused(act, actor, cast.room.pk, target.pk, "why").code == "forbidden"
    assert _refused(act, cast.carol, cast.room.pk, cast.bob.pk, "why").code == "not_member"
    assert _refused(act, cast.dora, cast.room.pk, 999_999, "why").code == "not_found"
    assert _refused(act, cast.dora, 999_999, cast.bob.pk, "why").code == "not_found"
    assert not Sanction.objects.exists()
    assert not ModerationLog.objects.exists()


def test_staff_need_not_be_in_a_room_to_act_there(cast):
    hidden = cast.open_room("Hidden", "private")
    mute_kick_ban.ban_person(cast.ruth, hidden.pk, cast.alice.pk, "spam")
    assert cast.roles_in(hidden) == {"dora": "owner", "bob": "member"}


def test_only_staff_act_on_the_whole_site(cast):
    assert _refused(mute_kick_ban.ban_person, cast.alice, None, cast.bob.pk, "spam").code == "forbidden"
    assert _refused(mute_kick_ban.ban_person, cast.ruth, None, cast.ruth.pk, "spam").code == "forbidden"
    assert _refused(mute_kick_ban.mute_person, cast.ruth, None, cast.sam.pk, "spam").code == "forbidden"
    mute_kick_ban.ban_person(cast.sam, None, cast.ruth.pk, "spam")


def test_a_reason_is_one_line_and_there_is_one(cast):
    assert _refused(mute_kick_ban.mute_person, cast.dora, cast.room.pk, cast.bob.pk, "  ").code == "empty"
    assert _refused(mute_kick_ban.mute_person, cast.dora, cast.room.pk, cast.bob.pk, "x" * 201).code == "too_long"
    mute_kick_ban.mute_person(cast.dora, cast.room.pk, cast.bob.pk, "one\nban 0 two")
    assert _refused(cast.say, cast.bob, "hello").message == "You are muted in this room: one ban 0 two"
