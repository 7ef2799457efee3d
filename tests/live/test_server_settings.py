"""A setting that an owner changes is live in every process, and costs a message no question to the database."""

import itertools
import subprocess
import sys
import time

from tests.live.conftest import sign_in
from tests.support.live_server import ROOT, ServerProcess
from tests.support.wire_client import ANSWER_SECONDS, WireClient

CHANGE = "from accounts.models import ServerSetting as S; S.objects.create(name='message_max_chars', value=10)"


def test_both_processes_hold_a_new_limit(pair: tuple[ServerProcess, ServerProcess]) -> None:
    people = sign_in(pair[0], "alice")
    clients = [WireClient(server.port, people["alice"].cookie) for server in pair]
    room = clients[0].call("create", {"name": "general", "kind": "public"})["room"]["id"]
    clients[1].hears("room", id=room)
    numbers = itertools.count()

    def refusal(client: WireClient) -> str | None:
        message = {"room": room, "client_id": f"number-{next(numbers):05}", "text": "eleven char"}
        return client.call("send", message).get("error", {}).get("code")

    assert [refusal(client) for client in clients] == [None, None]
    subprocess.run([sys.executable, "manage.py", "shell", "-c", CHANGE], cwd=ROOT, env=pair[0].environment, check=True)
    for client in clients:
        deadline = time.monotonic() + ANSWER_SECONDS
        while refusal(client) is None:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert refusal(client) == "too_long"
        client.close()
