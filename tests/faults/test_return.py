"""A thousand people lose their connections and come back at once: row 16."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.client import ChatClient
from tests.faults.scene import until
from tests.faults.world import World
from tests.support.live_server import ROOT

PEOPLE = 1_000
PER_ROOM = 50
LONGEST_STALL_MS = 500


@pytest.fixture
def world(make_world) -> World:
    handles = [f"p{number:04}" for number in range(PEOPLE)]
    rooms = {f"room-{start}": handles[start : start + PER_ROOM] for start in range(0, PEOPLE, PER_ROOM)}
    return make_world(PEOPLE, rooms)


def test_row_16_a_thousand_people_drop_and_come_back_at_once(world: World) -> None:
    everyone: list[ChatClient] = []
    for start in range(0, PEOPLE, 100):
        everyone += world.connect(range(start, start + 100))
    rooms = {room: everyone[n * PER_ROOM : (n + 1) * PER_ROOM] for n, room in enumerate(world.rooms.values())}
    for room, there in rooms.items():
        there[0].send(room, "before")
    for room, there in rooms.items():
        world.settle(room, there)

    with _longest_wait(world) as waits:
        for client in everyone:
            world.stage.loop.call_soon_threadsafe(client._drop)
        for room, there in rooms.items():
            there[0].send(room, "written while away")
        until(lambda: all(client.is_live for client in everyone), 60, lambda: sum(client.is_live for client in everyone))
        for room, there in rooms.items():
            world.settle(room, there)
    for room, there in rooms.items():
        assert world.ledger.judge(room, world.history(room, there[0]).rows, dict(_views(room, there))).wrong == []
    assert waits[0] < LONGEST_STALL_MS


@contextmanager
def _longest_wait(world: World) -> Iterator[list[float]]:
    """Yield a list that holds, afterwards, the longest time in ms for which the server's loop stood still."""
    server, cookie = world.servers[0], world.people["witness"].cookie
    command = [sys.executable, "-m", "tests.faults.probe", str(server.port), cookie, server.url, str(server.pid)]
    waits: list[float] = []
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as probe:
        assert probe.stdout is not None
        assert probe.stdout.readline() == "ready\n"
        try:
            yield waits
            answer, _ = probe.communicate(timeout=20)
            waits.append(float(answer))
        finally:
            probe.kill()


def _views(room: int, there: list[ChatClient]):
    for client in there:
        yield client.person.handle, client.view(room)
