from django.db import migrations, models

from accounts.names.skeleton import skeleton

BATCH = 500


def fill(apps, schema_editor):
    """Give the rooms that are here already the skeletons of their names."""
    Room = apps.get_model("chat", "Room")
    rooms = []
    for room in Room.objects.exclude(name="").only("pk", "name").iterator(BATCH):
        room.name_skeleton = skeleton(room.name)
        rooms.append(room)
    Room.objects.bulk_update(rooms, ["name_skeleton"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0011_search_rebuild"),
    ]

    operations = [
        migrations.AddField(
            "room", "name_skeleton", models.CharField(db_index=True, default="", editable=False, max_length=120)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
