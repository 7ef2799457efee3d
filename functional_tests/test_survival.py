"""The power goes in the middle of a talk. Nobody loses a word that was acknowledged, and nobody has to do anything."""

import re
import threading

import pytest

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.servers import OwnServer
from functional_tests.waiting import wait_for
from tests.support.wire_client import WireClient

MANY = 100
LAST_LIVE = re.compile(r"Last live at \d\d?:\d\d:\d\d(\s[AP]M)?, (next try in \d+ s|trying now)")


@pytest.fixture(scope="module")
def server(fresh_server: OwnServer) -> OwnServer:
    return fresh_server


class Talker(threading.Thread):
    """Somebody who writes on and on, until there is no server any more."""

    def __init__(self, client: WireClient, room: int) -> None:
        super().__init__(daemon=True)
        self.acknowledged: list[str] = []
        self._client = client
        self._room = room

    def run(self) -> None:
        for number in range(10 * MANY):
            text = f"Word {number}"
            try:
                answer = self._client.call("send", {"room": self._room, "client_id": f"word-{number:05}", "text": text})
            except (AssertionError, OSError):
                return
            if answer["ok"]:
                self.acknowledged.append(text)


def test_the_power_goes_and_nothing_is_lost(
    server: OwnServer, room: OpenRoom, connect: Connect, alice: Browser, bob: Browser
) -> None:
    # Alice and Bob talk, while Carol writes without a pause.
    opened = room("Candle light", "bob", "carol")
    hers, his = ChatRoom(alice, opened["slug"]), ChatRoom(bob, opened["slug"])
    hers.write("Is it getting dark?")
    his.write("A little")
    wait_for(hers.timeline.said, ["Alice: Is it getting dark?", "Bob: A little"])
    carol = Talker(connect("carol"), opened["id"])
    carol.start()
    wait_for(lambda: len(carol.acknowledged), lambda count: count >= MANY)

    # In the middle of it the power goes: server and Redis are gone without a last word.
    server.lose_power()

    # Both pages say so: since when, and what they do about it. Nobody is said to be here who may not be.
    for page in (hers, his):
        wait_for(page.line, LAST_LIVE.fullmatch)
        wait_for(page.people.as_of, lambda words: words.startswith("As of "))

    # Alice and Bob go on writing into the dark. Their words are kept, and the rows say so.
    hers.write("Where are you?")
    hers.write("Hello?")
    his.write("Still here")
    for row in (-2, -1):
        wait_for(lambda: hers.timeline.messages()[row].state, lambda words: words.startswith("Waiting for the connection"))

    # The power comes back. They touch nothing.
    server.start()
    for page in (hers, his):
        wait_for(page.line, "Live")

    # What was written in the dark has arrived, once, and both see the same talk in the same order.
    for page in (hers, his):
        wait_for(page.timeline.texts, lambda texts: set(texts) >= {"Where are you?", "Hello?", "Still here"})
        wait_for(lambda: [row.seq for row in page.timeline.messages()], all)
    # Of a long talk each page shows the end, without a hole; how far back is up to the page.
    rows, other = hers.timeline.messages(), his.timeline.messages()
    both = slice(-min(len(rows), len(other)), None)
    assert [(row.seq, row.author, row.text) for row in other[both]] == [(row.seq, row.author, row.text) for row in rows[both]]
    assert [row.seq for row in rows] == list(range(rows[0].seq, rows[0].seq + len(rows)))
    texts = [row.text for row in rows]
    assert len(set(texts)) == len(texts)
    assert texts.index("Where are you?") < texts.index("Hello?")

    # Every word that Carol was promised is there, in her order. At most the one after it came through unacknowledged.
    carol.join()
    words = [row.text for row in rows if row.author == "Carol"]
    first = carol.acknowledged.index(words[0])
    promised = carol.acknowledged[first:]
    assert words[: len(promised)] == promised
    assert len(words) - len(promised) <= 1

    # And the talk goes on, also for who comes again.
    his.write("There is light again")
    wait_for(lambda: hers.timeline.texts()[-1], "There is light again")
    alice.reload()
    hers = ChatRoom(alice)
    wait_for(lambda: hers.timeline.texts()[-1], "There is light again")
    wait_for(hers.people.active, ["Alice", "Bob"])
