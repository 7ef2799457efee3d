"""Who is here: true after coming, going away, a closed tab and a second tab."""

from tests.live.conftest import Connect, People


def _here(client, room: int) -> dict[int, str]:
    [state] = [state for state in client.call("sync", {"rooms": {}})["rooms"] if state["id"] == room]
    return {person["user"]: person["status"] for person in state["online"]}


def test_bob_comes_and_goes(connect: Connect, people: People, room_name: str) -> None:
    alice, bob = connect("alice"), connect("bob")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]

    bob.call("join", {"room": room})
    alice.hears("presence", room=room, user=people["bob"].id, status="active")
    assert _here(alice, room) == {people["alice"].id: "active", people["bob"].id: "active"}

    bob.call("status", {"status": "away"})
    alice.hears("presence", room=room, user=people["bob"].id, status="away")
    assert _here(alice, room)[people["bob"].id] == "away"

    bob.close()
    alice.hears("presence", room=room, user=people["bob"].id, status="offline")
    assert _here(alice, room) == {people["alice"].id: "active"}


def test_a_second_tab_changes_nothing_until_both_are_closed(connect: Connect, people: People, room_name: str) -> None:
    alice, tab = connect("alice"), connect("bob")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    tab.call("join", {"room": room})
    alice.hears("presence", room=room, user=people["bob"].id, status="active")

    other_tab = connect("bob")
    other_tab.call("status", {"status": "away"})
    tab.close()
    alice.hears("presence", room=room, user=people["bob"].id, status="away")
    other_tab.close()
    alice.hears("presence", room=room, user=people["bob"].id, status="offline")

    told = [payload["status"] for payload in alice.heard("presence", room=room, user=people["bob"].id)]
    assert told == ["active", "away", "offline"]


def test_a_cut_cable_is_noticed(connect: Connect, people: People, room_name: str) -> None:
    alice, bob = connect("alice"), connect("bob")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    bob.call("join", {"room": room})
    alice.hears("presence", room=room, user=people["bob"].id, status="active")

    bob.fall_silent()

    alice.hears("presence", seconds=20, room=room, user=people["bob"].id, status="offline")


def test_typing_is_told_to_the_others(connect: Connect, people: People, room_name: str) -> None:
    alice, bob = connect("alice"), connect("bob")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    bob.call("join", {"room": room})

    bob.call("typing", {"room": room})
    bob.call("typing", {"room": room})

    alice.hears("typing", room=room, user=people["bob"].id)
    alice.call("send", {"room": room, "client_id": "marks-time", "text": "x"})
    alice.hears("message", room=room)
    assert len(alice.heard("typing", room=room)) == 1


def test_who_types_again_after_sending_is_seen_to(connect: Connect, people: People, room_name: str) -> None:
    alice, bob = connect("alice"), connect("bob")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    bob.call("join", {"room": room})

    bob.call("typing", {"room": room})
    bob.call("send", {"room": room, "client_id": "typed-it-1", "text": "x"})
    bob.call("typing", {"room": room})

    assert alice.wait(lambda: len(alice.heard("typing", room=room)) == 2)


def test_what_one_device_reads_the_other_knows(connect: Connect, room_name: str) -> None:
    alice, desk, phone = connect("alice"), connect("bob"), connect("bob")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    desk.call("join", {"room": room})
    phone.hears("room", id=room)
    for number in range(3):
        alice.call("send", {"room": room, "client_id": f"to-be-read-{number}", "text": "x"})

    assert desk.call("read", {"room": room, "seq": 2})["ok"]

    phone.hears("read", room=room, seq=2)
    [state] = [state for state in phone.call("sync", {"rooms": {}})["rooms"] if state["id"] == room]
    assert (state["read"], state["unread"]) == (2, 1)
