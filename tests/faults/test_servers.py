"""Servers that die, and several that live: rows 1, 2 and 11."""

from collections.abc import Iterator

import pytest

from tests.faults.scene import until
from tests.faults.world import World


@pytest.fixture(scope="module")
def shared(make_world) -> World:
    return make_world(people=50, rooms=3, servers=2, proxied=True)


@pytest.fixture
def world(shared: World) -> Iterator[World]:
    yield shared
    shared.disconnect()


def test_row_01_a_server_is_killed_in_the_middle_of_a_fan_out(world: World) -> None:
    room = world.fresh_room()
    there = world.connect(range(20), server=0)
    elsewhere = world.connect(range(20, 25), server=1)
    everyone = [*there, *elsewhere]
    for burst in range(2):
        for client in (*there[:4], *elsewhere[:2]):
            for number in range(15):
                client.send(room, f"{client.person.handle} {number}")
        # The first of the burst has come to somebody: the rest is on its way, to some sooner than to others.
        until(lambda: any(tab.view(room).seq > burst * 6 * 15 for tab in there), what="nothing came")  # noqa: B023
        world.servers[0].kill()
        until(lambda: not any(tab.is_live for tab in there))
        world.servers[0].start()
        world.settle(room, everyone)
    assert world.judge(room, everyone).wrong == []
    assert len(there[0].view(room).rows) == 2 * 6 * 15


def test_row_02_a_server_is_killed_after_it_stored_a_message_and_before_it_said_so(world: World) -> None:
    room = world.fresh_room()
    [alice] = world.connect([0], server=0)
    [bob] = world.connect([1], server=1)
    alice.send(room, "before")
    world.settle(room, [alice, bob])

    world.wires[0].hold_answers()
    written = alice.send(room, "stored, but not acknowledged")
    until(lambda: bob.view(room).seq == 2)
    assert alice.outbox.unanswered == 1
    world.servers[0].kill()
    world.wires[0].cut()
    world.wires[0].resume()
    world.servers[0].start()

    assert world.judge(room, [alice, bob]).wrong == []
    assert [row.client_id for row in alice.view(room).rows].count(written) == 1
    assert len(bob.view(room).rows) == 2


def test_row_11_fifty_people_write_at_once_through_two_servers(world: World) -> None:
    room = world.fresh_room()
    everyone = [*world.connect(range(25), server=0), *world.connect(range(25, 50), server=1)]
    for number in range(10):
        for client in everyone:
            client.send(room, f"{client.person.handle} {number}")
    assert world.judge(room, everyone, 40).wrong == []
    assert {len(tab.view(room).rows) for tab in everyone} == {500}
    assert world.ledger.refusals == {}
