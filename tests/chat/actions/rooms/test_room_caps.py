"""M6: nobody is put into more rooms than there can be, and nobody owns more."""

import pytest

from chat.actions.rooms import creating, membership
from chat.domain.errors import ChatError, Code


@pytest.fixture(autouse=True)
def caps(settings):
    settings.CAPS, settings.MOST_OWN_ROOMS = {"joined_rooms": 3, "connections": 0}, 3


def refused(act):
    with pytest.raises(ChatError) as error:
        act()
    return error.value.code


def test_m6_nobody_is_brought_into_more_rooms_than_there_can_be(cast):
    mine = [creating.create_room(cast.erin, f"erin {number}", "public") for number in range(3)]
    assert refused(lambda: membership.join_room(cast.erin, cast.room.pk)) is Code.CONFLICT
    assert refused(lambda: membership.invite_member(cast.alice, cast.room.pk, cast.erin.pk)) is Code.CONFLICT
    assert refused(lambda: creating.open_direct_room(cast.alice, [cast.erin.pk])) is Code.CONFLICT
    membership.join_room(cast.erin, mine[0].pk)
    membership.leave_room(cast.erin, mine[0].pk)
    membership.join_room(cast.erin, cast.room.pk)


def test_nobody_owns_more_rooms_than_there_can_be(cast):
    for number in range(3):
        creating.create_room(cast.carol, f"carol {number}", "public")
    assert refused(lambda: creating.create_room(cast.carol, "one more", "private")) is Code.CONFLICT
