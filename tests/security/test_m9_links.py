"""M9: a link into a room ends with its maker's rank there. dora moderates the hidden room, carol holds dora's link."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission

from accounts.models import User
from chat.actions.moderation import mute_kick_ban
from chat.actions.rooms import invitations, membership, roles
from chat.domain.errors import ChatError
from chat.models import Invitation, ModerationLog, Room
from tests.chat.actions.conftest import Cast


@pytest.fixture
def hidden(cast: Cast) -> Room:
    return cast.open_room("Hidden", "private")


def link_of(maker: User, room: Room) -> str:
    return str(invitations.make_invitation(maker, room.pk).link()).split("/")[-2]


def comes_in(person: User, token: str) -> bool:
    try:
        invitations.accept_invitation(person, token)
    except ChatError as error:
        return error.code not in ("not_found", "banned")
    return True


LOSSES: dict[str, Callable[[Cast, Room], object]] = {
    "is made a member": lambda cast, room: roles.change_role(cast.alice, room.pk, cast.dora.pk, "member"),
    "leaves": lambda cast, room: membership.leave_room(cast.dora, room.pk),
    "is kicked": lambda cast, room: mute_kick_ban.kick_member(cast.alice, room.pk, cast.dora.pk, "why"),
    "is banned": lambda cast, room: mute_kick_ban.ban_person(cast.alice, room.pk, cast.dora.pk, "why"),
    "is banned from the site": lambda cast, room: mute_kick_ban.ban_person(cast.ruth, None, cast.dora.pk, "why"),
    "is deactivated": lambda cast, room: _deactivate(cast.dora),
}


def _deactivate(person: User) -> None:
    person.is_active = False
    person.save()


@pytest.mark.parametrize("loss", LOSSES)
def test_a_link_ends_when_its_maker(cast: Cast, hidden: Room, loss: str) -> None:
    token, alices = link_of(cast.dora, hidden), link_of(cast.alice, hidden)
    LOSSES[loss](cast, hidden)
    assert not comes_in(cast.carol, token)
    assert not comes_in(cast.dora, token) or loss == "is made a member"
    assert [(entry.user, entry.room) for entry in ModerationLog.objects.filter(action="revoke")] == [(cast.dora, hidden)]
    assert [link.by for link in invitations.invitations_for(cast.alice, hidden.pk)] == [cast.alice]
    assert comes_in(cast.erin, alices)


def test_who_is_kicked_does_not_come_back_by_their_own_link(cast: Cast, hidden: Room) -> None:
    token = link_of(cast.dora, hidden)
    roles.change_role(cast.alice, hidden.pk, cast.dora.pk, "member")
    mute_kick_ban.kick_member(cast.alice, hidden.pk, cast.dora.pk, "why")
    assert not comes_in(cast.dora, token)


def test_it_stays_ended_when_its_maker_moderates_again(cast: Cast, hidden: Room) -> None:
    token = link_of(cast.dora, hidden)
    for role in ("member", "moderator"):
        roles.change_role(cast.alice, hidden.pk, cast.dora.pk, role)
    assert not comes_in(cast.carol, token)


def test_who_hands_the_room_over_still_makes_links(cast: Cast, hidden: Room) -> None:
    token = link_of(cast.alice, hidden)
    roles.change_role(cast.alice, hidden.pk, cast.dora.pk, "owner")
    assert comes_in(cast.carol, token)


def test_a_link_of_staff_is_worth_nothing_once_they_lose_the_permission(cast: Cast, hidden: Room) -> None:
    token = link_of(cast.ruth, hidden)
    cast.ruth.groups.clear()
    assert not comes_in(cast.carol, token)
    cast.ruth.user_permissions.add(Permission.objects.get(codename="change_invitation", content_type__app_label="chat"))
    assert comes_in(cast.carol, token)


def test_links_from_before_this_rule_are_worth_nothing_either(cast: Cast, hidden: Room) -> None:
    token = link_of(cast.dora, hidden)
    roles.set_role(hidden.pk, cast.dora.pk, "member")
    Invitation.objects.update(revoked_at=None)
    assert not comes_in(cast.carol, token)


@pytest.mark.parametrize("loss", LOSSES)
def test_nobody_comes_back_by_the_question_of_a_person_who(cast: Cast, hidden: Room, loss: str) -> None:
    """Erin has left; dora asked her back, and then lost the rank in which she could."""
    membership.add_member(hidden.pk, cast.erin.pk)
    membership.leave_room(cast.erin, hidden.pk)
    assert not membership.invite_member(cast.dora, hidden.pk, cast.erin.pk)
    LOSSES[loss](cast, hidden)
    with pytest.raises(ChatError) as refused:
        membership.answer_invitation(cast.erin, hidden.pk, accept=True)
    assert refused.value.code == "not_found"
    assert not membership.invite_member(cast.alice, hidden.pk, cast.erin.pk)
    membership.answer_invitation(cast.erin, hidden.pk, accept=True)
