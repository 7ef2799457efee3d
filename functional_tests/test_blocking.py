"""Nobody has to hear from somebody whom they do not want to hear from, nor be where they do not want to be."""

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.pages.blocking import Blocking
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.people import People
from functional_tests.waiting import wait_for


def test_alice_blocks_carol_and_takes_it_back(room: OpenRoom, connect: Connect, alice: Browser, people: People) -> None:
    # Carol pesters alice in a room that both are in. Alice blocks her on her card: what she wrote is folded at once.
    opened = room("Peace", "carol")
    hers, blocking = ChatRoom(alice, opened["slug"]), Blocking(alice)
    carol = connect("carol")
    carol.call("send", {"room": opened["id"], "client_id": "carol-pesters-1", "text": "answer me"})
    wait_for(hers.timeline.texts, ["answer me"])
    blocking.press_on_card(1, "Block")
    wait_for(blocking.folded, ["Message from a blocked person"])
    calls = hers.calls()

    # Nothing of hers calls alice, and she cannot write to her alone; she can be read by a press.
    call = f"@{people['alice'].handle} hello?"
    assert carol.call("send", {"room": opened["id"], "client_id": "carol-pesters-2", "text": call})["ok"]
    wait_for(lambda: len(blocking.folded()), 2)
    assert hers.calls() == calls
    refused = carol.call("create", {"kind": "direct", "members": [people["alice"].id]})
    assert refused["error"]["message"] == "This person does not accept direct messages."
    blocking.unfold()
    wait_for(lambda: "answer me" in alice.text("#messages"))

    # It holds after a reload. In the dialog about herself she finds whom she blocks, and takes it back.
    alice.reload()
    wait_for(lambda: len(blocking.folded()), 2)
    assert blocking.blocked() == ["Carol"]
    blocking.unblock_in_list()
    wait_for(blocking.folded, [])
    assert alice.errors() == []


def test_bob_left_and_is_asked_before_he_is_back(room: OpenRoom, connect: Connect, alice: Browser, bob: Browser) -> None:
    # Bob has left alice's room. She invites him again: he is asked, at once and after a reload, and comes when he says so.
    opened = room("Garden", "bob")
    ChatRoom(alice, opened["slug"])
    his, answers = ChatRoom(bob, opened["slug"]), Blocking(bob)
    his_socket, her_socket = connect("bob"), connect("alice")
    me = his_socket.call("sync", {"rooms": {}})["me"]["id"]
    assert his_socket.call("leave", {"room": opened["id"]})["ok"]
    assert her_socket.call("invite", {"room": opened["id"], "user": me})["asked"]
    wait_for(answers.questions, [f"Alice invites you back to #{opened['name']}"])
    bob.reload()
    wait_for(answers.questions, [f"Alice invites you back to #{opened['name']}"])
    answers.answer("Join")
    wait_for(his.name, opened["name"])
    wait_for(answers.questions, [])


def test_a_conversation_is_hidden_until_its_next_message(
    room: OpenRoom, connect: Connect, alice: Browser, people: People
) -> None:
    # Bob wrote to alice, who wants the conversation out of her list. It comes back by itself when he writes again.
    opened = room("Desk", "bob")
    bob = connect("bob")
    talk = bob.call("create", {"kind": "direct", "members": [people["alice"].id]})["room"]
    assert bob.call("send", {"room": talk["id"], "client_id": "bob-writes-1", "text": "lunch?"})["ok"]
    page = ChatRoom(alice, talk["slug"])
    wait_for(page.timeline.texts, ["lunch?"])
    wait_for(lambda: "Bob" in page.rooms.names())
    alice.press("#room-more")
    alice.press("#hide-item")
    wait_for(lambda: "Bob" not in page.rooms.names())
    alice.open(f"/rooms/{opened['slug']}/")
    wait_for(page.line, "Live")
    assert "Bob" not in page.rooms.names()
    assert bob.call("send", {"room": talk["id"], "client_id": "bob-writes-2", "text": "tea?"})["ok"]
    wait_for(lambda: "Bob" in page.rooms.names())
