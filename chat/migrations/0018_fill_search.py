"""Fills the new search index, and gives back the space of the old one. When it is stopped, the next start goes on."""

import logging

from django.db import DatabaseError, migrations

from chat.archive.search.rebuilding import rebuild

log = logging.getLogger(__name__)

GIVE_BACK = {
    # What is deleted from now on can be given back a part at a time.
    "sqlite": ["PRAGMA auto_vacuum = INCREMENTAL", "VACUUM"],
    "postgresql": ["VACUUM FULL chat_message"],
}


def fill(apps, schema_editor):
    for _ in rebuild(apps.get_model("chat", "Message"), apps.get_model("chat", "SearchRebuild")):
        pass


def give_back(apps, schema_editor):
    """It needs as much free space as it leaves in use; without, the space is used for what is written next."""
    try:
        with schema_editor.connection.cursor() as cursor:
            for statement in GIVE_BACK[schema_editor.connection.vendor]:
                cursor.execute(statement)
    except DatabaseError as error:
        log.warning("The database file could not be made smaller: %s", error)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("chat", "0017_compact_search")]
    operations = [migrations.RunPython(fill), migrations.RunPython(give_back)]
