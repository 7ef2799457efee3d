"""Search knows symbols, "C++", plain letters for "ł", links and code: names are folded anew, and the index is emptied.

The next migration fills it.
"""

from django.db import migrations

from chat.archive.search.index import index_of
from chat.domain.text import fold

BATCH = 500
MAX_CHARS = 500


def fold_names(apps, schema_editor):
    all_rooms = apps.get_model("chat", "Room").objects
    rooms = []
    for room in all_rooms.exclude(kind="direct").only("pk", "name", "topic").iterator(BATCH):
        room.folded_name, room.folded_topic = fold(room.name, MAX_CHARS), fold(room.topic, MAX_CHARS)
        rooms.append(room)
    all_rooms.bulk_update(rooms, ["folded_name", "folded_topic"], batch_size=BATCH)


def empty_index(apps, schema_editor):
    """Begin a rebuild that `rebuild` goes on with."""
    states = apps.get_model("chat", "SearchRebuild").objects
    states.all().delete()
    index_of(schema_editor.connection).begin_rebuild()
    newest = apps.get_model("chat", "Message").objects.order_by("-pk").values_list("pk", flat=True).first()
    states.create(end=newest or 0)


class Migration(migrations.Migration):
    dependencies = [("chat", "0027_one_invitation")]
    operations = [
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.RunPython(empty_index, migrations.RunPython.noop),
    ]
