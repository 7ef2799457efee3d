"""The search index: tables of the database's own kind, which no model describes. A later migration fills it.

SQLite loses a table's triggers when a later migration alters the table: such a migration of Message must run `add_trigger` again.
"""

from django.db import migrations

CREATE = {
    "sqlite": [
        # Every character but the space is part of a word, since we split the words ourselves. Beginnings of three to five
        # letters are indexed, too: they fit most words.
        """CREATE VIRTUAL TABLE chat_search USING fts5(words, detail=none, columnsize=0, prefix='3 4 5',
            tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'")""",
    ],
    "postgresql": [
        "CREATE TABLE chat_search (id bigint PRIMARY KEY, room_id bigint NOT NULL, sent_at bigint NOT NULL, words text NOT NULL, terms tsvector NOT NULL)",
    ],
}
FINISH = {
    "sqlite": [],
    # What was put in lately waits in a list that every search reads to the end: a short one.
    "postgresql": ["CREATE INDEX chat_search_terms ON chat_search USING gin (terms) WITH (gin_pending_list_limit = 512)"],
}
# A message that is deleted for good, by itself or with its room, is gone from the index, whoever deleted it.
TRIGGER = {
    "sqlite": [
        """CREATE TRIGGER chat_search_forgets AFTER DELETE ON chat_message
            BEGIN DELETE FROM chat_search WHERE rowid = OLD.id; END""",
    ],
    "postgresql": [
        """CREATE FUNCTION chat_search_forgets() RETURNS trigger AS $$ BEGIN
            IF TG_OP = 'TRUNCATE' THEN TRUNCATE chat_search; ELSE DELETE FROM chat_search WHERE id = OLD.id; END IF;
            RETURN NULL; END $$ LANGUAGE plpgsql""",
        "CREATE TRIGGER chat_search_forgets AFTER DELETE ON chat_message FOR EACH ROW EXECUTE FUNCTION chat_search_forgets()",
        "CREATE TRIGGER chat_search_forgets_all AFTER TRUNCATE ON chat_message FOR EACH STATEMENT EXECUTE FUNCTION chat_search_forgets()",
    ],
}
REMOVE = {
    "sqlite": ["DROP TRIGGER chat_search_forgets", "DROP TABLE chat_search"],
    "postgresql": [
        "DROP TRIGGER chat_search_forgets ON chat_message",
        "DROP TRIGGER chat_search_forgets_all ON chat_message",
        "DROP FUNCTION chat_search_forgets()",
        "DROP TABLE chat_search",
    ],
}


def create(apps, schema_editor):
    _run(CREATE, schema_editor)
    _run(FINISH, schema_editor)


def add_trigger(apps, schema_editor):
    _run(TRIGGER, schema_editor)


def remove(apps, schema_editor):
    _run(REMOVE, schema_editor)


def _run(statements, schema_editor):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("chat", "0005_append_only_log")]
    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.RunPython(add_trigger, remove),
    ]
