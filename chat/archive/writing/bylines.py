"""The bylines of new messages: their ids, from the database or added to it."""

from collections.abc import Collection, Iterable

from django.db import connection

from chat.domain.types import Author
from chat.models import Byline


def byline_ids(authors: Iterable[Author]) -> dict[Author, int]:
    """Return the id of each author's byline, in the caller's transaction.

    Two archivers at once may each add the same one: that costs a row, and a constraint would cost those who change bylines.
    """
    wanted = set(authors)
    known = _known(wanted)
    missing = wanted - known.keys()
    if missing:
        added = [Byline(author=author.id, handle=author.handle, name=author.name) for author in missing]
        Byline.objects.bulk_create(added)
        known |= {Author(byline.author, byline.handle, byline.name): byline.pk for byline in added}
    return known


def _known(wanted: Collection[Author]) -> dict[Author, int]:
    """By hand, as all that the archiver does for each batch: the ORM's query building took longer than the database."""
    if not wanted:
        return {}
    marks = ", ".join(["%s"] * len(wanted))
    sql = f"SELECT author, handle, name, id FROM chat_byline WHERE author IN ({marks})"  # noqa: S608  # placeholders only
    with connection.cursor() as cursor:
        cursor.execute(sql, [author.id for author in wanted])
        found = {Author(author, handle, name): byline_id for author, handle, name, byline_id in cursor.fetchall()}
    return {author: byline_id for author, byline_id in found.items() if author in wanted}
