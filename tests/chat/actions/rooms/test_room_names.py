"""No room takes a name that people would take for a public room's."""

import json
from pathlib import Path

import pytest

from chat.actions.rooms import creating
from chat.domain.errors import ChatError
from chat.models import Room

NAMES = json.loads((Path(__file__).parents[3] / "rules/skeletons.json").read_text())


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


def test_names_of_rooms_are_told_apart_as_those_of_people_are(cast):
    creating.create_room(cast.alice, NAMES["taken"], "public")
    for name in NAMES["alike"]:
        assert _refused(lambda name=name: creating.create_room(cast.erin, name, "public")) == "conflict"
    for name in NAMES["different"][:4]:
        assert creating.create_room(cast.erin, name, "public").name == name


def test_a_room_is_not_renamed_to_look_like_another(cast):
    other = creating.create_room(cast.erin, "Garden", "public")
    assert _refused(lambda: creating.change_room(other.pk, name="L\u043eunge")) == "conflict"
    assert creating.change_room(other.pk, name="Garden house").name == "Garden house"
    assert creating.change_room(other.pk, name="garden house").name == "garden house"  # its own name is no other one's


def test_signs_tell_rooms_apart(cast):
    for name in ("C", "Cpp", "Lounge 2"):
        assert creating.create_room(cast.erin, name, "public").name == name


@pytest.mark.parametrize(
    ("names", "addresses"),
    [
        (("C++", "C#", "C"), ("c", "c-2", "c-3")),
        (("🎉 party", "party"), ("party", "party-2")),
        (("party", "party!"), ("party", "party-2")),
        (("🎉", "→", "!!!"), ("room", "room-2", "room-3")),
        (
            (
                "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
                "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            ),
            ("room", "room-2"),
        ),
        (("🇩🇪 chat", "🇫🇷 chat"), ("chat", "chat-2")),
        (("C-2", "C++", "C#"), ("c-2", "c", "c-3")),
        (("x" * 60, "x" * 59), ("x" * 56, "x" * 56 + "-2")),
    ],
)
def test_rooms_with_different_names_have_different_addresses(cast, names, addresses):
    assert tuple(creating.create_room(cast.erin, name, "public").slug for name in names) == addresses


@pytest.mark.parametrize("kind", ["public", "private"])
@pytest.mark.parametrize("name", ["\u3164", "\u115f", "\u2800", "\u200f", " "])
def test_a_room_needs_a_name_that_one_can_see(cast, name, kind):
    assert _refused(lambda: creating.create_room(cast.erin, name, kind)) == "empty"
    other = creating.create_room(cast.erin, "Garden", "public")
    assert _refused(lambda: creating.change_room(other.pk, name=name)) == "empty"


def test_a_room_keeps_its_address_while_it_suits_the_name(cast):
    creating.create_room(cast.erin, "C++", "public")
    sharp = creating.create_room(cast.erin, "C#", "public")
    assert creating.change_room(sharp.pk, name="C!").slug == "c-2"
    assert creating.change_room(sharp.pk, name="Rust").slug == "rust"
    hidden = creating.create_room(cast.erin, "Board", "private")
    assert creating.change_room(hidden.pk, name="Council").slug == hidden.slug


@pytest.fixture
def overtaken(monkeypatch):
    """The first look at names and addresses comes before another room is saved, whatever that room is called."""

    def stale(name, answer):
        real, looks = getattr(creating, name), iter([answer])
        monkeypatch.setattr(creating, name, lambda *asked: next(looks, None) or real(*asked))

    def by(rival):
        Room.objects.create(name=rival, slug="harbour", kind="public")
        stale("free_address", "harbour")
        stale("_refuse_lookalike", "nothing like it")

    return by


def test_of_two_rooms_that_get_one_name_at_once_one_is_refused(cast, overtaken):
    overtaken("Harbour")
    assert _refused(lambda: creating.create_room(cast.erin, "Harbour", "public")) == "conflict"
    assert Room.objects.filter(name="Harbour").count() == 1


def test_a_room_finds_another_address_when_its_own_was_just_taken(cast, overtaken):
    overtaken("Harbour!")
    assert creating.create_room(cast.erin, "Harbour", "public").slug == "harbour-2"


def test_what_private_rooms_are_called_is_nobodys_business(cast):
    creating.create_room(cast.alice, "Board", "private")
    assert creating.create_room(cast.erin, "B\u043eard", "private").name == "B\u043eard"
    assert creating.create_room(cast.erin, "Lounge", "private").name == "Lounge"  # as before: to the letter it may
