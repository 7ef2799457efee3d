"""Fills the search index. When it is stopped, the next start goes on."""

from django.db import migrations

from chat.archive.search.rebuilding import rebuild


def fill(apps, schema_editor):
    for _ in rebuild(apps.get_model("chat", "Message"), apps.get_model("chat", "SearchRebuild")):
        pass


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("chat", "0028_search_symbols")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
