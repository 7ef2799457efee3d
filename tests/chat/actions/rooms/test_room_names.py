"""No room takes a name that people would take for a public room's."""

import pytest

from chat.actions.rooms import creating
from chat.domain.errors import ChatError


def _refused(make):
    with pytest.raises(ChatError) as refused:
        make()
    return refused.value.code


@pytest.mark.parametrize("name", ["L\u043eunge", "L0unge", "Loun\ufe0fge", "lounge", "L o u n g e", "\U0001d40bounge"])
def test_mallory_cannot_open_a_second_lounge(cast, name):
    assert _refused(lambda: creating.create_room(cast.erin, name, "public")) == "conflict"


@pytest.mark.parametrize("name", ["L\u043eunge", "L0unge"])
def test_a_private_room_does_not_pass_for_the_public_one(cast, name):
    assert _refused(lambda: creating.create_room(cast.erin, name, "private")) == "conflict"


def test_a_room_is_not_renamed_to_look_like_another(cast):
    other = creating.create_room(cast.erin, "Garden", "public")
    assert _refused(lambda: creating.change_room(other.pk, name="L\u043eunge")) == "conflict"
    assert creating.change_room(other.pk, name="Garden house").name == "Garden house"
    assert creating.change_room(other.pk, name="garden house").name == "garden house"  # its own name is no other one's


def test_signs_tell_rooms_apart(cast):
    for name in ("C", "Cpp", "Lounge 2"):
        assert creating.create_room(cast.erin, name, "public").name == name


def test_what_private_rooms_are_called_is_nobodys_business(cast):
    creating.create_room(cast.alice, "Board", "private")
    assert creating.create_room(cast.erin, "B\u043eard", "private").name == "B\u043eard"
    assert creating.create_room(cast.erin, "Lounge", "private").name == "Lounge"  # as before: to the letter it may
