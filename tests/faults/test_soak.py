"""Half a minute of everything at once. `make soak` goes on for longer, and what it breaks is broken one by one beside it."""

from tests.faults.soak import Soak

SECONDS = 20.0  # of faults: with the start and the verdict about half a minute
SEED = 20_261_123


def test_soak_of_half_a_minute():
    report = Soak(SECONDS, SEED, shows_progress=False).run()
    assert report.wrong == [], report.table()
    assert report.messages > 100
    assert sum(report.faults.values()) >= 2  # one alone may take twenty seconds
