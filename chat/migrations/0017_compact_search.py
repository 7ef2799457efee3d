"""The search index without what the messages have: SQLite's without words, PostgreSQL's without terms. The next migration fills it."""

from django.db import migrations, models

CREATE = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS chat_search_forgets",
        "DROP TABLE IF EXISTS chat_search",
        # To remove a row from the index one must say what was in it: noted here, and done by the archiver.
        """CREATE TABLE chat_search_deleted (id integer PRIMARY KEY, room_id bigint NOT NULL, author_id bigint,
            sent_at bigint NOT NULL, text text NOT NULL)""",
        """CREATE TRIGGER chat_search_forgets AFTER DELETE ON chat_message WHEN NOT OLD.deleted BEGIN
            INSERT OR REPLACE INTO chat_search_deleted VALUES (OLD.id, OLD.room_id, OLD.author_id, OLD.sent_at, OLD.text); END""",
    ],
    "postgresql": [
        "DROP TABLE chat_search",
        """CREATE TABLE chat_search (id bigint PRIMARY KEY, room_id bigint NOT NULL, author_id bigint,
            sent_at bigint NOT NULL, words text NOT NULL)""",
        # As chat.archive.search.terms has the marks. The beginnings that fit most words are terms of their own. In PL/pgSQL,
        # which remembers its plans: a function in SQL with a subquery is planned again in every INSERT, and that took as long
        # as all else that PostgreSQL does for a message.
        """CREATE FUNCTION chat_search_terms(words text, room_id bigint, author_id bigint, sent_at bigint) RETURNS tsvector
            IMMUTABLE PARALLEL SAFE LANGUAGE plpgsql AS $$
            DECLARE terms text[] := string_to_array(words, ' '); word text;
            BEGIN
                FOREACH word IN ARRAY terms LOOP
                    IF length(word) >= 3 THEN terms := terms || ('^' || left(word, 3)); END IF;
                END LOOP;
                IF author_id > 0 THEN terms := terms || ('@' || author_id); END IF;
                RETURN array_to_tsvector(terms || ARRAY['#' || room_id, ':a' || to_hex(sent_at >> 22),
                    ':b' || to_hex(sent_at >> 26), ':c' || to_hex(sent_at >> 30), ':d' || to_hex(sent_at >> 34)]);
            END $$""",
    ],
}
# An index of rows that are deleted one by one is cleaned when a fiftieth of them is gone, not a fifth.
SETTINGS = {
    "sqlite": [],
    "postgresql": [
        f"ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05)"
        for table in ("chat_message", "chat_search")
    ],
}


def create(apps, schema_editor):
    apps.get_model("chat", "SearchRebuild").objects.all().delete()
    for statement in CREATE[schema_editor.connection.vendor] + SETTINGS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("chat", "0016_compact_messages")]
    operations = [
        migrations.RunPython(create),
        # After the messages are compacted: it would be changed with each of them.
        migrations.AddIndex(model_name="message", index=models.Index(fields=["room", "author"], name="message_by_author")),
    ]
