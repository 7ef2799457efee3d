"""Divides the messages that are stored. Not one transaction: when it is stopped, the next start goes on."""

from django.db import migrations

from chat.archive.maintenance.compacting import compact_messages


def compact(apps, schema_editor):
    for _ in compact_messages():
        pass


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("chat", "0015_bylines")]
    # Irreversible: an older version would take what is left of the payload for all of it.
    operations = [migrations.RunPython(compact)]
