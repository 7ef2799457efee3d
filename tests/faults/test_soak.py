"""A minute of everything at once. `make soak` goes on for longer."""

from tests.faults.soak import Soak

SECONDS = 45.0  # of faults: with the start and the verdict about a minute
SEED = 20_261_123


def test_soak_of_a_minute():
    report = Soak(SECONDS, SEED, shows_progress=False).run()
    assert report.wrong == [], report.table()
    assert report.messages > 100
    assert sum(report.faults.values()) >= 5
