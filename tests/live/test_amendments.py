"""Changes of messages, over the real wire; and the head that tells who has missed one."""

from tests.live.conftest import Connect, People


def _room_with_a_message(alice, bob, name):
    room = alice.call("create", {"name": name, "kind": "public"})["room"]["id"]
    assert bob.call("join", {"room": room})["ok"]
    seq = bob.call("send", {"room": room, "client_id": "to-be-changed", "text": "hello"})["seq"]
    return room, seq


def test_everyone_sees_an_edit_a_reaction_a_deletion_and_its_undoing(connect: Connect, people: People, room_name: str) -> None:
    alice, bob = connect("alice"), connect("bob")
    room, seq = _room_with_a_message(alice, bob, room_name)

    assert bob.call("edit", {"room": room, "seq": seq, "text": "hello, all"}) == {"ok": True, "rev": 1}
    assert alice.call("react", {"room": room, "seq": seq, "emoji": "👍", "on": True})["rev"] == 2
    assert alice.call("delete", {"room": room, "seq": seq})["rev"] == 3
    assert alice.call("restore", {"room": room, "seq": seq})["rev"] == 4

    for client in (alice, bob):
        client.hears("amended", room=room, rev=4)
        edited, reacted, deleted, restored = client.heard("amended", room=room)
        assert (edited["text"], edited["by"]) == ("hello, all", people["bob"].id)
        assert reacted["reactions"] == [{"emoji": "👍", "count": 1, "by": [people["alice"].id]}]
        assert deleted == {"room": room, "seq": seq, "rev": 3, "by": people["alice"].id, "deleted": True}
        assert restored["text"] == "hello, all"
        assert restored["reactions"] == reacted["reactions"]


def test_bob_comes_back_to_what_changed(connect: Connect, room_name: str) -> None:
    alice, bob = connect("alice"), connect("bob")
    room, seq = _room_with_a_message(alice, bob, room_name)
    epoch = bob.hears("message", room=room)["epoch"]
    bob.close()
    alice.call("react", {"room": room, "seq": seq, "emoji": "🎉", "on": True})
    alice.call("delete", {"room": room, "seq": seq})

    bob = connect("bob")
    states = bob.call("sync", {"rooms": {str(room): {"epoch": epoch, "seq": seq, "rev": 0}}})["rooms"]

    [state] = [state for state in states if state["id"] == room]
    assert (state["catch_up"], state["rev"], state["messages"]) == ("complete", 2, [])
    assert [(amendment["rev"], amendment["deleted"]) for amendment in state["amendments"]] == [(2, True)]
    [message] = bob.call("history", {"room": room})["messages"]
    assert (message["text"], message["deleted"]) == ("", True)


def test_a_burst_ends_in_one_head(connect: Connect, room_name: str) -> None:
    alice, bob = connect("alice"), connect("bob")
    room, seq = _room_with_a_message(alice, bob, room_name)
    for number in range(20):
        alice.call("send", {"room": room, "client_id": f"in-a-burst-{number}", "text": "x"})
    alice.call("react", {"room": room, "seq": seq, "emoji": "🎉", "on": True})

    head = bob.hears("head", room=room)

    assert (head["seq"], head["rev"]) == (seq + 20, 1)
    assert head["epoch"] == bob.heard("message", room=room)[0]["epoch"]
    alice.call("typing", {"room": room})
    bob.hears("typing", room=room)
    assert len(bob.heard("head", room=room)) == 1
