"""Erased accounts; and the moderation log may forget the text of a message, which is its author's, and nothing else."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KEPT = ("id", "at", "by_id", "action", "room_id", "user_id", "seq", "reason", "details")
_DIFFERS = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in KEPT)
_NEW, _OLD = (", ".join(f"{row}.{column}" for column in KEPT) for row in ("NEW", "OLD"))
REFUSE_IN_SQLITE = "BEGIN SELECT RAISE(ABORT, 'The moderation log is append-only'); END"
FORGETS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS moderation_log_is_not_changed",
        f"""CREATE TRIGGER moderation_log_is_not_changed BEFORE UPDATE ON chat_moderationlog
            WHEN NEW.text_before <> '' OR {_DIFFERS} {REFUSE_IN_SQLITE}""",
    ],
    "postgresql": [
        "DROP TRIGGER moderation_log_is_not_changed ON chat_moderationlog",
        """CREATE TRIGGER moderation_log_is_not_changed BEFORE DELETE OR TRUNCATE ON chat_moderationlog
            FOR EACH STATEMENT EXECUTE FUNCTION moderation_log_refuses()""",
        f"""CREATE TRIGGER moderation_log_only_forgets BEFORE UPDATE ON chat_moderationlog FOR EACH ROW
            WHEN (NEW.text_before <> '' OR ROW({_NEW}) IS DISTINCT FROM ROW({_OLD}))
            EXECUTE FUNCTION moderation_log_refuses()""",
    ],
}
KEEPS_ALL = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS moderation_log_is_not_changed",
        f"CREATE TRIGGER moderation_log_is_not_changed BEFORE UPDATE ON chat_moderationlog {REFUSE_IN_SQLITE}",
    ],
    "postgresql": [
        "DROP TRIGGER moderation_log_only_forgets ON chat_moderationlog",
        "DROP TRIGGER moderation_log_is_not_changed ON chat_moderationlog",
        """CREATE TRIGGER moderation_log_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON chat_moderationlog
            FOR EACH STATEMENT EXECUTE FUNCTION moderation_log_refuses()""",
    ],
}


def forgets(apps, schema_editor):
    _run(FORGETS, schema_editor)


def keeps_all(apps, schema_editor):
    _run(KEEPS_ALL, schema_editor)


def _run(statements, schema_editor):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("chat", "0012_room_skeleton"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("deletes_messages", models.BooleanField(help_text="Else messages stay, as those of a deleted account.")),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunPython(forgets, keeps_all),
    ]
