"""What readyz says of each part is true. Killed and frozen servers: tests/live/test_stores_gone.py."""

import shutil
from collections import namedtuple

import pytest
from django.conf import settings
from django.db import OperationalError

from chat.live.redis.ownership import ForeignRedis
from chat.sync import recovery
from project.health import checks

Usage = namedtuple("Usage", "total used free")


def test_all_is_well(live, db):
    recovery.recover_all()
    live.archiving.tell_lag(0, 0.0)
    assert {name: check() for name, check in checks.all_checks().items()} == {
        "redis": "ok",
        "durability": "ok",
        "rooms": "ok",
        "database": "ok",
        "archive": "ok",
        "disk": "ok",
    }


def test_rooms_are_recovering_until_all_were_checked(live, db):
    assert checks.rooms() == "recovering"
    recovery.recover_all()
    assert checks.rooms() == "ok"


def test_a_redis_that_may_forget_is_broken_unless_that_was_accepted(live, settings):
    live.client.config_set("appendfsync", "everysec")
    try:
        assert checks.durability() == "broken"
        settings.REQUIRE_DURABLE = False
        assert checks.durability() == "waived"
    finally:
        live.client.config_set("appendfsync", "always")


def test_a_replica_takes_no_writes(live):
    live.client.replicaof("127.0.0.1", "1")
    try:
        assert checks.redis() == "unavailable"
    finally:
        live.client.replicaof("NO", "ONE")


def test_another_installations_redis_is_foreign(live, monkeypatch):
    def ping():
        raise ForeignRedis("theirs", "ours")

    monkeypatch.setattr(live.client, "ping", ping)
    assert checks.redis() == "foreign"


@pytest.mark.parametrize(("seconds", "word"), [(0.0, "ok"), (59.0, "ok"), (61.0, "behind")])
def test_an_archive_may_be_a_minute_behind(live, seconds, word):
    live.archiving.tell_lag(1_000, seconds)
    assert checks.archive() == word


def test_an_archiver_that_reports_nothing_is_behind(live):
    assert checks.archive() == "behind"
    live.archiving.tell_lag(0, 0.0)
    assert checks.archive() == "ok"
    # What it said last does not hold for ever: whoever said it may be dead.
    assert 0 < live.client.pttl("archive:lag") <= 60_000


def test_a_disk_with_less_than_100_mb_for_us_is_full(monkeypatch):
    asked = []

    def usage(folder):
        asked.append(folder)
        return Usage(10**12, 10**12 - 99_000_000, 99_000_000)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    assert checks.disk() == "full"
    assert asked == [settings.DATA_DIR]


def test_a_database_that_cannot_be_read_is_unavailable(db, monkeypatch):
    def exists(*_):
        raise OperationalError("disk I/O error")

    monkeypatch.setattr("chat.models.Room.objects.exists", exists)
    assert checks.database() == "unavailable"
