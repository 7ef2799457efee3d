"""How soon a purge of 5,000 messages is on everybody's screen, and whether everything agrees afterwards.

`python -m tests.faults.measure_purge --members 1000`: two servers, one room, every member connected. With `--writer` another
member goes on writing, so that messages are archived and leave the live log while they are purged.
"""

import argparse
import json
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from types import TracebackType
from typing import Self

import requests

from tests.faults.readers import Crowd
from tests.faults.scene import until
from tests.faults.world import World
from tests.support.wire_client import WireClient

MESSAGES = 5_000
# For so many at most: as the acts themselves, the waiting grows with the messages.
MOST_SECONDS, FOR_MESSAGES = 20.0, 5_000
# Sent before the answers are awaited.
AT_ONCE = 1_000
PAUSE_SECONDS = 0.05
WORD = "periwinkle"


class Writer:
    """A member who writes about twenty messages a second, each after the answer to the one before."""

    def __init__(self, client: WireClient, room: int) -> None:
        self.sent = 0
        self._client = client
        self._room = room
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over.wait(PAUSE_SECONDS):
            said = {"room": self._room, "client_id": f"other-{self.sent:06}", "text": f"tide {self.sent}"}
            assert self._client.call("send", said)["ok"]
            self.sent += 1


def main() -> None:
    """Print the seconds of each act, from its request and from its answer to the last screen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=1_000, help="connected, besides those who act")
    parser.add_argument("--messages", type=int, default=MESSAGES, help="purged and restored")
    parser.add_argument("--writer", action="store_true", help="another member writes meanwhile")
    asked = parser.parse_args()
    world = World(people=asked.members + 3, rooms=1, servers=2)
    try:
        _measure(world, asked.members, asked.messages, asked.writer)
    finally:
        world.close()


def _measure(world: World, members: int, messages: int, has_writer: bool) -> None:
    room = world.fresh_room()
    alice, mallory, bob = (WireClient(world.servers[n % 2].port, world.people[f"p{n:04}"].cookie) for n in range(3))
    _write(mallory, room, messages)
    _agree(world, room, mallory, messages, deleted=0)
    crowd = Crowd(world.servers, [world.people[f"p{n:04}"] for n in range(3, members + 3)])
    target = world.people["p0001"].id
    writer = Writer(bob, room)
    with ExitStack() as writing:
        if has_writer:
            writing.enter_context(writer)
        asked = {"room": room, "user": target, "reason": "spam"}
        purge = _timed("purge", crowd, messages, messages, lambda: _call(alice, "purge", asked, messages))
        _agree(world, room, mallory, messages, deleted=messages)
        back = {"room": room, "purge": purge["purge"]}
        _timed("restore", crowd, messages, 2 * messages, lambda: _call(alice, "unpurge", back, messages))
    _agree(world, room, mallory, messages, deleted=0)
    until(lambda: _count(world, "SELECT count(*) FROM chat_message") == messages + writer.sent, 60, "messages are missing")
    _check_log(world, purge["purge"], messages)
    print(f"members {members}, messages {messages:,} and {writer.sent:,} of a writer, connections lost {crowd.lost}")
    print("archive, search, history and log agree")
    crowd.close()
    for client in (alice, mallory, bob):
        client.close()


def _write(client: WireClient, room: int, messages: int) -> None:
    said = [{"room": room, "client_id": f"spam-{n:06}", "text": f"{WORD} {n}"} for n in range(messages)]
    for start in range(0, messages, AT_ONCE):
        sent = [client.send_raw(json.dumps(["send", request])) for request in said[start : start + AT_ONCE]]
        assert all(client.answer_to(packet)["ok"] for packet in sent)


def _call(client: WireClient, event: str, payload: dict, messages: int) -> dict:
    """As the client's own `call`, but with as much time as so many messages need."""
    return client.answer_to(client.send_raw(json.dumps([event, payload])), _most_seconds(messages))


def _most_seconds(messages: int) -> float:
    return MOST_SECONDS * max(1.0, messages / FOR_MESSAGES)


def _timed(name: str, crowd: Crowd, messages: int, rev: int, act: Callable[[], dict]) -> dict:
    crowd.expect(b'"rev":%d,' % rev)
    began = time.monotonic()
    answer = act()
    answered = time.monotonic()
    assert (answer["ok"], answer["count"]) == (True, messages), answer
    seen = crowd.all_saw(_most_seconds(messages))
    print(f"{name}: on every screen {seen - began:.2f} s after the press, {max(0.0, seen - answered):.2f} s after its answer")
    return answer


def _agree(world: World, room: int, client: WireClient, messages: int, deleted: int) -> None:
    """Wait until the archive has it, and look whether search and history say the same."""
    seconds = 3 * _most_seconds(messages)
    until(
        lambda: _archived_as_deleted(world) == deleted and _archived(world) == messages,
        seconds,
        lambda: (_archived_as_deleted(world), _archived(world)),
    )
    oldest = client.call("history", {"room": room, "before": 101, "limit": 100})["messages"]
    assert [bool(message.get("deleted")) for message in oldest] == [deleted > 0] * 100
    until(lambda: bool(_found(world)) == (deleted == 0), seconds, "search differs")


def _archived(world: World) -> int:
    return _count(world, f"SELECT count(*) FROM chat_message WHERE text LIKE '{WORD}%'")


def _archived_as_deleted(world: World) -> int:
    return _count(world, "SELECT count(*) FROM chat_message WHERE deleted")


def _check_log(world: World, purge: int, messages: int) -> None:
    took = f"SELECT json_array_length(details, '$.seqs') FROM chat_moderationlog WHERE id = {purge} AND action = 'purge'"
    assert _count(world, took) == messages
    assert _count(world, "SELECT count(*) FROM chat_moderationlog WHERE action = 'unpurge'") == 1


def _count(world: World, query: str) -> int:
    with closing(sqlite3.connect(world.folder / "parley.sqlite3", timeout=20)) as database:
        return int(database.execute(query).fetchone()[0])


def _found(world: World) -> list[dict]:
    server, cookie = world.servers[0], world.people["p0000"].cookie
    found: list[dict] = requests.get(f"{server.url}/search/", {"q": WORD}, headers={"Cookie": cookie}, timeout=30).json()[
        "results"
    ]
    return found


if __name__ == "__main__":
    main()
