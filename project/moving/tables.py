"""Which tables are moved, and in which order: what is referred to comes before what refers to it."""

from collections.abc import Callable, Sequence
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

Table = type[Model]
Row = tuple[Any, ...]

# How far a rebuild of the source's search index is: the target builds its own.
NOT_MOVED = {"chat.SearchRebuild"}


def tables() -> list[Table]:
    """Return every model that has a table, those of many-to-many relations among them."""
    models = apps.get_models(include_auto_created=True)
    own = [model for model in models if model._meta.managed and not model._meta.proxy and model._meta.label not in NOT_MOVED]
    # Never the order of a set, which is another one in each process: a move that is repeated stops at the same place.
    return list(TopologicalSorter({model: [each for each in own if each in _referred(model)] for model in own}).static_order())


def columns(table: Table) -> list["Field[Any, Any]"]:
    """Return the fields that are columns."""
    return list(table._meta.concrete_fields)


def rows_after(table: Table, alias: str, last: Any, most: int) -> list[Row]:
    """Return the next rows in the order of the primary key, as Python values; `last` None: from the first on."""
    rows = table._base_manager.using(alias).order_by("pk")
    if last is not None:
        rows = rows.filter(pk__gt=last)
    return list(rows.values_list(*(field.attname for field in columns(table)))[:most])


def key_place(table: Table) -> int:
    """Return which column is the primary key."""
    return next(place for place, field in enumerate(columns(table)) if field.primary_key)


def _referred(model: Table) -> set[Table]:
    """Relations that the database does not enforce may refer to anything."""
    enforced: Callable[[Any], bool] = lambda field: field.many_to_one or field.one_to_one  # noqa: E731
    related: Sequence[Any] = [field for field in model._meta.concrete_fields if enforced(field)]
    return {field.related_model for field in related if field.db_constraint and field.related_model is not model}
