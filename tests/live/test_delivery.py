"""How long messages take is measured where they are passed on."""

import time
from typing import Any

import redis

TOLD_SECONDS = 60  # it tells every ten; a busy machine may take longer


def test_each_process_tells_how_long_messages_took_to_it(server, connect, room_name):
    alice = connect("alice")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    with redis.Redis(unix_socket_path=str(server.data_dir / "redis.sock"), decode_responses=True) as client:
        before = _measured(client)
        for number in range(5):
            assert alice.call("send", {"room": room, "client_id": f"measured-{number}", "text": "hello"})["ok"]
        deadline = time.monotonic() + TOLD_SECONDS
        while _measured(client) < before + 5 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert _measured(client) >= before + 5


def _measured(client: Any) -> int:
    """Messages that were counted, however long they took."""
    days = [client.hgetall(day) for day in client.scan_iter("metrics:*")]
    return sum(int(count) for day in days for what, count in day.items() if not what.endswith("|gaps"))
