"""What a member wants to be told: kept in the record, the same on every device, nobody else's business."""

from tests.live.conftest import Connect, People


def _state(client, room):
    [state] = [state for state in client.call("sync", {"rooms": {}})["rooms"] if state["id"] == room]
    return state["level"], state["muted"]


def test_a_change_reaches_the_persons_other_devices_and_no_one_else(connect: Connect, people: People, room_name: str) -> None:
    alice, phone, bob = connect("alice"), connect("alice"), connect("bob")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]
    bob.call("join", {"room": room["id"]})
    alice.hears("member", room=room["id"], user=people["bob"].id)
    assert (room["level"], room["muted"]) == ("mentions", False)

    assert alice.call("notify", {"room": room["id"], "level": "all"})["ok"]
    assert phone.hears("notify", room=room["id"]) == {"room": room["id"], "level": "all", "muted": False, "hidden": 0}
    assert alice.call("notify", {"room": room["id"], "muted": True})["ok"]
    assert phone.hears("notify", room=room["id"], muted=True)["level"] == "all"

    assert _state(connect("alice"), room["id"]) == ("all", True)
    assert _state(bob, room["id"]) == ("mentions", False)
    alice.call("send", {"room": room["id"], "client_id": "after-that", "text": "x"})
    bob.hears("message", room=room["id"])
    assert not bob.heard("notify")
    # Of his own coming he may hear or not: his connection enters the room in the same moment.
    assert not bob.heard("member", room=room["id"], user=people["alice"].id)


def test_everything_written_to_one_person_is_told(connect: Connect, people: People) -> None:
    alice = connect("alice")
    direct = alice.call("create", {"kind": "direct", "members": [people["carol"].id]})["room"]
    assert (direct["level"], direct["muted"]) == ("all", False)


def test_only_a_member_says_what_to_be_told(connect: Connect, room_name: str) -> None:
    alice, mallory = connect("alice"), connect("mallory")
    public = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    private = alice.call("create", {"name": room_name, "kind": "private"})["room"]["id"]
    assert mallory.call("notify", {"room": public, "level": "all"})["error"]["code"] == "not_member"
    assert mallory.call("notify", {"room": private, "level": "all"})["error"]["code"] == "not_found"
    assert alice.call("notify", {"room": public, "level": "loud"})["error"]["code"] == "bad_request"
