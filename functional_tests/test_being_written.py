"""What is being written is nobody's yet, and still kept: in its room, over a reload, in every tab, and after a wrong key."""

from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.pages.amending import Amending
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.writing import Writing
from functional_tests.waiting import wait_for


def test_what_is_being_written_is_kept(room: OpenRoom, alice: Browser, connect: Connect) -> None:
    opened, other = room("Being written", "bob"), room("Elsewhere")
    bob = connect("bob")
    bob.call("send", {"room": opened["id"], "client_id": "being-written-1", "text": "Who comes?"})
    hers, writing = ChatRoom(alice, opened["slug"]), Writing(alice)
    hers.write("I do")
    wait_for(lambda: [message.seq for message in hers.timeline.messages()], [1, 2])

    # She edits, goes to another room, comes back, loads the page again: she is where she was.
    writing.type(Keys.ARROW_UP)
    wait_for(writing.text, "I do")
    writing.type(", with Carol")
    hers.rooms.open(other["name"])
    wait_for(writing.text, "")
    assert writing.context() == ""
    hers.rooms.open(opened["name"])
    wait_for(writing.text, "I do, with Carol")
    alice.reload()
    hers = ChatRoom(alice)
    wait_for(writing.text, "I do, with Carol")
    assert writing.context() == "Editing your message"

    # Escape was the wrong key: Ctrl+Z, or the button, brings it back.
    writing.type(Keys.ESCAPE)
    wait_for(writing.text, "")
    writing.press_together(Keys.CONTROL, "z")
    wait_for(writing.text, "I do, with Carol")
    writing.type(Keys.ESCAPE)
    alice.press_words("Undo", within="#toast")
    wait_for(writing.text, "I do, with Carol")

    # Another tab shows it, too, and saves it there. Here it is over then.
    first = alice.driver.current_window_handle
    alice.driver.switch_to.new_window("tab")
    second = alice.driver.current_window_handle
    ChatRoom(alice, opened["slug"])
    wait_for(writing.text, "I do, with Carol")
    writing.type(Keys.ENTER)
    wait_for(lambda: Amending(alice).look(2).text, "I do, with Carol")
    alice.driver.switch_to.window(first)
    wait_for(lambda: (writing.text(), writing.context()), ("", ""))

    # So it is with a new message: sent there, it is gone from the box here.
    writing.type("And a cake")
    alice.driver.switch_to.window(second)
    wait_for(writing.text, "And a cake")
    writing.type(Keys.ENTER)
    alice.driver.close()
    alice.driver.switch_to.window(first)
    wait_for(lambda: (writing.text(), hers.timeline.texts()[-1]), ("", "And a cake"))
    wait_for(lambda: hers.timeline.messages()[-1].seq, 3)  # what is still on its way cannot be edited

    # Editing to nothing offers to delete. The second Enter does.
    writing.type(Keys.ARROW_UP)
    wait_for(writing.text, "And a cake")
    writing.press_together(Keys.CONTROL, "a")
    writing.type(Keys.BACKSPACE + Keys.ENTER)
    wait_for(writing.context, lambda words: words.startswith("Delete this message?"))
    writing.type(Keys.ENTER)
    wait_for(lambda: Amending(alice).look(3).tombstone, "Deleted by you.")

    # A message is deleted by its room's moderator, or on another device, while she edits it. Her words are not lost.
    writing.type(Keys.ARROW_UP)
    wait_for(writing.text, "I do, with Carol")
    writing.type(" and a cake")
    assert connect("alice").call("delete", {"room": opened["id"], "seq": 2})["ok"]
    wait_for(writing.context, lambda words: words.startswith("This message was deleted."))
    alice.press_words("Use as a new message", within="#composer-context")
    writing.type(Keys.ENTER)
    wait_for(lambda: alice.texts("#messages .prose")[-1], "I do, with Carol and a cake")
