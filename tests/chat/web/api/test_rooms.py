"""Public rooms to join, as the switcher lists them."""

from django.test import Client

from chat.models import Sanction


def names(browser, words: str) -> list[str]:
    return [found["name"] for found in browser.get("/search/rooms/", {"q": words}).json()["rooms"]]


def test_open_public_rooms_that_one_is_not_in_are_found(browser, room, alice, bob):
    room("sea mine", alice)
    room("sea cellar", bob, kind="private", takes_requests=True)
    room("sea past", bob, state="archived")
    room("sea direct", alice, bob, kind="direct", name="")
    shore, far = room("Sea shore", bob), room("far", bob, topic="at sea")
    assert names(browser, "SEA") == ["far", "Sea shore"]
    assert browser.get("/search/rooms/", {"q": "shore"}).json() == {
        "rooms": [{"id": shore.pk, "slug": shore.slug, "name": "Sea shore"}]
    }
    Sanction.objects.create(room=far, user=alice, kind=Sanction.Kind.BAN, reason="spam")
    assert names(browser, "sea") == ["Sea shore"]


def test_a_few_are_enough_and_strangers_see_none(browser, room, bob):
    for number in range(9):
        room(f"boat {number}", bob)
    assert names(browser, "boat") == [f"boat {number}" for number in range(5)]
    assert Client().get("/search/rooms/", {"q": "boat"}).status_code == 401
