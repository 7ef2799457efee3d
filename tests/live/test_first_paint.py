"""A room's page brings its newest messages along: they are there before the socket is open."""

import json
import re

import requests

from tests.live.conftest import Connect, People
from tests.support.live_server import ServerProcess

_PAGE = re.compile(r'<script id="page" type="application/json">(.*?)</script>', re.DOTALL)


def _brought_along(server: ServerProcess, cookie: str, slug: str) -> dict | None:
    page = requests.get(f"{server.url}/rooms/{slug}/", headers={"Cookie": cookie}, timeout=10)
    found = _PAGE.search(page.text)
    assert page.status_code == 200
    assert found
    return json.loads(found[1])["state"]


def test_a_member_s_page_is_what_sync_would_answer(
    server: ServerProcess, connect: Connect, people: People, room_name: str
) -> None:
    alice = connect("alice")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]
    for number, text in enumerate(("one", "two </script><script>alert(1)</script>", "three")):
        assert alice.call("send", {"room": room["id"], "client_id": f"message-{number}", "text": text})["ok"]
    assert alice.call("delete", {"room": room["id"], "seq": 3})["ok"]

    state = _brought_along(server, people["alice"].cookie, room["slug"])

    [synced] = [each for each in alice.call("sync", {"rooms": {}})["rooms"] if each["id"] == room["id"]]
    assert state
    assert state == synced
    assert [message["text"] for message in state["messages"]] == ["one", "two </script><script>alert(1)</script>", ""]


def test_who_is_not_in_the_room_gets_no_message_by_its_page(
    server: ServerProcess, connect: Connect, people: People, room_name: str
) -> None:
    alice = connect("alice")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]
    assert alice.call("send", {"room": room["id"], "client_id": "among-us", "text": "among us"})["ok"]
    assert _brought_along(server, people["carol"].cookie, room["slug"]) is None
