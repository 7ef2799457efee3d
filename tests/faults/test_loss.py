"""Redis comes back with less than it acknowledged: rows 5, 8 and 9. Numbers never go back, and what is missing is put back."""

from collections.abc import Iterator

import pytest

from tests.faults.client import ChatClient
from tests.faults.scene import until
from tests.faults.world import World

TORN_BYTES = 3 * 1024


@pytest.fixture(scope="module")
def shared(make_world) -> World:
    return make_world(people=6, rooms=4, servers=2)


@pytest.fixture
def world(shared: World) -> Iterator[World]:
    shared.ledger.tail_may_be_lost = True
    yield shared
    shared.disconnect()


def _six(world: World) -> list[ChatClient]:
    return [*world.connect(range(3), server=0), *world.connect(range(3, 6), server=1)]


def _write(world: World, room: int, everyone: list[ChatClient], word: str, count: int = 5) -> None:
    for number in range(count):
        for client in everyone:
            client.send(room, f"{client.person.handle} {word} {number}")
    world.settle(room, everyone)


def test_row_05_the_newest_three_kilobytes_of_the_log_are_cut_off(world: World) -> None:
    room = world.fresh_room()
    everyone = _six(world)
    _write(world, room, everyone, "before")
    epoch = everyone[0].view(room).epoch

    world.redis.kill()
    world.redis.cut_tail(TORN_BYTES)
    world.redis.start()
    until(lambda: all(tab.view(room).epoch != epoch for tab in everyone), 15, "nobody noticed the new epoch")
    _write(world, room, everyone, "after", 2)

    assert world.judge(room, everyone).wrong == []
    assert len(everyone[0].view(room).rows) == 6 * 7


def test_row_08_an_older_copy_of_the_log_is_restored(world: World) -> None:
    room = world.fresh_room()
    everyone = _six(world)
    _write(world, room, everyone, "in the copy")
    world.redis.copy_data("copy")
    _write(world, room, everyone, "not in the copy")
    epoch, highest = everyone[0].view(room).epoch, everyone[0].view(room).seq

    world.redis.kill()
    world.redis.restore_data("copy")
    world.redis.start()
    until(lambda: all(tab.view(room).epoch != epoch for tab in everyone), 15, "nobody noticed the new epoch")
    _write(world, room, everyone, "after", 1)

    assert world.judge(room, everyone).wrong == []
    assert len(everyone[0].view(room).rows) == 6 * 11
    assert everyone[0].view(room).seq >= highest


def test_row_09_everything_is_flushed(world: World) -> None:
    room = world.fresh_room()
    everyone = _six(world)
    _write(world, room, everyone, "before")
    epoch, highest = everyone[0].view(room).epoch, everyone[0].view(room).seq

    world.redis.command("FLUSHALL")
    until(lambda: all(tab.view(room).epoch != epoch for tab in everyone), 15, "nobody noticed the new epoch")
    _write(world, room, everyone, "after", 1)

    assert world.judge(room, everyone).wrong == []
    assert len(everyone[0].view(room).rows) == 6 * 6
    assert everyone[0].view(room).seq >= highest
