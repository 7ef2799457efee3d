"""How soon a purge of 5,000 messages is on everybody's screen, and whether everything agrees afterwards.

`python -m tests.faults.measure_purge --members 1000`: two servers, one room, every member connected.
"""

import argparse
import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing

import requests

from tests.faults.crowd import Crowd
from tests.faults.stage import until
from tests.faults.world import World
from tests.live.wire_client import WireClient

MESSAGES = 5_000
MOST_SECONDS = 20.0
WORD = "periwinkle"


def main() -> None:
    """Print the seconds of each act, from its request and from its answer to the last screen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=1_000, help="connected, besides the two who act")
    members = parser.parse_args().members
    world = World(people=members + 2, rooms=1, servers=2)
    try:
        _measure(world, members)
    finally:
        world.close()


def _measure(world: World, members: int) -> None:
    room = world.fresh_room()
    alice, mallory = (WireClient(world.servers[n].port, world.people[f"p{n:04}"].cookie) for n in (0, 1))
    _write(mallory, room)
    _agree(world, room, alice, deleted=0)
    crowd = Crowd(world.servers, [world.people[f"p{n:04}"] for n in range(2, members + 2)])
    target = world.people["p0001"].id
    purge = _timed("purge", crowd, MESSAGES, lambda: alice.call("purge", {"room": room, "user": target, "reason": "spam"}))
    _agree(world, room, alice, deleted=MESSAGES)
    back = {"room": room, "purge": purge["purge"]}
    _timed("restore", crowd, 2 * MESSAGES, lambda: alice.call("unpurge", back))
    _agree(world, room, alice, deleted=0)
    _check_log(world, purge["purge"])
    print(f"members {members}, connections lost {crowd.lost}; archive, search, history and log agree")
    crowd.close()
    for client in (alice, mallory):
        client.close()


def _write(client: WireClient, room: int) -> None:
    said = [{"room": room, "client_id": f"spam-{n:06}", "text": f"{WORD} {n}"} for n in range(MESSAGES)]
    sent = [client.send_raw(json.dumps(["send", request])) for request in said]
    assert all(client.answer_to(packet)["ok"] for packet in sent)


def _timed(name: str, crowd: Crowd, rev: int, act: Callable[[], dict]) -> dict:
    crowd.expect(b'"rev":%d,' % rev)
    began = time.monotonic()
    answer = act()
    answered = time.monotonic()
    assert (answer["ok"], answer["count"]) == (True, MESSAGES)
    seen = crowd.all_saw(MOST_SECONDS)
    print(f"{name}: on every screen {seen - began:.2f} s after the press, {max(0.0, seen - answered):.2f} s after its answer")
    return answer


def _agree(world: World, room: int, client: WireClient, deleted: int) -> None:
    """Wait until the archive has it, and look whether search and history say the same."""
    until(
        lambda: _archived_as_deleted(world) == deleted and _archived(world) == MESSAGES, 60, lambda: _archived_as_deleted(world)
    )
    newest = client.call("history", {"room": room, "limit": 100})["messages"]
    assert [bool(message.get("deleted")) for message in newest] == [deleted > 0] * 100
    until(lambda: bool(_found(world)) == (deleted == 0), 60, "search differs")


def _archived(world: World) -> int:
    return _count(world, "SELECT count(*) FROM chat_message WHERE text != ''")


def _archived_as_deleted(world: World) -> int:
    return _count(world, "SELECT count(*) FROM chat_message WHERE deleted")


def _check_log(world: World, purge: int) -> None:
    took = f"SELECT json_array_length(details, '$.seqs') FROM chat_moderationlog WHERE id = {purge} AND action = 'purge'"
    assert _count(world, took) == MESSAGES
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
