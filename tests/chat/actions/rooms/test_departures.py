"""Nobody is brought back to a room that they left: they are asked, and only once. bob left, alice wants him back."""

import pytest

from chat.actions.rooms import departures, invitations, join_requests, membership
from chat.domain.errors import ChatError
from chat.models import Departure


@pytest.fixture(params=["public", "private"])
def place(request, cast):
    room = cast.open_room(f"Place {request.param}", request.param)
    membership.leave_room(cast.bob, room.pk)
    return room


def _bob_is_in(cast, room):
    return "bob" in cast.roles_in(room)


def _states():
    return dict(Departure.objects.values_list("user__handle", "state"))


def test_a_second_invitation_is_a_question(cast, place, ear):
    ear.listen(f"user:{{{cast.bob.pk}}}:events")
    assert membership.invite_member(cast.alice, place.pk, cast.bob.pk) is False
    assert (_bob_is_in(cast, place), _states()) == (False, {"bob": "asked"})
    question = {
        "room": place.pk, "name": place.name, "slug": place.slug, "kind": place.kind,
        "by": {"id": cast.alice.pk, "handle": "alice", "name": cast.alice.name},
    }  # fmt: skip
    assert [payload for _, name, payload in ear.heard() if name == "invited"] == [question]
    assert departures.questions_of([cast.bob.pk, cast.carol.pk]) == {cast.bob.pk: [question], cast.carol.pk: []}


def test_the_first_invitation_brings_at_once(cast, place):
    assert membership.invite_member(cast.alice, place.pk, cast.erin.pk) is True
    assert "erin" in cast.roles_in(place)


def test_nobody_asks_twice_or_goes_around_it(cast, place, ear):
    membership.invite_member(cast.alice, place.pk, cast.bob.pk)
    ear.listen(f"user:{{{cast.bob.pk}}}:events")
    assert membership.invite_member(cast.dora, place.pk, cast.bob.pk) is False
    assert membership.add_member(place.pk, cast.bob.pk, by=cast.sam.pk) is False
    membership.answer_invitation(cast.bob, place.pk, accept=False)
    for again in range(3):
        assert membership.invite_member(cast.alice, place.pk, cast.bob.pk) is False, again
    assert [payload for _, name, payload in ear.heard() if name == "invited"] == [{"room": place.pk, "answered": True}]
    assert (_bob_is_in(cast, place), _states()) == (False, {"bob": "declined"})
    assert departures.questions_of([cast.bob.pk]) == {cast.bob.pk: []}


def test_yes_brings_back_and_only_who_was_asked_can_say_it(cast, place):
    for person in (cast.bob, cast.carol):
        with pytest.raises(ChatError) as refused:
            membership.answer_invitation(person, place.pk, accept=True)
        assert refused.value.code == "not_found"
    membership.invite_member(cast.alice, place.pk, cast.bob.pk)
    membership.answer_invitation(cast.bob, place.pk, accept=True)
    assert (_bob_is_in(cast, place), _states()) == (True, {})


def test_coming_back_by_oneself_forgets_it(cast, place):
    membership.invite_member(cast.alice, place.pk, cast.bob.pk)
    membership.answer_invitation(cast.bob, place.pk, accept=False)
    if place.kind == "public":
        membership.join_room(cast.bob, place.pk)
    else:
        link = str(invitations.make_invitation(cast.alice, place.pk).link())
        invitations.accept_invitation(cast.bob, link.rstrip("/").rpartition("/")[2])
    assert (_bob_is_in(cast, place), _states()) == (True, {})


def test_who_asks_to_come_in_wants_to_be_there(cast):
    room = cast.open_room("Cellar", "private")
    room.takes_requests = True
    room.save()
    membership.leave_room(cast.bob, room.pk)
    join_requests.ask_to_join(cast.bob, room.slug)
    join_requests.answer_request(cast.alice, room.pk, cast.bob.pk, accept=True)
    assert (_bob_is_in(cast, room), _states()) == (True, {})


def test_a_hidden_direct_room_is_listed_again_by_its_next_message(cast, live, ear):
    room = cast.open_direct(cast.alice, cast.bob)
    seq = cast.say(cast.alice, "hello", "bob", room=room)
    ear.listen(f"user:{{{cast.bob.pk}}}:events")
    membership.hide_direct_room(cast.bob, room.pk)
    told = {"room": room.pk, "level": "all", "muted": False, "hidden": seq}
    assert ("notify", told) in [(name, payload) for _, name, payload in ear.heard()]
    assert cast.say(cast.alice, "are you there?", room=room) > seq
    membership.show_direct_room(cast.bob, room.pk)
    assert room.memberships.get(user=cast.bob).hidden == 0
    with pytest.raises(ChatError) as refused:
        membership.hide_direct_room(cast.bob, cast.room.pk)
    assert refused.value.code == "forbidden"
