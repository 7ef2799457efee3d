"""Indexes for the admin: messages by the hour, and those that are deleted. An index leaves SQLite's triggers in place."""

from django.db import migrations, models

IS_DELETED = models.Q(deleted=True)


class Migration(migrations.Migration):
    dependencies = [("chat", "0006_search")]
    operations = [
        migrations.AddIndex("message", models.Index(fields=["sent_at", "room"], name="message_by_time")),
        migrations.AddIndex("message", models.Index(fields=["-id"], condition=IS_DELETED, name="message_deleted")),
        migrations.AddIndex(
            "message", models.Index(fields=["room", "-id"], condition=IS_DELETED, name="message_deleted_in_room")
        ),
    ]
