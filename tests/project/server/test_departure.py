"""How soon clients should come back after a restart."""

import pytest

from project.server.departure import spread_seconds


@pytest.mark.parametrize(("connections", "seconds"), [(0, 1.0), (20, 1.0), (1_000, 5.0), (10_000, 30.0)])
def test_the_more_there_are_the_longer_they_take(connections, seconds):
    assert spread_seconds(connections) == seconds
