"""Whoever reads the admin in their language reads no field's name in another."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, label_for_field
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest
from django.utils.translation import override

from accounts.models import User

SCREENS = sorted(admin.site._registry.values(), key=lambda screen: screen.opts.label)
# Words that German writes as English does.
SAME = {"details", "id", "link", "name", "person", "text"}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.opts.label)
def test_every_label_is_german(screen: admin.ModelAdmin, rf) -> None:
    request = rf.get("/admin/")
    request.user = User(is_superuser=True, is_staff=True)
    with override("en"):
        english = dict(_words(screen, request))
    with override("de"):
        german = dict(_words(screen, request))
    assert {place: words for place, words in german.items() if words == english[place] and words not in {"", *SAME}} == {}


def _words(screen: admin.ModelAdmin, request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Everything that a list's head, its filters and a form say, by where it stands."""
    parts = screen.get_fieldsets(request, screen.model())
    for name in dict.fromkeys([*screen.get_list_display(request), *flatten_fieldsets(parts)]):
        if name != "action_checkbox":
            yield f"label of {name}", str(label_for_field(name, screen.model, screen)).lower()
            yield from _help(screen, name)
    for number, (title, _) in enumerate(parts):
        yield f"part {number}", str(title or "")


def _help(screen: admin.ModelAdmin, name: str) -> Iterator[tuple[str, str]]:
    try:
        words = getattr(screen.opts.get_field(name), "help_text", "")
    except FieldDoesNotExist:
        return
    if words:
        yield f"help of {name}", str(words)
