"""What is in the moderation log stays as it is, whoever asks the database."""

import importlib
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from chat.models import ModerationLog
from tests.support.postgresql_server import as_default

TAMPERING = {
    "update": "UPDATE chat_moderationlog SET reason = 'none'",
    "delete": "DELETE FROM chat_moderationlog",
    "replace": "INSERT OR REPLACE INTO chat_moderationlog SELECT * FROM chat_moderationlog",
    "truncate": "TRUNCATE chat_moderationlog",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, db: None) -> Iterator[BaseDatabaseWrapper]:
    """Each of the databases, with one entry in its log."""
    if request.param == "sqlite":
        # The test run's own has lost its triggers, so that other tests can clean up.
        append_only = importlib.import_module("chat.migrations.0005_append_only_log")
        erasure = importlib.import_module("chat.migrations.0013_erasure")
        with connections["default"].cursor() as cursor:
            for statement in [*append_only.ADD["sqlite"], *erasure.FORGETS["sqlite"]]:
                cursor.execute(statement)
        ModerationLog.objects.create(action="ban", reason="spam")
        yield connections["default"]
        return
    with as_default(request.getfixturevalue("postgresql")) as database, transaction.atomic():
        ModerationLog.objects.create(action="ban", reason="spam")
        yield database
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", TAMPERING)
def test_raw_sql_changes_and_deletes_nothing(database: BaseDatabaseWrapper, kind: str) -> None:
    if (kind == "truncate") > (database.vendor == "postgresql") or (kind == "replace") > (database.vendor == "sqlite"):
        pytest.skip("that database does not know it")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), database.cursor() as cursor:
        cursor.execute(TAMPERING[kind])
    assert list(ModerationLog.objects.values_list("action", "reason")) == [("ban", "spam")]


def test_nor_do_our_own_models(database: BaseDatabaseWrapper) -> None:
    entry = ModerationLog.objects.get()
    entry.reason = "none"
    for tamper in (entry.save, entry.delete, ModerationLog.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            tamper()
    ModerationLog.objects.create(action="mute", reason="another")
    assert ModerationLog.objects.count() == 2


def test_the_text_of_an_erased_person_can_be_forgotten_and_nothing_else(database: BaseDatabaseWrapper) -> None:
    entry = ModerationLog.objects.create(action="delete", reason="insult", text_before="what mallory said")
    entries = ModerationLog.objects.filter(pk=entry.pk)
    for changes in ({"text_before": "something else"}, {"text_before": "", "reason": ""}, {"details": {"a": 1}}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            entries.update(**changes)
    entries.update(text_before="")
    assert entries.values_list("action", "reason", "text_before").get() == ("delete", "insult", "")
