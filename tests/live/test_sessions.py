"""A live connection ends when the session it stands on ends, and cannot be taken up again."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
import requests

from tests.live.conftest import SignedIn, sign_in
from tests.support.live_server import ROOT, ServerProcess
from tests.support.wire_client import WireClient

CLOSED_WITHIN = 2.0


@pytest.fixture
def dora(server: ServerProcess) -> SignedIn:
    """Somebody whom no other test needs."""
    return sign_in(server, "dora")["dora"]


@pytest.fixture
def on(server: ServerProcess) -> Iterator[Callable[[SignedIn], WireClient]]:
    """Connect a device by its cookie, refused or not."""
    clients: list[WireClient] = []

    def connect(person: SignedIn) -> WireClient:
        clients.append(WireClient(server.port, person.cookie))
        return clients[-1]

    yield connect
    for client in clients:
        client.close()


def log_out(server: ServerProcess, person: SignedIn) -> None:
    address, headers = f"{server.url}/accounts/logout/", {"Cookie": person.cookie, "Origin": server.url}
    page = requests.get(address, headers=headers, timeout=10)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token
    headers["Cookie"] += f"; csrftoken={page.cookies['csrftoken']}"
    form = {"csrfmiddlewaretoken": token[1]}
    answer = requests.post(address, form, headers=headers, timeout=10, allow_redirects=False)
    assert answer.status_code == 302


def change_person(server: ServerProcess, person: SignedIn, change: str) -> None:
    """From another process, as the command line or a second server does."""
    code = f"from accounts.models import User; u = User.objects.get(pk={person.id}); {change}; u.save()"
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", code], cwd=ROOT, env=server.environment, check=True)


def test_log_out_closes_that_session_s_connections_and_no_other(server, dora, on):
    other_device = sign_in(server, "dora")["dora"]
    here, there = on(dora), on(other_device)
    log_out(server, dora)
    assert here.closed.wait(CLOSED_WITHIN)
    assert on(dora).refusal
    assert there.call("sync", {"rooms": {}})["ok"]


@pytest.mark.parametrize("change", ["u.set_password('another long one')", "u.is_active = False"])
def test_a_new_password_and_a_deactivation_close_them_all(server, dora, on, change):
    devices = [on(dora), on(sign_in(server, "dora")["dora"])]
    change_person(server, dora, change)
    for device in devices:
        assert device.closed.wait(CLOSED_WITHIN)
    assert on(dora).refusal
    change_person(server, dora, "u.is_active = True")
