"""Rooms are opened, found, joined, kept private, and tell what is unread."""

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom, OpenWindow
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.directory import Directory
from functional_tests.pages.rooms_list import RoomsList
from functional_tests.people import People
from functional_tests.servers import Server
from functional_tests.waiting import wait_for


def test_a_public_room_is_found_and_joined_in_one_press(alice: Browser, bob: Browser, server: Server) -> None:
    # Alice opens a room in the directory, and is in it.
    name = f"Boat builders{server.suffix}"
    Directory(alice).open_new_room(name, topic="Planks and nails")
    wait_for(lambda: alice.path, lambda path: path.startswith("/rooms/boat-builders"))
    hers = ChatRoom(alice)
    assert hers.name() == name
    hers.write("Who has the glue?")
    wait_for(hers.timeline.texts, ["Who has the glue?"])

    # Bob looks for something with boats, by a word of its name in other letters.
    directory = Directory(bob)
    directory.look_for(f"BÓAT bui {server.suffix}")
    wait_for(directory.rooms, [name])

    # One press, and he is in: he reads what was said before he came, and Alice sees him.
    directory.join(name)
    wait_for(lambda: bob.path, hers.browser.path)
    his = ChatRoom(bob)
    wait_for(his.timeline.texts, ["Who has the glue?"])
    wait_for(hers.people.active, ["Alice", "Bob"])
    assert name in his.rooms.names()


def test_a_private_room_is_nobody_elses_business(alice: Browser, bob: Browser, people: People, server: Server) -> None:
    # Alice opens a private room.
    name = f"Surprise party{server.suffix}"
    Directory(alice).open_new_room(name, kind="private")
    wait_for(lambda: alice.path, lambda path: path.startswith("/rooms/surprise-party"))
    hers = ChatRoom(alice)
    hers.write("Not a word to Bob")
    wait_for(hers.timeline.texts, ["Not a word to Bob"])

    # Bob does not find it in the directory. Its very address answers him as one that never was.
    directory = Directory(bob)
    assert name not in directory.rooms()
    assert bob.status_of(hers.browser.path) == bob.status_of("/rooms/no-such-room/") == 404
    bob.open(hers.browser.path)
    assert bob.heading() == "There is nothing here"
    assert name not in bob.text("body")

    # Alice brings him in after all. It appears beside his other rooms, without a reload, and he reads everything.
    Directory(bob)
    hers.invite(people["bob"].handle)
    his_rooms = RoomsList(bob)
    his_rooms.open(name)
    his = ChatRoom(bob)
    wait_for(his.timeline.texts, ["Not a word to Bob"])
    wait_for(hers.people.active, ["Alice", "Bob"])


def test_weight_says_unread_and_saffron_says_you(window: OpenWindow, people: People, room: OpenRoom, connect: Connect) -> None:
    # Carol is in two rooms, and reads in one of them.
    carol = window(people["carol"])
    kitchen, garden = room("Kitchen", "carol"), room("Garden", "carol")
    hers = ChatRoom(carol, kitchen["slug"])
    light, calls = hers.rooms.weight(garden["name"]), hers.calls()
    assert hers.rooms.unread(garden["name"]) == ""

    # Alice writes in the other one: its name grows heavy there, and its number counts along. It is not for Carol yet.
    alice = connect("alice")
    for number, text in enumerate(("The roses are out", "Come and see"), 1):
        assert alice.call("send", {"room": garden["id"], "client_id": f"garden-{number}", "text": text})["ok"]
        wait_for(lambda: hers.rooms.unread(garden["name"]), str(number))
    assert hers.rooms.weight(garden["name"]) > light
    assert hers.rooms.unread(kitchen["name"]) == ""
    assert not hers.rooms.is_for_me(garden["name"])
    assert hers.calls() == calls

    # Now Alice calls her by name: the number turns saffron and says how often, and the title tells it from afar.
    text = f"Come and see, @{people['carol'].handle}!"
    assert alice.call("send", {"room": garden["id"], "client_id": "garden-3", "text": text})["ok"]
    wait_for(lambda: hers.rooms.is_for_me(garden["name"]))
    assert hers.rooms.unread(garden["name"]) == "1"
    wait_for(hers.calls, calls + 1)

    # She goes there. A line marks what is new; with that she has read it, and the weight goes.
    hers.rooms.open(garden["name"])
    wait_for(hers.timeline.texts, ["The roses are out", "Come and see", text])
    wait_for(hers.timeline.divider, lambda words: words.startswith("New since"))
    wait_for(lambda: hers.rooms.unread(garden["name"]), "")
    wait_for(hers.calls, calls)

    # What is read stays read, also if she looks away at once and opens the page again.
    hers.rooms.open(kitchen["name"])
    wait_for(lambda: hers.rooms.weight(garden["name"]), light)
    hers = ChatRoom(carol, kitchen["slug"])
    hers.write("I have seen them")
    wait_for(hers.timeline.texts, ["I have seen them"])
    assert hers.rooms.unread(garden["name"]) == ""
