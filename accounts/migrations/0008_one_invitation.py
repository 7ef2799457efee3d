"""Invitations are the chat's, one kind of them; of an account the record says since when it is new."""

from django.db import migrations, models
from django.db.models import F


def fill_new_since(apps, schema_editor):
    users = apps.get_model("accounts", "User").objects.using(schema_editor.connection.alias)
    users.filter(is_staff=False).update(new_since=F("date_joined"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_plain_labels"),
    ]

    operations = [
        migrations.AddField("user", "new_since", models.DateTimeField(editable=False, null=True)),
        migrations.RunPython(fill_new_since, migrations.RunPython.noop),
        # What it holds is in the chat's table by now: its migration runs before this one.
        migrations.DeleteModel("Invitation"),
    ]
