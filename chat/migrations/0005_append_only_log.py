"""The moderation log is append-only: not by our good will, but by the database.

SQLite loses a table's triggers when a later migration alters the table: such a migration must run `add_triggers` again.
"""

from django.db import migrations

REFUSE_IN_SQLITE = "BEGIN SELECT RAISE(ABORT, 'The moderation log is append-only'); END"
ADD = {
    "sqlite": [
        f"CREATE TRIGGER moderation_log_is_not_changed BEFORE UPDATE ON chat_moderationlog {REFUSE_IN_SQLITE}",
        f"CREATE TRIGGER moderation_log_is_not_deleted BEFORE DELETE ON chat_moderationlog {REFUSE_IN_SQLITE}",
        # INSERT OR REPLACE deletes the row that is in its way without asking the trigger above.
        f"""CREATE TRIGGER moderation_log_is_not_replaced BEFORE INSERT ON chat_moderationlog
            WHEN EXISTS (SELECT 1 FROM chat_moderationlog WHERE id = NEW.id) {REFUSE_IN_SQLITE}""",  # noqa: S608  # nothing of it comes from outside
    ],
    "postgresql": [
        """CREATE FUNCTION moderation_log_refuses() RETURNS trigger AS $$
            BEGIN RAISE EXCEPTION 'The moderation log is append-only'; END $$ LANGUAGE plpgsql""",
        """CREATE TRIGGER moderation_log_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON chat_moderationlog
            FOR EACH STATEMENT EXECUTE FUNCTION moderation_log_refuses()""",
    ],
}
REMOVE = {
    "sqlite": [f"DROP TRIGGER moderation_log_is_not_{done}" for done in ("changed", "deleted", "replaced")],
    "postgresql": [
        "DROP TRIGGER moderation_log_is_not_changed ON chat_moderationlog",
        "DROP FUNCTION moderation_log_refuses()",
    ],
}


def add_triggers(apps, schema_editor):
    _run(ADD, schema_editor)


def remove_triggers(apps, schema_editor):
    _run(REMOVE, schema_editor)


def _run(statements, schema_editor):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("chat", "0004_moderation")]
    operations = [migrations.RunPython(add_triggers, remove_triggers)]
