"""Second thoughts: what was sent can be changed, taken back, answered and reacted to, live on every screen."""

from functional_tests.browser import Browser
from functional_tests.conftest import OpenRoom
from functional_tests.pages.amending import Amending
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.waiting import wait_for


def test_an_edit_is_seen_at_once_and_by_who_was_away(room: OpenRoom, alice: Browser, bob: Browser) -> None:
    # Alice mistypes. From the empty box, the arrow leads to her last message; Bob sees the new words and a mark.
    opened = room("Second thoughts", "bob")
    hers, his = ChatRoom(alice, opened["slug"]), ChatRoom(bob, opened["slug"])
    hers.write("At fife")
    wait_for(his.timeline.texts, ["At fife"])
    Amending(alice).edit_the_last("At five")
    for browser in (alice, bob):
        wait_for(lambda: Amending(browser).look(1)[:2], ("At five", True))

    # Bob may not change her words, and is not asked to.
    assert not any(words.startswith("Edit") for words in Amending(bob).offers(1))
    assert any(words.startswith("Edit") for words in Amending(alice).offers(1))

    # He is away while she changes them again, and finds them when he is back.
    bob.close_tab()
    Amending(alice).edit_the_last("At six")
    wait_for(lambda: Amending(alice).look(1).text, "At six")
    ChatRoom(bob, opened["slug"])
    wait_for(lambda: Amending(bob).look(1)[:2], ("At six", True))

    # What she had begun to write is not disturbed by an edit that she leaves.
    hers.begin("And br")
    Amending(alice).press(1, "Edit")
    wait_for(lambda: alice.run("return document.querySelector('#write').value"), "At six")
    alice.press("#composer-context button")
    wait_for(lambda: alice.run("return document.querySelector('#write').value"), "And br")


def test_a_deletion_is_undone_with_its_reactions(room: OpenRoom, alice: Browser, bob: Browser) -> None:
    # Both react; each sees which of it is their own.
    opened = room("Reactions", "bob")
    hers, his = ChatRoom(alice, opened["slug"]), ChatRoom(bob, opened["slug"])
    hers.write("We are on air")
    wait_for(his.timeline.texts, ["We are on air"])
    Amending(bob).press(1, "React with thumbs up")
    wait_for(lambda: Amending(alice).look(1).reactions, ["thumbs up, 1, Bob"])
    Amending(alice).press_reaction(1, "👍")
    Amending(alice).react_otherwise(1, "party")
    wait_for(lambda: Amending(bob).look(1).reactions, ["thumbs up, 2, you and Alice", "party, 1, Alice"])
    assert (Amending(bob).look(1).mine, Amending(alice).look(1).mine) == (["👍"], ["👍", "🎉"])

    # She deletes the message. It is gone from both screens, with what was put on it.
    Amending(alice).choose(1, "Delete message")
    wait_for(lambda: Amending(bob).look(1).tombstone, "Deleted by its author.")
    assert Amending(bob).look(1)[:2] == ("", False)
    wait_for(lambda: Amending(alice).look(1).tombstone, "Deleted by you.")

    # She thinks again, and everything is back, to who reacted as well.
    alice.press_words("Undo", within="#toast")
    for browser, mine in ((alice, ["👍", "🎉"]), (bob, ["👍"])):
        wait_for(lambda: (Amending(browser).look(1).text, Amending(browser).look(1).mine), ("We are on air", mine))

    # A reaction is taken off as it was put on, and a page that comes again sees the same.
    Amending(bob).press_reaction(1, "👍")
    wait_for(lambda: Amending(alice).look(1).reactions, ["thumbs up, 1, you", "party, 1, you"])
    alice.reload()
    wait_for(lambda: Amending(alice).look(1).reactions, ["thumbs up, 1, you", "party, 1, you"])


def test_an_answer_shows_what_it_answers(room: OpenRoom, alice: Browser, bob: Browser) -> None:
    # Bob answers Alice's question, by the bar.
    opened = room("Answers", "bob")
    hers, his = ChatRoom(alice, opened["slug"]), ChatRoom(bob, opened["slug"])
    hers.write("Who has the **watch**?")
    wait_for(his.timeline.texts, ["Who has the watch?"])
    Amending(bob).press(1, "Reply")
    his.write("I have")
    wait_for(lambda: Amending(alice).look(2).reply_to, "Who has the watch?")

    # She deletes the question: the answer does not keep its words.
    Amending(alice).choose(1, "Delete message")
    wait_for(lambda: Amending(bob).look(2).reply_to, "This message was deleted.")


def test_a_finger_that_rests_on_a_message_has_the_same_choice(room: OpenRoom, alice: Browser, bob: Browser) -> None:
    opened = room("On the phone", "bob")
    hers = ChatRoom(alice, opened["slug"])
    hers.write("Oh no")
    bob.become_a_phone()
    his = ChatRoom(bob, opened["slug"])
    wait_for(his.timeline.texts, ["Oh no"])
    Amending(bob).long_press(1)
    bob.press("#message-sheet button[aria-label='React with heart']")
    wait_for(lambda: Amending(alice).look(1).reactions, ["heart, 1, Bob"])
    wait_for(lambda: not bob.sees("#message-sheet"))
    Amending(bob).long_press(1)
    assert bob.fits_the_width()
    Amending(bob).press_in_sheet("Reply")
    his.begin("Oh yes")
    his.press_send()
    wait_for(lambda: Amending(alice).look(2).reply_to, "Oh no")
