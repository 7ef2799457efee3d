from django.db import migrations, models
from django.db.models import F


def project_every_room(apps, schema_editor):
    """Bring who may write and edit into the live rooms that are here already: the same as `record_change_everywhere`."""
    Room = apps.get_model("chat", "Room")
    PendingProjection = apps.get_model("chat", "PendingProjection")
    Room.objects.update(version=F("version") + 1)
    rooms = Room.objects.values_list("pk", flat=True)
    PendingProjection.objects.bulk_create((PendingProjection(room_id=room_id) for room_id in rooms), batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("chat", "0023_live_state")]

    operations = [
        migrations.AlterField(
            "room",
            "state",
            models.CharField(
                "state",
                choices=[
                    ("open", "open"),
                    ("announcement", "announcement: only moderators write"),
                    ("locked", "locked: only moderators write for now"),
                    ("archived", "archived: nobody writes, can be read"),
                ],
                default="open",
                max_length=12,
            ),
        ),
        migrations.RunPython(project_every_room, migrations.RunPython.noop),
    ]
