"""Writing: people and emoji are offered, and who is named sees it."""

from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.pages.amending import Amending
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.writing import Offered, Writing
from functional_tests.people import People
from functional_tests.waiting import wait_for


def test_people_are_offered_and_see_that_they_are_meant(
    room: OpenRoom, people: People, alice: Browser, bob: Browser, connect: Connect
) -> None:
    opened = room("Handing over", "bob", "carol")
    hers, his = ChatRoom(alice, opened["slug"]), ChatRoom(bob, opened["slug"])
    writing = Writing(alice)

    # Alice begins a name. Who is here comes first, and the room itself last; the focus stays in the box.
    wait_for(lambda: hers.people.active(), lambda names: "Bob" in names)
    writing.type("Ask @")
    wait_for(writing.offered, Offered(["Bob", "Carol", "@room"], "Bob", True))
    writing.type(Keys.ARROW_DOWN)
    wait_for(writing.offered, Offered(["Bob", "Carol", "@room"], "Carol", True))
    writing.type("b")
    wait_for(writing.offered, Offered(["Bob"], "Bob", True))
    writing.type(Keys.ENTER)
    wait_for(writing.text, f"Ask @{people['bob'].handle} ")
    assert writing.offered().options == []

    # Escape closes the list and nothing else; the next Enter sends.
    writing.type("or @c" + Keys.ESCAPE)
    assert writing.offered().options == []
    writing.type(Keys.BACKSPACE * 2 + "soon" + Keys.ENTER)
    wait_for(his.timeline.texts, [f"Ask @{people['bob'].handle} or soon"])

    # Bob sees that he is meant, Alice does not; a name that nobody here bears is text, and so is one in code.
    wait_for(lambda: (his.timeline.names_me(1), hers.timeline.names_me(1)), (True, False))
    hers.write(f"`@{people['bob'].handle}` and @nobody-here")
    wait_for(lambda: len(his.timeline.texts()), 2)
    assert not his.timeline.names_me(2)
    assert his.timeline.named(2) == []
    assert hers.timeline.named(1) == [f"@{people['bob'].handle}"]
    connect("carol").call("leave", {"room": opened["id"]})


def test_emoji_have_names(room: OpenRoom, alice: Browser) -> None:
    hers = ChatRoom(alice, room("Party")["slug"])
    writing = Writing(alice)

    # Two letters after a colon are enough; a whole name between colons becomes its emoji at once.
    writing.type("Done :tad")
    wait_for(lambda: writing.offered().options, [":tada:"])
    writing.type(Keys.TAB)
    wait_for(writing.text, "Done 🎉 ")
    writing.type("and :+1:")
    wait_for(writing.text, "Done 🎉 and 👍")

    # The picker finds others by their names, and puts them where the caret is.
    writing.take_emoji("heart")
    wait_for(writing.text, "Done 🎉 and 👍❤️")
    writing.type(Keys.ENTER)
    wait_for(hers.timeline.texts, ["Done 🎉 and 👍❤️"])
    writing.format("bold")
    writing.type("late" + Keys.END + Keys.ENTER)
    wait_for(lambda: hers.timeline.texts()[-1], "late")


def test_an_answer_quotes_what_was_said_long_ago(room: OpenRoom, alice: Browser, connect: Connect) -> None:
    # Bob answers to something that is not on Alice's page any more. It is quoted, and one press leads there.
    opened = room("Old question", "bob")
    bob = connect("bob")
    send = {"room": opened["id"]}
    for number in range(1, 181):
        bob.call("send", send | {"client_id": f"question-{number:03}", "text": f"Question {number}?"})
    bob.call("send", send | {"client_id": "the-answer-1", "text": "Yes", "reply_to": 3})
    connect("alice").call("read", send | {"seq": 181})
    hers = ChatRoom(alice, opened["slug"])
    wait_for(lambda: Amending(alice).look(181).reply_to, "Question 3?")
    assert hers.timeline.messages()[0].seq > 4
    alice.press("#messages > li[data-seq='181'] .reply-to")
    wait_for(hers.timeline.at_hand, 3)
    assert alice.path.endswith("/3/")

    # It changes with what it quotes.
    bob.call("edit", {"room": opened["id"], "seq": 3, "text": "Which question?"})
    hers.timeline.go_to_the_present()
    wait_for(lambda: Amending(alice).look(181).reply_to, "Which question?")


def test_a_long_message_shows_its_beginning(room: OpenRoom, alice: Browser) -> None:
    hers = ChatRoom(alice, room("Long story")["slug"])
    alice.run("document.querySelector('#write').value = arguments[0]", "\n".join(f"Line {number}" for number in range(60)))
    hers.begin(" and the last" + Keys.ENTER)
    wait_for(lambda: hers.timeline.messages()[0].seq, 1)
    folded = hers.timeline.height_of(1)
    alice.press_words("Show all", within="#messages")
    wait_for(lambda: hers.timeline.height_of(1), lambda height: height > 2 * folded)
    alice.press_words("Show less", within="#messages")
    wait_for(lambda: hers.timeline.height_of(1), folded)


def test_enter_sends_or_starts_a_line_as_chosen(room: OpenRoom, alice: Browser) -> None:
    hers, writing = ChatRoom(alice, room("Lines")["slug"]), Writing(alice)
    assert (writing.enter_key(), writing.hint()) == ("send", "Enter to send, Shift+Enter for a new line")

    # She chooses that Enter starts a line. Ctrl+Enter sends, as it always does.
    alice.press(".me [data-opens='you']")
    alice.press("#you-enter")
    alice.press("#you [data-closes]")
    assert (writing.enter_key(), writing.hint()) == ("enter", "Ctrl+Enter to send, Enter for a new line")
    writing.type("one" + Keys.ENTER + "two")
    wait_for(writing.text, "one\ntwo")
    writing.press_together(Keys.CONTROL, Keys.ENTER)
    wait_for(lambda: hers.timeline.texts(), lambda texts: len(texts) == 1)
    wait_for(writing.text, "")

    # The choice holds after a reload, and can be taken back.
    alice.reload()
    ChatRoom(alice)
    assert writing.enter_key() == "enter"
    alice.press(".me [data-opens='you']")
    alice.press("#you-enter")
    alice.press("#you [data-closes]")
    writing.type("three" + Keys.ENTER)
    wait_for(lambda: len(hers.timeline.texts()), 2)


def test_undo_takes_back_the_help_and_then_the_typing(room: OpenRoom, people: People, alice: Browser) -> None:
    ChatRoom(alice, room("Undo", "bob")["slug"])
    writing = Writing(alice)

    def undo() -> str:
        writing.press_together(Keys.CONTROL, "z")
        return writing.text()

    # A completed name. What was typed after it goes first, and what was typed before it last.
    writing.type("Ask @bo")
    wait_for(lambda: writing.offered().options, ["Bob"])
    writing.type(Keys.ENTER)
    wait_for(writing.text, f"Ask @{people['bob'].handle} ")
    writing.type("now")
    wait_for(undo, f"Ask @{people['bob'].handle} ")
    assert undo() == "Ask @bo"
    wait_for(undo, "")

    # An emoji by its name: it does not come back while one undoes.
    writing.type("Done :tada:")
    wait_for(writing.text, "Done 🎉")
    assert undo() == "Done :tada:"
    wait_for(undo, "")

    # Bold letters, and the picker.
    writing.type("late")
    writing.press_together(Keys.CONTROL, "a")
    writing.press_together(Keys.CONTROL, "b")
    wait_for(writing.text, "**late**")
    assert undo() == "late"
    writing.type(Keys.END)
    writing.take_emoji("heart")
    wait_for(writing.text, "late❤️")
    assert undo() == "late"
    wait_for(undo, "")
