"""What the owner changes in the admin happens in front of everyone's eyes."""

from functional_tests.browser import Browser
from functional_tests.conftest import OpenRoom
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.person_admin import PersonAdmin
from functional_tests.pages.room_admin import RoomAdmin
from functional_tests.people import People
from functional_tests.servers import Server
from functional_tests.waiting import wait_for
from tests.support.stopwatch import Stopwatch

AT_ONCE = 3.0  # seconds, of a test that looks from outside
WITHIN_MS = 1_000  # by the pages' own clocks

# Both pages' clocks are the machine's. What Alice's page was redirected by is the answer to her act.
NOTE_WHEN_TOLD = """
const words = arguments[0];
const banner = document.getElementById("banner");
new MutationObserver(() => {
  if (banner.textContent.includes(words)) sessionStorage.toldAt ??= performance.timeOrigin + performance.now();
}).observe(banner, {subtree: true, childList: true, characterData: true});
"""
WHEN_ANSWERED = "return performance.timeOrigin + performance.getEntriesByType('navigation')[0].redirectEnd"


def test_a_room_is_renamed_and_locked(first_room: str, server: Server, room: OpenRoom, alice: Browser, bob: Browser) -> None:
    # Bob is in a room, and about to write something.
    opened = room("Workshop", "bob")
    his = ChatRoom(bob, opened["slug"])
    wait_for(his.is_open)
    his.begin("I was just going to say")

    # Alice gives the room a better name. It changes before his eyes: at the top, in the list, in the title.
    admin = RoomAdmin(alice, opened["name"])
    new_name = f"Boat yard{server.suffix}"
    admin.rename(new_name)
    admin.save()
    wait_for(his.name, new_name, AT_ONCE)
    wait_for(his.rooms.names, lambda names: new_name in names and opened["name"] not in names, AT_ONCE)
    wait_for(lambda: bob.title, lambda title: new_name in title, AT_ONCE)

    # She locks it. He is told, and keeps his words: only sending waits.
    admin.put_into_state("locked")
    admin.save()
    wait_for(his.why_closed, "This room is locked for now. You can still read.", AT_ONCE)
    bob.type("#write", ",")
    assert not bob.find("#send").is_enabled()

    # She opens it again. His words are still there, and he can send them.
    admin.put_into_state("open")
    admin.save()
    wait_for(his.is_open, seconds=AT_ONCE)
    his.write(" that I have the glue")
    wait_for(his.timeline.texts, ["I was just going to say, that I have the glue"])

    # It has a new address, too: whoever opens the page by it is in the same room.
    bob.reload()
    his = ChatRoom(bob)
    assert his.name() == new_name
    wait_for(his.timeline.texts, ["I was just going to say, that I have the glue"])


def test_an_archived_room_can_be_read(first_room: str, room: OpenRoom, alice: Browser, bob: Browser) -> None:
    # A room has done its work, and Alice puts it away.
    opened = room("Old plans", "bob")
    his = ChatRoom(bob, opened["slug"])
    his.write("That was that")
    wait_for(his.timeline.texts, ["That was that"])
    admin = RoomAdmin(alice, opened["name"])
    admin.put_into_state("archived")
    admin.save()

    # Bob can read it for ever, and is told why he cannot write.
    wait_for(his.why_closed, "This room is archived. Everything can be read.", AT_ONCE)
    assert his.timeline.texts() == ["That was that"]


def test_a_ban_from_the_admin_is_on_the_persons_page_at_once(
    first_room: str, room: OpenRoom, people: People, alice: Browser, bob: Browser
) -> None:
    # Bob floods a room. Alice has his screen in the admin before her.
    opened = room("Market", "bob")
    his = ChatRoom(bob, opened["slug"])
    his.write("Buy this")
    wait_for(his.timeline.texts, ["Buy this"])
    admin = PersonAdmin(alice, people["bob"].id)
    admin.prepare_ban(opened["name"], "1 hour", "sells things")

    # One press, and his page says why and until when, within a second of the answer to it.
    bob.run(NOTE_WHEN_TOLD, "sells things")
    watch = Stopwatch()
    admin.ban()
    wait_for(his.banner, lambda words: "You were removed" in words and "sells things" in words and "until" in words)
    assert "is banned" in admin.said()
    took = bob.run("return Number(sessionStorage.toldAt)") - alice.run(WHEN_ANSWERED)
    assert took <= WITHIN_MS + 1000 * watch.lacked()
    assert "sells things" in admin.sanctions_in_force()
