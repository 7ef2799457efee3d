"""A world for each file: what its tests hurt, they heal, and each test has a room of its own."""

from collections.abc import Callable, Iterator

import pytest

from tests.faults.world import World

MakeWorld = Callable[..., World]


@pytest.fixture(scope="module")
def make_world() -> Iterator[MakeWorld]:
    """Make worlds that end with the file."""
    worlds: list[World] = []

    def _make(*arguments: object, **options: object) -> World:
        worlds.append(World(*arguments, **options))  # type: ignore[arg-type]
        return worlds[-1]

    yield _make
    for world in worlds:
        world.close()
