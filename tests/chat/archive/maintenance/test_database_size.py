"""The database is measured once a day by the process that archives, in SQLite and in PostgreSQL."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from chat.archive.maintenance import database_size, maintenance
from chat.archive.maintenance.maintenance import Maintenance

TODAY = datetime.now(UTC).date()


@pytest.fixture
def sizes(database, live):
    return lambda *days: live.database_sizes.of(connection.vendor, days)


def test_the_size_is_what_the_database_says(database):
    with database.cursor() as cursor:
        cursor.execute("VACUUM")  # pages that earlier tests left free would be filled first
        before = database_size.database_bytes()
        cursor.execute("CREATE TABLE large (text text)")
        cursor.executemany("INSERT INTO large VALUES (%s)", [("x" * 1_000 + str(number),) for number in range(1_000)])
        grown = database_size.database_bytes() - before
        cursor.execute("DROP TABLE large")
    assert 1_000_000 < grown < 1_300_000


def test_an_archiver_measures_at_once_and_keeps_the_first_of_the_day(live, sizes, monkeypatch):
    monkeypatch.setattr(maintenance, "database_bytes", iter([1_000, 2_000]).__next__)
    Maintenance(live.database_sizes).turn()
    Maintenance(live.database_sizes).turn()  # another process, or the next start
    assert sizes(TODAY - timedelta(days=1), TODAY) == {TODAY: 1_000}


def test_it_measures_again_the_next_day_and_forgets_after_a_month(live, sizes, monkeypatch):
    monkeypatch.setattr(maintenance, "EVERY_SECONDS", 0.0)
    monkeypatch.setattr(maintenance, "database_bytes", iter([1_000, 2_000]).__next__)
    measuring = Maintenance(live.database_sizes)
    measuring.turn()
    measuring.turn()
    tomorrow = datetime.now(UTC) + timedelta(days=1)

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz=None):
            return tomorrow

    monkeypatch.setattr(maintenance, "datetime", Tomorrow)
    measuring.turn()
    assert sizes(TODAY, tomorrow.date()) == {TODAY: 1_000, tomorrow.date(): 2_000}
    [name] = live.client.keys(f"*{TODAY.isoformat()}")
    assert 30 * 86_400 < live.client.ttl(name) <= 31 * 86_400
