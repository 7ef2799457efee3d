"""Links into rooms, and people who ask at the door: alice owns, dora moderates, bob is a member, carol and erin are outside."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chat.actions.moderation import mute_kick_ban
from chat.actions.rooms import invitations, join_requests, membership, room_settings
from chat.domain.errors import ChatError
from chat.models import Invitation, JoinRequest, ModerationLog


def _refused(act, *args):
    with pytest.raises(ChatError) as refused:
        act(*args)
    return refused.value.code


@pytest.fixture
def hidden(cast):
    return cast.open_room("Hidden", "private")


@pytest.fixture
def link(cast, hidden):
    """The secret of a new link to the hidden room."""

    def make(most_uses=None, seconds=None, by=cast.dora, room=hidden):
        return str(invitations.make_invitation(by, room.pk, most_uses, seconds).link()).split("/")[-2]

    return make


def test_who_holds_a_link_comes_in(cast, hidden, link):
    token = link()
    assert invitations.invitation_by_token(token).room == hidden
    assert invitations.accept_invitation(cast.carol, token).room == hidden
    assert cast.roles_in(hidden)["carol"] == "member"
    assert cast.say(cast.carol, "hello", room=hidden) == 1
    entry = ModerationLog.objects.get()
    assert (entry.action, entry.by, entry.room) == ("invitation", cast.dora, hidden)
    assert token not in str(list(Invitation.objects.values())) + str(entry.details)


def test_a_link_is_good_for_so_many_and_members_use_none_up(cast, link):
    token = link(most_uses=1)
    for member in (cast.bob, cast.bob, cast.carol):
        invitations.accept_invitation(member, token)
    assert _refused(invitations.accept_invitation, cast.erin, token) == "not_found"
    assert Invitation.objects.get().uses == 1


def test_a_link_ends_and_is_taken_back(cast, hidden, link):
    over, revoked = link(seconds=600), link()
    Invitation.objects.filter(ends_at__isnull=False).update(ends_at=timezone.now() - timedelta(seconds=1))
    invitations.revoke_invitation(cast.alice, Invitation.objects.get(ends_at=None).pk)
    for token in (over, revoked, "guessed"):
        assert _refused(invitations.accept_invitation, cast.carol, token) == "not_found"
        assert _refused(invitations.invitation_by_token, token) == "not_found"
    assert not invitations.invitations_for(cast.dora, hidden.pk).exists()
    assert [entry.action for entry in ModerationLog.objects.order_by("pk")] == ["invitation", "invitation", "revoke"]


def test_a_ban_outlives_every_link(cast, hidden, link):
    token = link(most_uses=1)
    mute_kick_ban.ban_person(cast.dora, hidden.pk, cast.carol.pk, "spam")
    assert _refused(invitations.accept_invitation, cast.carol, token) == "banned"
    assert Invitation.objects.get().uses == 0


def test_who_makes_and_takes_back_links(cast, hidden, link):
    for who, code in ((cast.bob, "forbidden"), (cast.carol, "not_found")):
        assert _refused(invitations.make_invitation, who, hidden.pk, None, None) == code
        assert _refused(invitations.invitations_for, who, hidden.pk) == code
    link()
    for who in (cast.bob, cast.carol):
        assert _refused(invitations.revoke_invitation, who, Invitation.objects.get().pk) == "not_found"
    direct = cast.open_direct(cast.alice, cast.bob)
    assert _refused(invitations.make_invitation, cast.alice, direct.pk, None, None) == "forbidden"


def test_a_member_of_a_public_room_makes_a_link_and_revokes_it_but_no_others(cast):
    mine, alices = (invitations.shared_invitation(person, cast.room.pk) for person in (cast.bob, cast.alice))
    assert _refused(invitations.invitations_for, cast.bob, cast.room.pk) == "forbidden"
    assert _refused(invitations.revoke_invitation, cast.bob, alices.pk) == "not_found"
    invitations.revoke_invitation(cast.bob, mine.pk)
    assert list(invitations.invitations_for(cast.dora, cast.room.pk)) == [alices]


def test_the_shared_link_is_one_link_for_many_for_seven_days(cast, hidden):
    first = invitations.shared_invitation(cast.dora, hidden.pk)
    assert (first.most_uses, first.ends_at and round((first.ends_at - timezone.now()) / timedelta(days=1))) == (None, 7)
    assert invitations.shared_invitation(cast.dora, hidden.pk) == first
    assert invitations.shared_invitation(cast.alice, hidden.pk) != first
    Invitation.objects.filter(pk=first.pk).update(ends_at=timezone.now() + timedelta(hours=23))
    second = invitations.shared_invitation(cast.dora, hidden.pk)
    assert second.link() != first.link()
    assert {invitations.own_invitation(cast.dora, each.pk).link() for each in (first, second)} == {first.link(), second.link()}
    assert _refused(invitations.own_invitation, cast.alice, first.pk) == "not_found"


def test_a_link_outlives_a_replaced_key_and_is_made_again_without_it(cast, hidden, settings):
    first = invitations.shared_invitation(cast.dora, hidden.pk)
    link = str(first.link())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [settings.SECRET_KEY]
    assert invitations.shared_invitation(cast.dora, hidden.pk).link() == link
    settings.SECRET_KEY_FALLBACKS = []
    assert invitations.invitation_by_token(link.split("/")[-2]) == first
    assert first.link() is None
    assert invitations.shared_invitation(cast.dora, hidden.pk) != first


def test_a_link_to_the_server_is_staffs_and_ends_with_their_permission(cast):
    for person in (cast.alice, cast.bob):
        assert _refused(invitations.make_invitation, person, None) == "forbidden"
    token = str(invitations.make_invitation(cast.ruth, None).link()).split("/")[-2]
    assert invitations.invitation_by_token(token).room is None
    invitations.accept_invitation(cast.carol, token)
    cast.ruth.groups.clear()
    assert _refused(invitations.invitation_by_token, token) == "not_found"


@pytest.fixture
def door(cast, hidden):
    """The hidden room accepts requests."""
    room_settings.update_room(cast.dora, hidden.pk, takes_requests=True)
    return hidden


def test_who_asks_is_let_in(cast, door, ear):
    ear.listen(*(f"user:{{{user.pk}}}:events" for user in (cast.dora, cast.carol, cast.bob, cast.ruth)))
    join_requests.ask_to_join(cast.carol, door.slug, "I am new in the team")
    join_requests.ask_to_join(cast.carol, door.slug, "again")
    [request] = join_requests.requests_for(cast.dora, door.pk)
    assert (request.user, request.words) == (cast.carol, "I am new in the team")
    join_requests.answer_request(cast.dora, door.pk, cast.carol.pk, accept=True, answer="Welcome")

    assert cast.roles_in(door)["carol"] == "member"
    told = {(channel, payload["state"], payload.get("answer")) for channel, name, payload in ear.heard() if name == "request"}
    assert told == {
        (f"user:{{{cast.dora.pk}}}:events", "open", None),
        (f"user:{{{cast.ruth.pk}}}:events", "open", None),
        (f"user:{{{cast.dora.pk}}}:events", "accepted", None),
        (f"user:{{{cast.ruth.pk}}}:events", "accepted", None),
        (f"user:{{{cast.carol.pk}}}:events", "accepted", "Welcome"),
    }
    assert (JoinRequest.objects.get().answer, ModerationLog.objects.get(action="accept").reason) == ("Welcome", "Welcome")
    assert ModerationLog.objects.filter(action="accept", user=cast.carol).exists()
    assert _refused(join_requests.answer_request, cast.dora, door.pk, cast.carol.pk, True) == "not_found"


def test_who_is_declined_may_ask_again(cast, door):
    join_requests.ask_to_join(cast.carol, door.slug)
    join_requests.answer_request(cast.alice, door.pk, cast.carol.pk, accept=False)
    assert "carol" not in cast.roles_in(door)
    join_requests.ask_to_join(cast.carol, door.slug)
    assert [request.state for request in JoinRequest.objects.order_by("pk")] == ["declined", "open"]


def test_who_is_declined_is_told_the_name_that_the_room_had_when_they_asked(cast, door, ear):
    asked_for = door.name
    join_requests.ask_to_join(cast.carol, door.slug)
    room_settings.update_room(cast.alice, door.pk, takes_requests=False, name="Layoffs")
    ear.listen(f"user:{{{cast.carol.pk}}}:events")
    join_requests.answer_request(cast.alice, door.pk, cast.carol.pk, accept=False)
    [told] = [payload for _, name, payload in ear.heard() if name == "request"]
    assert (told["state"], told["name"]) == ("declined", asked_for)
    assert "Layoffs" not in str(told)


def test_a_door_that_takes_no_requests_is_not_there(cast, hidden):
    assert _refused(join_requests.ask_to_join, cast.carol, hidden.slug) == "not_found"
    assert _refused(join_requests.ask_to_join, cast.carol, cast.room.slug) == "not_found"
    assert _refused(join_requests.ask_to_join, cast.carol, "no-such-room") == "not_found"
    assert _refused(lambda: room_settings.update_room(cast.alice, cast.room.pk, takes_requests=True)) == "bad_request"


def test_who_is_banned_or_in_does_not_ask(cast, door):
    mute_kick_ban.ban_person(cast.dora, door.pk, cast.carol.pk, "spam")
    assert _refused(join_requests.ask_to_join, cast.carol, door.slug) == "not_found"
    join_requests.ask_to_join(cast.bob, door.slug)
    assert not JoinRequest.objects.exists()


def test_who_answers(cast, door):
    join_requests.ask_to_join(cast.carol, door.slug)
    for who, code in ((cast.bob, "forbidden"), (cast.erin, "not_found"), (cast.carol, "not_found")):
        assert _refused(join_requests.answer_request, who, door.pk, cast.carol.pk, True) == code
        assert _refused(join_requests.requests_for, who, door.pk) == code
    membership.join_room(cast.carol, cast.room.pk)
    assert _refused(join_requests.answer_request, cast.alice, cast.room.pk, cast.bob.pk, True) == "forbidden"
