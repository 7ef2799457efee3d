"""What is changed in Django admin is live in the chat at once."""

import re
import subprocess
import sys

import pytest
import requests

from tests.live.conftest import SignedIn, sign_in
from tests.support.live_server import ROOT, ServerProcess

AT_ONCE = 1.0
ROOMS = "/admin/chat/room/"
MEMBERS = "/admin/chat/membership/"


class AdminBrowser:
    """Somebody in the admin, by their session."""

    def __init__(self, server: ServerProcess, person: SignedIn) -> None:
        self._url = server.url
        self._headers = {"Cookie": person.cookie, "Origin": server.url}

    def post(self, path: str, form: dict[str, object]) -> None:
        """Send a form as its page would, and expect it to be taken."""
        page = requests.get(f"{self._url}{path}", headers=self._headers, timeout=10)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token, page.text
        headers = self._headers | {"Cookie": f"{self._headers['Cookie']}; csrftoken={page.cookies['csrftoken']}"}
        form = form | {"csrfmiddlewaretoken": token[1]}
        answer = requests.post(f"{self._url}{path}", form, headers=headers, timeout=10, allow_redirects=False)
        assert answer.status_code == 302, answer.text


@pytest.fixture(scope="module")
def admin(server: ServerProcess) -> AdminBrowser:
    ruth = sign_in(server, "ruth")["ruth"]
    code = f"from accounts.models import User; User.objects.filter(pk={ruth.id}).update(is_staff=True, is_superuser=True)"
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", code], cwd=ROOT, env=server.environment, check=True)
    return AdminBrowser(server, ruth)


@pytest.fixture
def room(connect, room_name):
    """A room of alice's, with bob in it."""
    alice, bob = connect("alice"), connect("bob")
    made = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    bob.call("join", {"room": made})
    return alice, bob, made


def test_a_locked_room_is_shown_as_locked_and_takes_nothing(admin, room):
    _, bob, room_id = room
    admin.post(ROOMS, {"action": "lock", "_selected_action": room_id})
    bob.hears("room", AT_ONCE, id=room_id, state="locked")
    refused = bob.call("send", {"room": room_id, "client_id": "after-lock", "text": "still?"})
    assert refused["error"]["code"] == "room_closed"
    admin.post(ROOMS, {"action": "unlock", "_selected_action": room_id})
    assert bob.call("send", {"room": room_id, "client_id": "after-lock", "text": "again"})["ok"]


def test_a_new_name_and_topic_are_on_every_screen(admin, room, room_name):
    alice, bob, room_id = room
    inline = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    facts = {"name": f"{room_name} renamed", "topic": "New", "state": "open", "slow_mode": 0}
    admin.post(f"{ROOMS}{room_id}/change/", facts | inline)
    for client in (alice, bob):
        client.hears("room", AT_ONCE, id=room_id, name=f"{room_name} renamed", topic="New")


def test_somebody_removed_is_told_and_writes_no_more(admin, room, people, server):
    alice, bob, room_id = room
    code = f"from chat.models import Membership; print(Membership.objects.get(room={room_id}, user={people['bob'].id}).pk)"
    shell = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    membership = subprocess.run(
        shell, cwd=ROOT, env=server.environment, check=True, capture_output=True, text=True
    ).stdout.strip()
    admin.post(f"{MEMBERS}{membership}/delete/", {"post": "yes"})
    bob.hears("removed", AT_ONCE, room=room_id, reason="An administrator took you out of this room.")
    alice.hears("member", AT_ONCE, room=room_id, user=people["bob"].id, role=None)
    assert not bob.call("send", {"room": room_id, "client_id": "after-removal", "text": "still?"})["ok"]


def test_somebody_added_is_in_at_once(admin, room, connect, people):
    _, _, room_id = room
    carol = connect("carol")
    assert not carol.call("send", {"room": room_id, "client_id": "before-it", "text": "hello?"})["ok"]
    admin.post(f"{MEMBERS}add/", {"room": room_id, "user": people["carol"].id, "role": "member"})
    assert carol.call("send", {"room": room_id, "client_id": "then-this", "text": "hello"})["ok"]
