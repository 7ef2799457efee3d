"""Chooses the index by the database."""

from django.db.backends.base.base import BaseDatabaseWrapper

from chat.archive.search.request import SearchIndex


def index_of(connection: BaseDatabaseWrapper) -> SearchIndex:
    """Return the index in this database."""
    if connection.vendor == "sqlite":
        from chat.archive.search.sqlite import SqliteIndex

        return SqliteIndex(connection)
    from chat.archive.search.postgresql import PostgresqlIndex

    return PostgresqlIndex(connection)
