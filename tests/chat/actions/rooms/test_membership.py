"""Coming in and going out: alice owns, bob is a member, carol is outside."""

import pytest

from accounts.models import User
from chat.actions.rooms import creating, membership, roles
from chat.domain.errors import ChatError
from chat.models import Membership


@pytest.fixture
def people(transactional_db):
    return {handle: User.objects.create_user(f"{handle}@example.org", handle) for handle in ("alice", "bob", "carol")}


@pytest.fixture
def alice(people):
    return people["alice"]


@pytest.fixture
def bob(people):
    return people["bob"]


@pytest.fixture
def carol(people):
    return people["carol"]


@pytest.fixture(params=["public", "private"])
def room(request, live, alice, bob):
    room = creating.create_room(alice, "Lounge", request.param)
    membership.invite_member(alice, room.pk, bob.pk)
    return room


def _roles(room):
    return dict(Membership.objects.filter(room=room).values_list("user__handle", "role"))


def _code(act, *args):
    with pytest.raises(ChatError) as refused:
        act(*args)
    return refused.value.code


def test_carol_joins_a_public_room_and_cannot_see_a_private_one(room, carol):
    if room.kind == "public":
        membership.join_room(carol, room.pk)
        membership.join_room(carol, room.pk)
        assert _roles(room) == {"alice": "owner", "bob": "member", "carol": "member"}
    else:
        assert _code(membership.join_room, carol, room.pk) == "not_found"
        assert _code(membership.invite_member, carol, room.pk, carol.pk) == "not_found"
        assert _code(membership.leave_room, carol, room.pk) == "not_found"


def test_bob_invites_into_public_rooms_only(room, bob, carol):
    if room.kind == "public":
        membership.invite_member(bob, room.pk, carol.pk)
        assert "carol" in _roles(room)
    else:
        assert _code(membership.invite_member, bob, room.pk, carol.pk) == "forbidden"


def test_nobody_invites_who_is_not_there_or_not_active(room, alice, carol):
    carol.is_active = False
    carol.save()
    assert _code(membership.invite_member, alice, room.pk, carol.pk) == "not_found"
    assert _code(membership.invite_member, alice, room.pk, 999_999) == "not_found"


def test_when_the_owner_leaves_the_longest_serving_moderator_follows(room, alice, bob, carol):
    membership.add_member(room.pk, carol.pk)
    roles.set_role(room.pk, carol.pk, "moderator")
    membership.leave_room(alice, room.pk)
    assert _roles(room) == {"bob": "member", "carol": "owner"}


def test_the_last_one_may_leave(room, alice, bob):
    membership.leave_room(bob, room.pk)
    membership.leave_room(alice, room.pk)
    assert _roles(room) == {}


def test_the_only_owner_cannot_step_down(room, alice, bob):
    assert _code(roles.set_role, room.pk, alice.pk, "member") == "forbidden"
    roles.set_role(room.pk, bob.pk, "owner")
    roles.set_role(room.pk, alice.pk, "member")
    assert _roles(room) == {"alice": "member", "bob": "owner"}


def test_newcomers_find_themselves_in_the_rooms_for_everyone(live, alice, carol):
    welcome = creating.create_room(alice, "Welcome", "public", newcomers_join=True)
    secret = creating.create_room(alice, "Secret", "private", newcomers_join=True)
    membership.join_newcomer_rooms(carol)
    assert set(_roles(welcome)) == {"alice", "carol"}
    assert set(_roles(secret)) == {"alice"}


def test_the_same_people_get_the_same_direct_room(live, alice, bob, carol):
    first = creating.open_direct_room(alice, [bob.pk])
    assert creating.open_direct_room(bob, [alice.pk, bob.pk]).pk == first.pk
    assert creating.open_direct_room(alice, [bob.pk, carol.pk]).pk != first.pk
    assert live.rooms.member_ids(first.pk) == {alice.pk, bob.pk}
    assert _code(membership.leave_room, alice, first.pk) == "forbidden"
    assert _code(membership.invite_member, alice, first.pk, carol.pk) == "forbidden"


def test_a_direct_room_is_for_two_to_nine(live, alice):
    assert _code(creating.open_direct_room, alice, []) == "bad_request"
    assert _code(creating.open_direct_room, alice, [alice.pk]) == "bad_request"
    assert _code(creating.open_direct_room, alice, range(1, 12)) == "bad_request"
    assert _code(creating.open_direct_room, alice, [999_999]) == "not_found"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "empty"),
        ({"name": "x" * 61}, "too_long"),
        ({"name": "C\u202e++"}, "bad_request"),
        ({"topic": "x" * 251}, "too_long"),
        ({"state": "ajar"}, "bad_request"),
        ({"slow_mode": -1}, "bad_request"),
        ({"slow_mode": 100_000}, "bad_request"),
        ({"name": "Taken"}, "conflict"),
    ],
)
def test_a_room_is_not_changed_into_nonsense(live, alice, changes, code):
    creating.create_room(alice, "Taken", "public")
    room = creating.create_room(alice, "Lounge", "public")
    with pytest.raises(ChatError) as refused:
        creating.change_room(room.pk, **changes)
    assert refused.value.code == code
    room.refresh_from_db()
    assert room.name == "Lounge"
    assert live.rooms.facts(room.pk).name == "Lounge"


def test_a_long_name_of_letters_that_grow_when_small_fits_its_address(live, alice):
    assert len(creating.create_room(alice, "\u0130" * 60, "public").slug) <= 70


def test_renaming_moves_a_public_rooms_address_but_not_a_private_ones(live, alice):
    public, private = (creating.create_room(alice, "Lounge", kind) for kind in ("public", "private"))
    assert creating.change_room(public.pk, name="Parlour").slug == "parlour"
    assert creating.change_room(private.pk, name="Parlour").slug == private.slug
    assert live.rooms.facts(public.pk).slug == "parlour"
