"""Networks and readers that fail without a word: rows 12, 13 and 14."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.client import ChatClient
from tests.faults.scene import until
from tests.faults.wire import Wire
from tests.faults.world import World
from tests.support.stopwatch import Stopwatch

OFFLINE_SECONDS = 20.0
PONG_SECONDS = 2.0
ESTABLISHED = "01"
FROZEN_SERVER_SECONDS = 12.0
SMALL_BUFFER = 65_536
LONG_TEXT = ("The quick brown fox jumps over the lazy dog. " * 160).strip()  # as it is stored


@pytest.fixture(scope="module")
def shared(make_world) -> World:
    return make_world(people=9, rooms=3)


@pytest.fixture
def world(shared: World) -> Iterator[World]:
    yield shared
    shared.disconnect()


def test_row_12_a_cable_is_pulled_and_nobody_says_goodbye(world: World) -> None:
    room = world.fresh_room()
    [alice] = world.connect([0])
    alice.keep_events = True
    cable = world.proxy(world.servers[0].port)
    [bob] = world.connect([1], through=cable)

    cable.silence()
    pulled = Stopwatch()
    for number in range(5):
        alice.send(room, f"while he was away {number}")
        bob.send(room, f"written without a network {number}")
    until(lambda: "silence" in bob.losses, FROZEN_SERVER_SECONDS)
    until(lambda: _is_offline(alice, room, bob.person.id), OFFLINE_SECONDS - pulled.seconds())
    assert alice.view(room).seq == 5
    cable.resume()

    assert world.judge(room, [alice, bob]).wrong == []
    assert len(bob.view(room).rows) == 10


def test_row_13_a_reader_never_reads_but_answers_every_ping(world: World) -> None:
    room = world.fresh_room()
    writers = world.connect(range(8))
    [deaf] = world.connect([8], buffer=SMALL_BUFFER)
    writers[0].keep_events = True
    assert deaf.wire is not None
    first, its_port = deaf.wire, deaf.wire.port
    assert _is_open(world.servers[0].port, its_port)

    world.stage.call(first.pause_reading)
    ponging = world.stage.call(lambda: asyncio.create_task(_pong(first)))
    for number in range(300):
        for client in writers:
            client.send(room, f"{number} {LONG_TEXT}")
    until(lambda: _is_offline(writers[0], room, deaf.person.id), 30)
    until(lambda: not _is_open(world.servers[0].port, its_port), 15, "its socket is still open")
    world.settle(room, writers, 60)

    world.stage.call(ponging.cancel)
    world.stage.call(first.resume_reading)
    until(lambda: deaf.wire is not first and deaf.is_live, 30)
    assert first.corrupt is None
    assert world.judge(room, [*writers, deaf], 60).wrong == []


def test_row_14_a_reader_stalls_for_two_seconds_and_then_reads(world: World) -> None:
    room = world.fresh_room()
    writers = world.connect(range(8))
    [stalled] = world.connect([8], buffer=SMALL_BUFFER)
    assert stalled.wire is not None
    world.stage.call(stalled.wire.pause_reading)
    began = time.monotonic()
    # 0.8 MB: more than his buffer takes, less than the mebibyte that may wait for him.
    for _ in range(14):
        for client in writers:
            client.send(room, LONG_TEXT)
    until(lambda: time.monotonic() - began > 2.0 and all(not client.outbox.unanswered for client in writers))
    world.stage.call(stalled.wire.resume_reading)

    verdict = world.judge(room, [*writers, stalled])
    assert stalled.losses == []
    assert verdict.wrong == []
    assert len(stalled.view(room).rows) == 112


def _is_offline(witness: ChatClient, room: int, user: int) -> bool:
    told = {"room": room, "user": user, "status": "offline"}
    return any(event == "presence" and told.items() <= payload.items() for _, event, payload in list(witness.events))


async def _pong(wire: Wire) -> None:
    while True:
        wire.say("3")
        await asyncio.sleep(PONG_SECONDS)


def _is_open(server_port: int, client_port: int) -> bool:
    """Whether the server holds its end of a connection."""
    ends = (f":{server_port:04X}", f":{client_port:04X}")
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any((row[1][-5:], row[2][-5:], row[3]) == (*ends, ESTABLISHED) for row in rows)
