"""An account that is erased by command while its server runs: everybody who looks sees it at once."""

import json
import subprocess
import sys

import pytest
import requests

from tests.live.conftest import Connect, People, SignedIn, sign_in
from tests.support.live_server import ROOT, ServerProcess
from tests.support.wire_client import WireClient

TOOK_SECONDS = 120
SEEN_WITHIN = 1.0


@pytest.fixture
def dana(server: ServerProcess, people: People) -> SignedIn:
    """Somebody whom no other test needs; the others are signed in before her."""
    return sign_in(server, "dana")["dana"]


def erase(server: ServerProcess, handle: str) -> None:
    command = [sys.executable, "manage.py", "erase_person", handle]
    done = subprocess.run(
        command, cwd=ROOT, env=server.environment, capture_output=True, text=True, timeout=TOOK_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr


def test_dana_s_name_leaves_every_open_screen(
    server: ServerProcess, people: People, dana: SignedIn, connect: Connect, room_name: str
) -> None:
    bob = connect("bob")
    danas = WireClient(server.port, dana.cookie)
    room = danas.call("create", {"kind": "public", "name": room_name})["room"]["id"]
    assert bob.call("join", {"room": room})["ok"]
    for number in range(120):
        assert danas.call("send", {"room": room, "client_id": f"client-{number:06}", "text": f"dana says {number}"})["ok"]
    before = bob.call("sync", {"rooms": {}})["rooms"]
    at = {str(each["id"]): {part: each[part] for part in ("epoch", "seq", "rev")} for each in before if each["id"] == room}

    erase(server, "dana")
    assert danas.closed.wait(SEEN_WITHIN)
    # As the page does: a head that tells of more than it has makes it ask.
    bob.hears("head", SEEN_WITHIN, room=room, rev=at[str(room)]["rev"] + 1)
    [now] = [each for each in bob.call("sync", {"rooms": at})["rooms"] if each["id"] == room]
    older = bob.call("history", {"room": room, "before": 50, "limit": 50})["messages"]
    assert now["catch_up"] == "window"
    assert {message["author"]["name"] for message in [*now["messages"], *older]} == {"Deleted account"}
    assert [message["text"] for message in older] == [f"dana says {number}" for number in range(49)]
    assert now["role"] == "owner"
    found = requests.get(f"{server.url}/search/", {"q": "dana says"}, headers={"Cookie": people["bob"].cookie}, timeout=30)
    assert '"Dana"' not in json.dumps(found.json())
    again = WireClient(server.port, dana.cookie)
    assert again.refusal
    for client in (danas, again):
        client.close()
