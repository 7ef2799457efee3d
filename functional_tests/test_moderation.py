"""Rooms that stay healthy: what is wrong is reported, somebody looks into it, and everyone concerned is told the truth."""

import pytest
from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom, OpenWindow
from functional_tests.pages.amending import Amending
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.directory import Directory
from functional_tests.pages.doors import Doors
from functional_tests.pages.moderating import Moderating
from functional_tests.pages.room_settings import RoomSettings
from functional_tests.people import People, bring_people
from functional_tests.servers import Server, behind_the_scenes
from functional_tests.waiting import wait_for

RUDE = "Cheap licences, no questions"
WAIT = "Slow mode. You can write again in"


def test_a_report_from_flag_to_answer(room: OpenRoom, connect: Connect, alice: Browser, bob: Browser) -> None:
    # Carol writes what nobody wants to read. Bob reports it, and is shown the copy that is kept and who will see it.
    opened = room("Reports", "bob", "carol")
    his = ChatRoom(bob, opened["slug"])
    ChatRoom(alice, opened["slug"])
    carol = connect("carol")
    carol.call("send", {"room": opened["id"], "client_id": "carol-says-1", "text": RUDE})
    wait_for(his.timeline.texts, [RUDE])
    Moderating(bob).report(1, "Abuse or threats", "In every room")
    assert "Carol does not." in bob.text("#report-who")
    assert RUDE in bob.text("#report-copy")
    Moderating(bob).send_report()

    # Alice sees it come in. She takes it on, which Bob sees, and reads the copy although Carol has changed her words.
    wait_for(Moderating(alice).reports_at_the_side, "Reports1, 1 open")
    carol.call("edit", {"room": opened["id"], "seq": 1, "text": "Good morning"})
    wait_for(lambda: Amending(alice).look(1).text, "Good morning")
    Moderating(alice).open_reports()
    wait_for(lambda: [RUDE in words for words in Moderating(alice).reports()], [True])
    assert "Reported by Bob" in Moderating(alice).reports()[0]
    Moderating(alice).press_in_report("claim")
    Moderating(bob).open_reports()
    wait_for(lambda: ["Claimed by a moderator" in words for words in Moderating(bob).reports()], [True])
    bob.press("#reports [data-closes]")

    # She deletes the message from there, resolves the report, and answers.
    Moderating(alice).press_in_report("delete")
    Moderating(alice).delete("spam")
    wait_for(lambda: Amending(bob).look(1).tombstone, "Deleted by Alice, owner.")
    Moderating(alice).resolve("Deleted", "Thank you, it is gone.")
    wait_for(Moderating(alice).reports, [])
    wait_for(Moderating(alice).reports_at_the_side, "Reports")

    # Bob is told, reads the answer, and it counts as read. Carol has heard nothing of who reported her.
    wait_for(Moderating(bob).reports_at_the_side, "Reports1, 1 answered")
    bob.press_words("Read it", within="#toast")
    wait_for(lambda: ["Thank you, it is gone." in words for words in Moderating(bob).reports()], [True])
    wait_for(Moderating(bob).reports_at_the_side, "Reports")
    assert carol.heard("report") == []

    # What was deleted can still be read by who answers for it, and by nobody else.
    alice.press("#reports [data-closes]")
    alice.press_words("Show original", within="#messages")
    wait_for(lambda: alice.text(".deleted-text"), "Good morning")
    assert not bob.sees("[data-key='show']")


def test_a_mute_in_the_middle_of_a_conversation(
    room: OpenRoom, people: People, connect: Connect, alice: Browser, bob: Browser
) -> None:
    # Bob floods the room and is about to go on. Alice mutes him and takes what he wrote from every screen, in one act.
    opened = room("Mutes", "bob")
    hers, his = ChatRoom(alice, opened["slug"]), ChatRoom(bob, opened["slug"])
    for text in ("Cheap", "Cheaper"):
        his.write(text)
    wait_for(hers.timeline.texts, ["Cheap", "Cheaper"])
    his.begin("Cheapest")
    by_alice = Moderating(alice)
    by_alice.open_for_author_of(1, "Bob")
    by_alice.choose("span", "all")
    by_alice.choose("length", "1 day")
    wait_for(
        by_alice.says_it_will, lambda words: words.startswith("Mute until tomorrow") and words.endswith("purge everything")
    )
    by_alice.do("spam")

    # He is told why and until when; she sees it beside his name, and he does not.
    wait_for(his.banner, lambda words: words.startswith("You are muted here until tomorrow") and "spam" in words)
    assert "muted here until tomorrow" in his.why_closed()
    wait_for(lambda: by_alice.tags(people["bob"].id), lambda tags: tags and tags[0].startswith("Muted until tomorrow"))
    assert Moderating(bob).tags(people["bob"].id) == []
    for seq in (1, 2):
        wait_for(lambda: Amending(bob).look(seq).tombstone, "Deleted by Alice, owner.")

    # She thinks again about the messages, and then about the rest. What he had begun is where he left it.
    alice.press_words("Undo the purge", within="#toast")
    wait_for(his.timeline.texts, ["Cheap", "Cheaper"])
    by_alice.open_for_author_of(1, "Bob")
    wait_for(by_alice.now, lambda words: "by Alice: spam" in words)
    alice.press("#moderate-lift")
    wait_for(his.is_open)
    wait_for(lambda: by_alice.now() == "" and by_alice.tags(people["bob"].id) == [])
    assert bob.run("return document.querySelector('#write').value") == "Cheapest"
    alice.press("#moderate [data-closes]")

    # A short mute ends by itself, on both screens, with nobody doing anything.
    closed, tags = "#composer-closed", f"#messages > li[data-author='{people['bob'].id}'] .tag--yours"
    bob.note(closed)
    alice.note(tags)
    mute = {"room": opened["id"], "action": "mute", "user": people["bob"].id, "seconds": 4, "reason": "breathe"}
    assert connect("alice").call("moderate", mute)["ok"]
    wait_for(lambda: bob.noted(closed) and alice.noted(tags))
    wait_for(his.is_open)
    wait_for(lambda: by_alice.tags(people["bob"].id), [])
    assert his.banner() == ""


def test_moderation_by_keyboard_alone(room: OpenRoom, people: People, connect: Connect, alice: Browser, bob: Browser) -> None:
    # Alice goes to Bob's message and presses M. The focus is in the dialog, and cannot get out of it.
    opened = room("Keys", "bob")
    hers, his = ChatRoom(alice, opened["slug"]), ChatRoom(bob, opened["slug"])
    his.write("Cheap")
    wait_for(hers.timeline.texts, ["Cheap"])
    hers.timeline.press_key("k")
    wait_for(hers.timeline.at_hand, 1)
    hers.timeline.press_key("m")
    wait_for(lambda: _focus(alice), "moderate-name")

    # Without a reason nothing is done, and the field that lacks one has the focus.
    _press(alice, Keys.TAB * 2 + Keys.ARROW_RIGHT * 2)
    wait_for(Moderating(alice).says_it_will, lambda words: words.startswith("Ban until"))
    _press(alice, Keys.TAB + Keys.ARROW_LEFT + Keys.ENTER)
    wait_for(lambda: _focus(alice), "moderate-reason")
    assert "Add a reason" in alice.text("#moderate-error")

    # With one, Bob is out, and his page says why and until when. Alice is back where she was.
    _press(alice, "spam" + Keys.ENTER)
    wait_for(lambda: not alice.sees("#moderate"))
    wait_for(hers.timeline.at_hand, 1)
    wait_for(lambda: bob.text("#banner"), lambda words: "You were removed" in words and "spam" in words and "until" in words)

    # In the list of people the key does the same for who has the focus, and Escape leaves without a trace.
    assert connect("alice").call("invite", {"room": opened["id"], "user": people["carol"].id})["ok"]
    carol = f"#people [data-user-id='{people['carol'].id}']"
    wait_for(lambda: alice.run("document.querySelector(arguments[0]).focus()", carol) or _has_focus(alice, carol))
    _press(alice, "m")
    wait_for(lambda: alice.text("#moderate-name") == "Carol" and _focus(alice) == "moderate-name")
    _press(alice, Keys.ESCAPE)
    wait_for(lambda: _has_focus(alice, carol))

    # Who may not moderate reports by the same key, and Escape leaves it without a trace.
    his = ChatRoom(bob, room("Other keys", "bob")["slug"])
    hers = ChatRoom(alice, his.browser.path.split("/")[2])
    hers.write("Tea?")
    wait_for(his.timeline.texts, ["Tea?"])
    his.timeline.press_key("k")
    his.timeline.press_key("m")
    wait_for(lambda: _focus(bob), "report-title")
    _press(bob, Keys.ESCAPE)
    wait_for(his.timeline.at_hand, 1)


def test_a_room_is_calmed_and_a_ban_is_lifted(
    room: OpenRoom, people: People, connect: Connect, alice: Browser, bob: Browser
) -> None:
    # Alice slows the room down. Bob writes once, is told for how long he has to wait, and may then go on where he was.
    opened = room("Calm", "bob", "carol")
    his = ChatRoom(bob, opened["slug"])
    ChatRoom(alice, opened["slug"])
    settings = RoomSettings(alice)
    settings.open()
    settings.slow_down(5)
    settings.save()
    wait_for(lambda: alice.run("return document.activeElement.id"), "room-more")
    bob.note("#composer-closed")
    his.write("First")
    wait_for(lambda: bob.noted("#composer-closed"), lambda noted: any(words.startswith(WAIT) for words in noted))
    wait_for(his.is_open)
    his.begin("Second")

    # She closes it for all but moderators: he reads so where he would write, and she above the messages.
    settings.open()
    settings.let_write("announcement")
    settings.save()
    wait_for(his.why_closed, "Only moderators can write in this room.")
    wait_for(ChatRoom(alice).banner, "Announcements. Only moderators can write in this room.")

    # Carol, who was banned, is in no list but that of the settings, and is let in again from there.
    ban = {"room": opened["id"], "action": "ban", "user": people["carol"].id, "reason": "spam"}
    assert connect("alice").call("moderate", ban)["ok"]
    settings.open()
    wait_for(settings.held, lambda held: len(held) == 1 and held[0].startswith("CACarolBanned permanently by Alice: spam"))
    settings.lift("Carol")
    wait_for(settings.held, ["Nobody."])
    assert connect("carol").call("join", {"room": opened["id"]})["ok"]


def test_a_held_message_is_let_through_or_declined(
    server: Server, room: OpenRoom, people: People, alice: Browser, bob: Browser
) -> None:
    # Bob writes what the room's word list holds. His row says so, and nobody else sees it.
    opened = room("Held", "bob")
    behind_the_scenes(server, "hold_word", people["alice"].handle, opened["id"], "licences")
    hers, his = ChatRoom(alice, opened["slug"]), ChatRoom(bob, opened["slug"])
    for text in ("Where do I find the licences?", "Cheap licences"):
        his.write(text)
    wait_for(lambda: [message.state[:11] for message in his.timeline.messages()], ["Waiting for"] * 2)
    assert hers.timeline.texts() == []

    # Alice lets one through, which comes to stand in the room, and declines the other; Bob can change it and try again.
    Moderating(alice).open_reports()
    wait_for(lambda: len(Moderating(alice).reports()), 2)
    alice.press("#reports-list > li:last-child [data-key='send']")
    wait_for(his.timeline.texts, ["Where do I find the licences?", "Cheap licences"])
    wait_for(lambda: len(Moderating(alice).reports()), 1)
    Moderating(alice).press_in_report("resolve")
    alice.type("#reports-list [name='answer']", "No advertising")
    alice.press_words("Reject and answer", within="#reports-list")
    wait_for(lambda: his.timeline.messages()[-1].state, lambda state: state.endswith("No advertising"))
    wait_for(hers.timeline.texts, ["Where do I find the licences?"])
    bob.press_words("Change", within="#messages")
    wait_for(lambda: bob.run("return document.querySelector('#write').value"), "Cheap licences")
    assert his.timeline.texts() == ["Where do I find the licences?"]


@pytest.mark.usefixtures("first_room")
def test_a_ban_from_the_whole_site_is_read_at_once(
    server: Server, room: OpenRoom, connect: Connect, alice: Browser, window: OpenWindow
) -> None:
    # The server is Alice's. Erin writes in a room of hers what she has written everywhere, and is put out of all of it.
    opened, erin = room("Site"), bring_people(server, "erin")["erin"]
    assert connect("alice").call("invite", {"room": opened["id"], "user": erin.id})["ok"]
    erins = window(erin)
    hers = ChatRoom(alice, opened["slug"])
    ChatRoom(erins, opened["slug"]).write("Cheap licences")
    wait_for(hers.timeline.texts, ["Cheap licences"])
    by_alice = Moderating(alice)
    by_alice.open_for_author_of(1, "Erin")
    by_alice.choose("action", "ban")
    alice.press("#moderate-site")
    by_alice.do("the same in every room")

    # Her page says why and until when, without her doing anything.
    wait_for(erins.heading, "You are banned from this site")
    assert "the same in every room" in erins.text("body")


def _press(browser: Browser, keys: str) -> None:
    browser.driver.switch_to.active_element.send_keys(keys)


def _focus(browser: Browser) -> str:
    return str(browser.run("return document.activeElement.id"))


def _has_focus(browser: Browser, css: str) -> bool:
    return bool(browser.run("return document.activeElement.matches(arguments[0])", css))


def test_the_ways_into_a_private_room(
    room: OpenRoom, people: People, server: Server, connect: Connect, window: OpenWindow
) -> None:
    # Alice's room is private and bob moderates it. He lets people ask; Carol finds its name, and asks to be let in.
    opened = room("Cellar", "bob", kind="private")
    role = {"room": opened["id"], "user": people["bob"].id, "role": "moderator"}
    assert connect("alice").call("set_role", role)["ok"]
    first, second = window(people["bob"]), window(people["carol"])
    his = ChatRoom(first, opened["slug"])
    settings = RoomSettings(first)
    settings.open()
    Doors(first).let_people_ask()
    wait_for(lambda: first.run("return document.activeElement.id"), "room-more")
    Directory(second, opened["name"])
    Doors(second).ask(opened["name"], "I bring the wine")
    assert "You have requested to join" in second.text("#main")

    # He sees her come, reads her words and lets her in. Her page opens the room by itself, and she is live in it.
    wait_for(Doors(first).waiting_at_the_side, "Join requests1, 1 waiting")
    wait_for(Doors(first).requests, lambda found: len(found) == 1 and "I bring the wine" in found[0])
    Doors(first).let_in("Carol", "Come down")
    wait_for(Doors(first).waiting_at_the_side, "")
    first.press("#join-requests [data-closes]")
    wait_for(lambda: second.sees("#timeline"))
    hers = ChatRoom(second)
    his.write("Welcome")
    wait_for(hers.timeline.texts, ["Welcome"])

    # Alice makes a link for one. Dave comes in by it; for the next who tries it is not there any more.
    dave, frida = bring_people(server, "dave", "frida").values()
    first.sign_in(people["alice"])
    ChatRoom(first, opened["slug"])
    link = Doors(first).make_link("1 person")
    wait_for(Doors(first).links, lambda found: len(found) == 1 and found[0].startswith("Used by 0 of 1, until"))
    second.sign_in(dave)
    second.open(link)
    second.press_words("Join the room")
    wait_for(ChatRoom(second).timeline.texts, ["Welcome"])
    second.sign_in(frida)
    assert second.status_of(link) == 404
    second.open(link)
    assert second.heading() == "This invitation is no longer valid"
    second.errors()  # the browser complains of the 404 that was asked for
