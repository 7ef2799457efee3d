"""Somebody signed in who keeps to no manners, but to the protocol."""

import json
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

import requests

from tests.support.live_server import ServerProcess
from tests.support.wire_client import Payload, WireClient

_numbers = count(1)


class Mallory:
    """Has a private room; `volley` sends without waiting in between."""

    def __init__(self, client: WireClient, server: ServerProcess, cookie: str, handle: str) -> None:
        self.client = client
        self.handle = handle
        self._server = server
        self._cookie = cookie
        self.room = self.make_room()

    def make_room(self) -> dict[str, Any]:
        answer = self.client.call("create", {"kind": "private", "name": f"lair {next(_numbers)}"})
        assert answer["ok"], answer
        room: dict[str, Any] = answer["room"]
        return room

    def volley(self, events: Iterable[tuple[str, Payload]]) -> list[Payload]:
        """Send events in one breath; return their answers."""
        sent = [self.client.send_raw(json.dumps([name, payload], ensure_ascii=False)) for name, payload in events]
        return [self.client.answer_to(packet_id) for packet_id in sent]

    def send(self, texts: Sequence[str], room: int | None = None) -> list[Payload]:
        """Send messages in one breath."""
        number = next(_numbers)
        return self.volley(
            ("send", {"room": room or self.room["id"], "client_id": f"volley-{number}-{index}", "text": text})
            for index, text in enumerate(texts)
        )

    def get(self, path: str, **parameters: str) -> requests.Response:
        return requests.get(self._server.url + path, parameters, headers={"Cookie": self._cookie}, timeout=60)


def codes(answers: Iterable[Payload]) -> list[str]:
    """Return "ok" or the error's code for each answer."""
    return ["ok" if answer["ok"] else answer["error"]["code"] for answer in answers]
