"""Indexes for the admin: messages by the hour, and those that are deleted. An index leaves SQLite's triggers in place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0006_search")]
    operations = [
        migrations.AddIndex("message", models.Index(fields=["sent_at", "room"], name="message_by_time")),
        migrations.AddIndex("message", models.Index(fields=["-id"], condition=models.Q(deleted=True), name="message_deleted")),
    ]
