"""Keyboards of others: who writes Chinese chooses words by Enter, and who writes Russian has "л" on the key of "k"."""

from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.keys_of_others import CONTROL, InputMethod, press_key
from functional_tests.pages.search import Search
from functional_tests.pages.switcher import Switcher
from functional_tests.pages.writing import Offered, Writing
from functional_tests.people import People
from functional_tests.waiting import wait_for


def test_keys_of_an_input_method_are_its_own(room: OpenRoom, people: People, alice: Browser, connect: Connect) -> None:
    opened = room("Input method", "bob")
    hers, writing, pinyin = ChatRoom(alice, opened["slug"]), Writing(alice), InputMethod(alice)

    # She composes a word, and chooses it by Enter: nothing is sent. The next Enter sends.
    writing.type("")
    pinyin.compose("nihao")
    pinyin.press("Enter", "Escape", "ArrowUp")
    pinyin.choose("你好")
    wait_for(writing.text, "你好")
    assert hers.timeline.texts() == []
    writing.type(Keys.ENTER)
    wait_for(hers.timeline.texts, ["你好"])

    # People are offered while she composes a name. Enter, Escape and arrows are still the input method's.
    writing.type("你好@")
    wait_for(lambda: writing.offered().options, ["Bob"])
    pinyin.compose("bo")
    pinyin.press("ArrowDown", "Tab", "Enter", "Escape")
    assert writing.text() == "你好@bo"
    pinyin.choose("bo")
    wait_for(writing.offered, Offered(["Bob"], "Bob", True))
    writing.type(Keys.ENTER)
    wait_for(writing.text, f"你好@{people['bob'].handle} ")
    writing.type(Keys.ENTER)
    wait_for(lambda: hers.timeline.messages()[-1].seq, 2)

    # While she edits, Escape gives up a candidate, and not the edit.
    writing.type(Keys.ARROW_UP)
    wait_for(lambda: alice.sees("#composer-context"))
    pinyin.compose("zaijian")
    pinyin.press("Escape", "ArrowUp")
    assert alice.sees("#composer-context")
    pinyin.choose("再见")
    wait_for(writing.text, f"你好@{people['bob'].handle}再见")
    writing.type(Keys.ENTER)
    wait_for(lambda: hers.timeline.texts()[1], f"你好@{people['bob'].handle}再见 edited")

    # Nor does she invite, jump or search by accident.
    alice.press("#people #invite-open")
    alice.type("#invite-who", "")
    pinyin.compose("carol")
    wait_for(lambda: alice.texts("#invite .finder__found button"))
    pinyin.press("Enter", "ArrowDown")
    pinyin.choose("carol")
    assert "joined" not in alice.text("#invite-said")
    alice.press("#invite [data-closes]")
    Switcher(alice)
    pinyin.compose("bob")
    wait_for(lambda: alice.texts("#jump-found [aria-selected='true']"))
    pinyin.press("Enter", "ArrowDown")
    pinyin.choose("bob")
    assert (hers.name(), alice.sees("#jump[open]")) == (opened["name"], True)
    alice.type("#jump-to", Keys.ESCAPE)


def test_other_fields_leave_an_input_method_its_keys(room: OpenRoom, alice: Browser) -> None:
    opened = room("Fields")
    ChatRoom(alice, opened["slug"])
    writing, pinyin = Writing(alice), InputMethod(alice)

    # The picker takes an emoji by Enter, but not by the one that chooses a candidate.
    alice.press("#write-emoji")
    wait_for(lambda: alice.run("return document.activeElement.id"), "emoji-search")
    pinyin.compose("tada")
    wait_for(lambda: alice.texts("#emoji-grid button"))
    pinyin.press("Enter", "ArrowDown", "Escape")
    assert (writing.text(), alice.run("return document.activeElement.id")) == ("", "emoji-search")
    pinyin.choose("tada")
    press_key(alice, "Enter", "Enter")
    wait_for(writing.text, "🎉")

    # The directory finds by what is composed, and stays where it is.
    alice.open("/rooms/")
    alice.press("#find-room")
    pinyin.compose(opened["name"])
    pinyin.press("Enter", "ArrowDown")
    pinyin.choose(opened["name"])
    wait_for(lambda: alice.texts("#directory > li h2 bdi"), [opened["name"]])
    assert alice.path.startswith("/rooms/?") or alice.path == "/rooms/"


def test_shortcuts_lie_where_their_letters_do_on_another_keyboard(room: OpenRoom, alice: Browser, connect: Connect) -> None:
    opened = room("Раскладка", "bob")
    bob = connect("bob")
    for number in (1, 2):
        bob.call("send", {"room": opened["id"], "client_id": f"layout-{number}", "text": f"Сообщение {number}"})
    hers, writing, search = ChatRoom(alice, opened["slug"]), Writing(alice), Search(alice)
    wait_for(lambda: len(hers.timeline.texts()), 2)

    # Russian: л is on K, к on R, и on B. The previous message, a reply to it, and bold letters.
    alice.run("document.activeElement.blur()")
    for _ in range(2):
        press_key(alice, "л", "KeyK")
    wait_for(lambda: alice.run("return document.activeElement.closest('li')?.dataset.seq"), "1")
    press_key(alice, "к", "KeyR")
    wait_for(lambda: alice.text("#composer-context"), lambda words: "Сообщение 1" in words)
    press_key(alice, "и", "KeyB", held=CONTROL)
    wait_for(writing.text, "****")
    writing.type("важно")
    press_key(alice, "Enter", "Enter", held=CONTROL)
    wait_for(hers.timeline.texts, lambda texts: texts[-1] == "важно")

    # Hebrew: ל is on K, and a slash on Q. Greek: κ is on K.
    press_key(alice, "ל", "KeyK", held=CONTROL)
    wait_for(lambda: alice.sees("#jump[open]"))
    alice.type("#jump-to", Keys.ESCAPE)
    wait_for(lambda: not alice.sees("#jump[open]"))
    press_key(alice, "κ", "KeyK", held=CONTROL)
    wait_for(lambda: alice.sees("#jump[open]"))
    alice.type("#jump-to", Keys.ESCAPE)
    wait_for(lambda: not alice.sees("#jump[open]"))
    wait_for(lambda: alice.run("return document.activeElement.id"), "write")
    alice.run("document.activeElement.blur()")
    press_key(alice, "/", "KeyQ")
    wait_for(search.is_open)
