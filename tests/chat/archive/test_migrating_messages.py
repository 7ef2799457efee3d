"""An archive as earlier versions wrote it, each message with its whole JSON: after the migrations nothing is different."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from chat.archive.history import archived_page
from chat.archive.search.index import index_of
from chat.archive.search.indexing import forget_deleted
from chat.archive.search.query import parse
from chat.archive.search.request import Wanted
from chat.models import Byline, Message
from project.sqlite.base import DatabaseWrapper as SqliteWrapper
from tests.support.postgresql_server import as_default

WHOLE_JSON = [("chat", "0013_erasure")]
# More than one slice of what is divided, and of what is indexed.
MESSAGES = 2_010
INDEX_ROW = {
    "sqlite": "INSERT INTO chat_search (rowid, words) VALUES (1, 'stale')",
    "postgresql": "INSERT INTO chat_search (id, room_id, sent_at, words, terms) VALUES (1, 1, 1, 'stale', 'stale'::tsvector)",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def old_tables(request, tmp_path, django_db_blocker) -> Iterator[BaseDatabaseWrapper]:
    """A database with the tables of that time, empty."""
    with django_db_blocker.unblock():
        if request.param == "sqlite":
            facts = {**connections.databases["default"], "NAME": str(tmp_path / "old.sqlite3")}
            yield from _migrated(SqliteWrapper(facts, "default"))
            return
        server = request.getfixturevalue("postgresql")
        with server.cursor() as cursor:
            cursor.execute("CREATE DATABASE old_tables")
        yield from _migrated(type(server)({**server.settings_dict, "NAME": "old_tables"}, "default"))
        with server.cursor() as cursor:
            cursor.execute("DROP DATABASE old_tables")


def _migrated(database: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    with as_default(database):
        MigrationExecutor(database).migrate(WHOLE_JSON)
        yield database
    database.close()


class Written:
    """What alice, first under another name, and bob wrote in a room, and what became of it since."""

    def __init__(self, database: BaseDatabaseWrapper) -> None:
        self._models = MigrationExecutor(database).loader.project_state(WHOLE_JSON).apps.get_model
        self.alice, self.bob = (self._person(handle) for handle in ("alice", "bob"))
        self.room = self._models("chat", "Room").objects.create(name="Sea", slug="sea").pk
        self.payloads: list[str] = []
        self._rows: list[Any] = []
        self.say(self.alice, "Al", "Héllo sea")
        self.say(self.bob, "Bob", "an answer", reply_to=1, mentions=[self.alice])
        edited = self._state(3, 1, text="corrected", edited_at=9)
        self.say(self.bob, "Bob", "misspelt", text="corrected", rev=1, amendment=edited)
        self.say(self.bob, "Bob", "insult", deleted=True, rev=2, amendment=self._state(4, 2, deleted_by=self.bob))
        self.say(self.alice, "Alice", "liked", reactions=json.dumps({"👍": [self.bob]}))
        while len(self._rows) < MESSAGES:
            self.say(self.alice, "Alice", f"wave number{len(self._rows) + 1}")
        self._models("chat", "Message").objects.bulk_create(self._rows)
        with database.cursor() as cursor:
            cursor.execute(INDEX_ROW[database.vendor])

    def say(self, author: int, name: str, said: str, reply_to: int = 0, mentions: Sequence[int] = (), **now: Any) -> None:
        seq = len(self._rows) + 1
        columns = {"seq": seq, "epoch": "0123456789abcdef", "sent_at": 1_790_000_000_000 + seq, "client_id": f"client-{seq}"}
        byline = {"id": author, "handle": name.lower(), "name": name}
        more = {"reply_to": reply_to, "mentions": list(mentions)} if reply_to else {}
        sent = {"room": self.room, **columns, "author": byline, "text": said, "kind": "text", **more}
        self.payloads.append(json.dumps(sent, separators=(",", ":"), ensure_ascii=False))
        row = {"text": said, **columns, "payload": self.payloads[-1], **now}
        self._rows.append(self._models("chat", "Message")(room_id=self.room, author_id=author, **row))

    def _person(self, handle: str) -> int:
        people = self._models("accounts", "User").objects
        return int(people.create(email=f"{handle}@example.org", handle=handle, name=handle.title()).pk)

    def _state(self, seq: int, rev: int, **changed: Any) -> str:
        return json.dumps({"seq": seq, "rev": rev, "by": self.bob, **changed})


@pytest.fixture
def written(old_tables: BaseDatabaseWrapper) -> Written:
    """The old archive, after the migrations."""
    written = Written(old_tables)
    call_command("migrate", verbosity=0, interactive=False)
    return written


def found(text: str) -> list[int]:
    ids = index_of(connection).find(Wanted(parse(text).phrases)).ids
    return sorted(Message.objects.filter(pk__in=ids).values_list("seq", flat=True))


def test_an_archive_of_whole_messages_is_read_found_and_deleted_as_before(live, written: Written) -> None:
    assert [message.payload for message in Message.objects.with_bylines().order_by("seq")] == written.payloads
    assert set(Message.objects.filter(seq__gt=5).values_list("rest", flat=True)) == {""}
    assert Byline.objects.count() == 3

    page = archived_page(written.room, written.bob, 1, 6, 10)
    shown = [json.loads(message) for message in page.messages]
    assert page.messages[0] == written.payloads[0].encode()
    assert [message["text"] for message in shown] == ["Héllo sea", "an answer", "corrected", "", "liked"]
    assert [message["author"]["name"] for message in shown] == ["Al", "Bob", "Bob", "Bob", "Alice"]
    assert (shown[1]["reply_to"], shown[3]["deleted"]) == (1, True)

    assert {word: found(word) for word in ("hello", "corrected", "misspelt", "insult", "stale")} == {
        "hello": [1], "corrected": [3], "misspelt": [], "insult": [], "stale": [],
    }  # fmt: skip
    assert (found('"wave number2010"'), len(found("wave"))) == ([MESSAGES], 20)

    Message.objects.filter(seq=MESSAGES).delete()
    forget_deleted()
    assert found(f"number{MESSAGES}") == []
