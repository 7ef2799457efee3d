"""Fields in which a person or a room is searched for, whatever a form or an address has sent for them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey
from django.http import HttpRequest

# Every number with so many digits is one that the database can hold.
_MOST_DIGITS = 18


class NumberAutocomplete(AutocompleteSelect):
    """Shows again only what can be a row's number: Django's own asks the database for it before the form has an error."""

    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [each for each in value if _is_number(str(each))], attrs)


class AutocompleteAdmin(BaseModelAdmin):  # type: ignore[type-arg]  # generic in its stubs only
    """An admin, or an inline, with `autocomplete_fields`."""

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "forms.ModelChoiceField[Any] | None":
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", NumberAutocomplete(db_field, admin.site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
