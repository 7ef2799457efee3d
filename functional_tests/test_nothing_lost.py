"""Whatever breaks between two people, both end with the same talk: nothing lost, nothing twice, and no reload by hand."""

import os
import signal
from collections.abc import Iterator

import pytest

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.killable_server import FrailServer
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.people import People
from functional_tests.waiting import wait_for

KEPT = "Waiting for the connection. Saved on this device."
COUNT_SENT = """
window.sent = [];
// Both ways out of the page: after a cut, socket.io may come back by long polling. A post holds several packets.
for (const way of [WebSocket, XMLHttpRequest]) {
  const send = way.prototype.send;
  way.prototype.send = function (frame) {
    for (const packet of String(frame ?? "").split("\\x1e"))
      if (packet.includes('["send",')) window.sent.push(JSON.parse(packet.slice(packet.indexOf("[")))[1].text);
    return send.call(this, frame);
  };
}
"""


@pytest.fixture(scope="module")
def frail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrailServer]:
    running = FrailServer(tmp_path_factory.mktemp("frail"))
    running.start()
    yield running
    running.stop()
    running.cable.close()


@pytest.fixture(autouse=True)
def mended(frail_server: FrailServer) -> Iterator[None]:
    """Leave the next story a network that works."""
    yield
    frail_server.cable.mend()


@pytest.fixture(scope="module")
def server(frail_server: FrailServer) -> FrailServer:
    """What happens here is nothing for a server that others use."""
    return frail_server


def test_what_is_written_offline_survives_a_reload(
    frail_server: FrailServer, people: People, room: OpenRoom, alice: Browser, bob: Browser
) -> None:
    # Alice and Bob talk. Then her connection goes.
    hers, his = _talk(room, alice, bob)
    frail_server.cable.cut(people["alice"].cookie)
    wait_for(hers.line, lambda words: words.startswith("Last live at "))

    # She writes three messages. Each says that it waits, and where it is kept.
    for text in ("One", "Two", "Three"):
        hers.write(text)
    wait_for(lambda: [row.state for row in hers.timeline.messages()[-3:]], [KEPT] * 3)

    # She begins a fourth and reloads the page. All is still there, the fourth where she was writing it.
    hers.begin("And f")
    alice.reload()
    wait_for(hers.timeline.texts, ["Hello", "Hi", "One", "Two", "Three"])
    wait_for(lambda: alice.run("return document.querySelector('#write').value"), "And f")
    assert his.timeline.texts() == ["Hello", "Hi"]

    # The connection is back: three rows, in order, once, and Bob sees the same.
    frail_server.cable.mend()
    _agree(hers, his, "Hello", "Hi", "One", "Two", "Three")
    his.write("There you are")
    _agree(hers, his, "Hello", "Hi", "One", "Two", "Three", "There you are")


def test_a_closed_tab_sends_nothing_and_loses_nothing(
    frail_server: FrailServer, people: People, room: OpenRoom, alice: Browser, bob: Browser
) -> None:
    # Alice writes without a connection and closes the tab.
    hers, his = _talk(room, alice, bob)
    slug = alice.path.split("/")[2]
    frail_server.cable.cut(people["alice"].cookie)
    wait_for(hers.line, lambda words: words.startswith("Last live at "))
    hers.write("Before I go")
    wait_for(lambda: hers.timeline.messages()[-1].state, bool)
    alice.close_tab()

    # Bob uses the same browser with his own account meanwhile: nothing of hers goes out as his.
    frail_server.cable.mend()
    alice.sign_in(people["bob"])
    borrowed = ChatRoom(alice, slug)
    wait_for(borrowed.timeline.texts, ["Hello", "Hi"])
    borrowed.write("On her computer")
    _agree(borrowed, his, "Hello", "Hi", "On her computer")

    # She comes back to it, and what she wrote goes out as hers.
    alice.close_tab()
    alice.sign_in(people["alice"])
    hers = ChatRoom(alice, slug)
    _agree(hers, his, "Hello", "Hi", "On her computer", "Before I go")
    assert his.timeline.messages()[-1].author == "Alice"


def test_a_message_can_be_taken_back_before_it_went(
    frail_server: FrailServer, people: People, room: OpenRoom, alice: Browser, bob: Browser
) -> None:
    # Offline, Alice writes two messages and discards both; one of them she wants back.
    hers, his = _talk(room, alice, bob)
    frail_server.cable.cut(people["alice"].cookie)
    wait_for(hers.line, lambda words: words.startswith("Last live at "))
    hers.write("Sorry")
    hers.write("Never mind")
    wait_for(lambda: all(row.state for row in hers.timeline.messages()[-2:]))
    alice.press("#messages > li:last-child [data-key='discard']")
    wait_for(hers.timeline.texts, ["Hello", "Hi", "Sorry"])
    alice.press("#messages > li:last-child [data-key='discard']")
    wait_for(hers.timeline.texts, ["Hello", "Hi"])
    alice.press_words("Undo", within="#toast")
    wait_for(hers.timeline.texts, ["Hello", "Hi", "Sorry"])

    # Only that one goes out.
    frail_server.cable.mend()
    _agree(hers, his, "Hello", "Hi", "Sorry")


def test_two_tabs_send_one_outbox_once(
    frail_server: FrailServer, people: People, room: OpenRoom, alice: Browser, bob: Browser
) -> None:
    # Alice has the room open in two tabs, and no connection.
    alice.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": COUNT_SENT})
    hers, his = _talk(room, alice, bob)
    slug = alice.path.split("/")[2]
    first = alice.driver.current_window_handle
    alice.driver.switch_to.new_window("tab")
    alice.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": COUNT_SENT})
    second = alice.driver.current_window_handle
    ChatRoom(alice, slug)
    frail_server.cable.cut(people["alice"].cookie)

    # What she writes in one shows in the other, in the order of writing.
    words = ["Left", "Right", "Left again"]
    for tab, text in zip((first, second, first), words, strict=True):
        alice.driver.switch_to.window(tab)
        wait_for(hers.line, lambda line: line.startswith("Last live at "))
        hers.write(text)
    for tab in (second, first):
        alice.driver.switch_to.window(tab)
        wait_for(hers.timeline.texts, ["Hello", "Hi", *words])

    # The connection is back: every message leaves once, from one tab or the other.
    frail_server.cable.mend()
    sent: list[set[str]] = []
    for tab in (first, second):
        alice.driver.switch_to.window(tab)
        _agree(hers, his, "Hello", "Hi", *words)
        sent.append(set(alice.run("return window.sent")))
    # A tab may send again what was not acknowledged in time, but never what the other one sends.
    assert sent[0] | sent[1] == {"Hello", *words}
    assert not sent[0] & sent[1]

    # The one that is closed leaves the other everything.
    alice.driver.switch_to.window(first)
    alice.driver.close()
    alice.driver.switch_to.window(second)
    hers.write("Alone")
    _agree(hers, his, "Hello", "Hi", *words, "Alone")


def test_the_server_is_killed_in_the_middle_of_a_talk(
    frail_server: FrailServer, room: OpenRoom, alice: Browser, bob: Browser
) -> None:
    # Both write in the moment in which the server dies.
    hers, his = _talk(room, alice, bob)
    hers.write("Can you")
    frail_server.kill()
    hers.write("hear me?")
    his.write("Hardly")
    for page in (hers, his):
        wait_for(page.line, lambda words: words.startswith("Last live at "))

    # It starts again, and they touch nothing.
    frail_server.start()
    _settle(hers, his)
    assert sorted(hers.timeline.texts()) == sorted(["Hello", "Hi", "Can you", "hear me?", "Hardly"])
    assert hers.timeline.texts().index("Can you") < hers.timeline.texts().index("hear me?")


def test_a_frozen_server_is_noticed_within_ten_seconds(
    frail_server: FrailServer, room: OpenRoom, alice: Browser, bob: Browser
) -> None:
    # The server stands still, and nobody closes a connection.
    hers, his = _talk(room, alice, bob)
    with frail_server.frozen():
        hers.write("Anybody?")
        wait_for(lambda: hers.timeline.messages()[-1].state, "Sending")
        wait_for(hers.line, lambda words: words.startswith("Last live at "), seconds=10)
        wait_for(lambda: hers.timeline.messages()[-1].state, lambda words: words.startswith("Waiting for the connection"))
    _agree(hers, his, "Hello", "Hi", "Anybody?")


def test_redis_stands_still_for_a_while(frail_server: FrailServer, room: OpenRoom, alice: Browser, bob: Browser) -> None:
    # Redis answers nobody. What is written is not said to be sent.
    alice.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": COUNT_SENT})
    hers, his = _talk(room, alice, bob)
    redis_pid = frail_server.freeze_redis()
    try:
        hers.write("Slow today")
        his.write("Very")
        for page in (hers, his):
            wait_for(lambda: page.timeline.messages()[-1].state, "Sending")
            wait_for(page.line, "Sending 1")
        # The answer does not come, and she sends it again under the same id.
        wait_for(lambda: alice.run("return window.sent")[:3], ["Hello", "Slow today", "Slow today"])
    finally:
        os.kill(redis_pid, signal.SIGCONT)
    _settle(hers, his)
    assert sorted(hers.timeline.texts()) == sorted(["Hello", "Hi", "Slow today", "Very"])


def test_redis_forgets_everything(frail_server: FrailServer, room: OpenRoom, alice: Browser, bob: Browser) -> None:
    # All live state is gone in one moment. The talk goes on as if nothing had been.
    hers, his = _talk(room, alice, bob)
    frail_server.flush_redis()
    hers.write("Did you notice?")
    his.write("Notice what?")
    for page in (hers, his):
        wait_for(lambda: sorted(page.timeline.texts()), sorted(["Hello", "Hi", "Did you notice?", "Notice what?"]))
    _settle(hers, his)


def test_redis_comes_back_with_its_file_torn(frail_server: FrailServer, room: OpenRoom, alice: Browser, bob: Browser) -> None:
    # Three acknowledged messages are torn off the end of the file.
    hers, his = _talk(room, alice, bob)
    for text in ("Kept one", "Kept two", "Kept three"):
        hers.write(text)
    _agree(hers, his, "Hello", "Hi", "Kept one", "Kept two", "Kept three")
    frail_server.tear_redis_log(before="Kept one")

    # What is said now is said in the restored room: who sees it has left the old one.
    his.write("Still here")
    _settle(hers, his)

    # The archive may have had the three. If not, alice's page still has them and brings them back, behind what was said
    # meanwhile. Either way they are on both screens once, in the same order.
    kept = ["Kept one", "Kept two", "Kept three"]
    for page in (hers, his):
        wait_for(page.timeline.texts, lambda texts: sorted(texts) == sorted(["Hello", "Hi", "Still here", *kept]))
        assert [text for text in page.timeline.texts() if text in kept] == kept
    _settle(hers, his)


def _talk(room: OpenRoom, alice: Browser, bob: Browser) -> tuple[ChatRoom, ChatRoom]:
    """Let both say a word, so that what follows is the middle of a talk."""
    opened = room("Storm", "bob")
    hers, his = ChatRoom(alice, opened["slug"]), ChatRoom(bob, opened["slug"])
    hers.write("Hello")
    wait_for(his.timeline.texts, ["Hello"])
    his.write("Hi")
    _agree(hers, his, "Hello", "Hi")
    return hers, his


def _agree(hers: ChatRoom, his: ChatRoom, *texts: str) -> None:
    """Wait until both see just these, all of them in the room."""
    for page in (hers, his):
        wait_for(page.timeline.texts, list(texts))
    _settle(hers, his)


def _settle(*pages: ChatRoom) -> None:
    """Wait until each is live with every row in the room, in order, and all see the same."""
    for page in pages:
        wait_for(page.line, "Live")
        wait_for(lambda: [row.seq for row in page.timeline.messages()], lambda seqs: all(seqs) and seqs == sorted(set(seqs)))
    first, *others = pages
    for other in others:
        wait_for(other.timeline.said, lambda said: said == first.timeline.said())


def test_a_proxy_that_swallows_websockets_keeps_nobody_out(
    frail_server: FrailServer, room: OpenRoom, alice: Browser, bob: Browser
) -> None:
    # Between Alice and the server stands a proxy that accepts WebSockets and carries nothing. She is live all the same.
    opened = room("Behind a proxy", "bob")
    his = ChatRoom(bob, opened["slug"])
    frail_server.cable.swallow_websockets()
    swallowed = frail_server.cable.swallowed
    hers = ChatRoom(alice, opened["slug"])
    assert frail_server.cable.swallowed > swallowed
    hers.write("Hello")
    _agree(hers, his, "Hello")
    his.write("Hi")
    _agree(hers, his, "Hello", "Hi")

    # Her next page does not wait for the proxy again, and takes a WebSocket when one answers.
    frail_server.cable.mend()
    alice.reload()
    hers = ChatRoom(alice)
    wait_for(lambda: alice.run("return sessionStorage.getItem('polling first')"), None)
    his.write("Back")
    _agree(hers, his, "Hello", "Hi", "Back")


def test_who_was_removed_while_offline_is_told(
    frail_server: FrailServer, people: People, room: OpenRoom, connect: Connect, alice: Browser, bob: Browser
) -> None:
    opened, other = room("Taken away", "bob"), room("Still there", "bob")
    his = ChatRoom(bob, opened["slug"])
    frail_server.cable.cut(people["bob"].cookie)
    wait_for(his.line, lambda words: words.startswith("Last live at "))
    kick = {"room": opened["id"], "action": "kick", "user": people["bob"].id, "reason": "finished"}
    assert connect("alice").call("moderate", kick)["ok"]
    frail_server.cable.mend()
    wait_for(his.banner, lambda words: words.startswith(f"You are no longer in #{opened['name']}."))
    assert opened["name"] not in his.rooms.names()
    assert other["name"] in his.rooms.names()


def test_the_people_of_a_room_opened_while_offline_come_with_the_connection(
    frail_server: FrailServer, people: People, room: OpenRoom, alice: Browser
) -> None:
    opened, other = room("Opened before", "bob"), room("Opened offline", "bob")
    hers = ChatRoom(alice, opened["slug"])
    wait_for(hers.line, "Live")
    alice.tell("Network.setBlockedURLs", urls=["*/members/*"])
    frail_server.cable.cut(people["alice"].cookie)
    wait_for(hers.line, lambda words: words.startswith("Last live at "))
    alice.press(f'#room-links a[href="/rooms/{other["slug"]}/"]')
    wait_for(hers.name, other["name"])
    alice.tell("Network.setBlockedURLs", urls=[])
    frail_server.cable.mend()
    wait_for(hers.people.everyone, ["Alice", "Bob"])
