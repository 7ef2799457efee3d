"""Without a server: what was last read is there, what is written is kept, and who logged out left nothing."""

import pytest

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.servers import OwnServer
from functional_tests.waiting import wait_for

KEPT = """
const [words, done] = arguments;
indexedDB.databases().then((all) => {
  if (!all.some(({name}) => name === "parley last read")) return done(false);    // to open it would make it
  indexedDB.open("parley last read").onsuccess = ({target: {result: database}}) => {
    database.transaction("kept").objectStore("kept").getAll().onsuccess = ({target}) => {
      database.close();
      done(JSON.stringify(target.result).includes(words));
    };
  };
});
"""
WORKS = "navigator.serviceWorker.ready.then((found) => arguments[0](found.active.state === 'activated'))"


@pytest.fixture(scope="module")
def server(fresh_server: OwnServer) -> OwnServer:
    """What is stopped here is nothing that others use."""
    return fresh_server


def test_the_chat_opens_without_its_server(server: OwnServer, room: OpenRoom, connect: Connect, alice: Browser) -> None:
    # Alice reads what Bob says.
    opened = room("Harbour", "bob")
    bob = connect("bob")
    bob.call("sync", {"rooms": {}})
    assert bob.call("send", {"room": opened["id"], "client_id": "b" * 32, "text": "The tide is out"})["ok"]
    hers = ChatRoom(alice, opened["slug"])
    wait_for(hers.timeline.texts, ["The tide is out"])
    wait_for(lambda: alice.driver.execute_async_script(WORKS))
    wait_for(lambda: alice.driver.execute_async_script(KEPT, "The tide is out"))

    # The server goes, and she loads the page again: the room is there, and says since when it is not live.
    server.stop()
    alice.reload()
    wait_for(hers.timeline.texts, ["The tide is out"])
    assert hers.name() == opened["name"]
    wait_for(hers.line, lambda words: words.startswith("Last live at "))
    wait_for(hers.banner, lambda words: words.startswith("Offline. Last live at "))
    assert alice.text(".me__name") == "Alice"

    # What she writes waits, and goes out by itself when the server is back.
    hers.write("I saw it")
    wait_for(lambda: hers.timeline.messages()[-1].state, lambda words: words.startswith("Waiting for the connection"))
    server.start()
    wait_for(hers.line, "Live")
    wait_for(lambda: [(row.text, bool(row.seq)) for row in hers.timeline.messages()][1:], [("I saw it", True)])
    wait_for(hers.banner, "")

    # She logs out. Without the server, nobody finds anything of hers here.
    wait_for(lambda: alice.driver.execute_async_script(KEPT, "I saw it"))
    alice.reload()
    ChatRoom(alice).log_out()
    wait_for(lambda: alice.path.startswith("/accounts/login/"))
    wait_for(lambda: alice.driver.execute_async_script(KEPT, "tide") is False)
    server.stop()
    alice.open("/")
    wait_for(lambda: alice.sees("#nothing-kept"))
    assert "You are offline" in alice.text("#nothing-kept")
    assert "tide" not in alice.text("body")
    server.start()
