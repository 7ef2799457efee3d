from django.db import migrations, models

from chat.domain.text import fold

BATCH = 500
MAX_CHARS = 500


def fill(apps, schema_editor):
    """Give the rooms that are here already what the directory looks for words in."""
    Room = apps.get_model("chat", "Room")
    rooms = []
    for room in Room.objects.exclude(kind="direct").only("pk", "name", "topic").iterator(BATCH):
        room.folded_name, room.folded_topic = fold(room.name, MAX_CHARS), fold(room.topic, MAX_CHARS)
        rooms.append(room)
    Room.objects.bulk_update(rooms, ["folded_name", "folded_topic"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0021_consent"),
    ]

    operations = [
        migrations.AddField("room", "folded_name", models.CharField(default="", editable=False, max_length=500)),
        migrations.AddField("room", "folded_topic", models.CharField(default="", editable=False, max_length=500)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
