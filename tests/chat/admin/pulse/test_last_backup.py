"""Pulse tells of the last backup: when it was made, how large it is, that it was checked, and when the next one is due."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.formats import date_format

from chat.admin.pulse.last_backup import GRACE
from tests.chat.admin.pulse.test_page import card

HOUR = 3_600
MB = 1024**2


@pytest.fixture
def every_night(settings):
    settings.BACKUP_DIR = Path("/mnt/nas")


def now() -> float:
    return datetime.now(UTC).timestamp()


def day(seconds: float) -> str:
    return date_format(datetime.fromtimestamp(seconds, UTC), "d M Y, H:i")


@pytest.mark.usefixtures("every_night")
def test_a_backup_of_last_night_is_shown_with_the_next_one(mona, live):
    made, due = now() - 6 * HOUR, now() + 18 * HOUR
    live.backups.note_made(made, 27 * MB)
    live.backups.note_due(due)
    found = card(mona, "Last backup")
    says = f"27.0\xa0MB, read back and checked. The next one is due on {day(due)}."
    assert (found["number"], found["says"], found["bad"]) == (day(made), says, False)


@pytest.mark.usefixtures("every_night")
def test_a_failure_is_a_warning_with_its_reason_until_one_succeeds(mona, live):
    made, failed, due = now() - 30 * HOUR, now() - 6 * HOUR, now() + HOUR / 2
    live.backups.note_made(made, 27 * MB)
    live.backups.note_failure(failed, "there is no folder /mnt/nas")
    live.backups.note_due(due)
    found = card(mona, "Last backup")
    assert f"The attempt on {day(failed)} failed: there is no folder /mnt/nas. The next one is due on" in found["says"]
    assert (found["number"], found["bad"]) == (day(made), True)
    live.backups.note_success()
    assert not card(mona, "Last backup")["bad"]


@pytest.mark.usefixtures("every_night")
def test_one_that_does_not_come_is_a_warning(mona, live):
    live.backups.note_made(now() - 30 * HOUR, 27 * MB)
    due = now() - GRACE.total_seconds() + 60
    live.backups.note_due(due)
    found = card(mona, "Last backup")
    assert (found["says"].split(". ")[-1], found["bad"]) == ("The next one is being created.", False)
    live.backups.note_due(due - 120)
    found = card(mona, "Last backup")
    assert (found["says"].split(". ")[-1], found["bad"]) == (f"The next one is overdue since {day(due - 120)}.", True)


@pytest.mark.usefixtures("every_night")
def test_none_yet_is_a_warning(mona):
    found = card(mona, "Last backup")
    assert (found["number"], found["says"], found["bad"]) == ("none", "", True)


def test_without_backup_dir_it_is_said_and_a_backup_by_hand_is_shown(mona, live):
    off = "The server creates none: BACKUP_DIR is not set."
    found = card(mona, "Last backup")
    assert (found["number"], found["says"], found["bad"]) == ("none", off, False)
    made = now() - timedelta(days=40).total_seconds()
    live.backups.note_made(made, MB)
    found = card(mona, "Last backup")
    assert (found["number"], found["says"], found["bad"]) == (day(made), f"1.0\xa0MB, read back and checked. {off}", False)


@pytest.mark.usefixtures("every_night")
def test_it_is_said_in_german(mona, live):
    live.backups.note_made(now(), MB)
    live.backups.note_due(now() + HOUR)
    mona.client.cookies["language"] = "de"
    with translation.override("de"):
        found = card(mona, "Letzte Sicherung")
    assert "zurückgelesen und geprüft. Die nächste ist am" in found["says"]
