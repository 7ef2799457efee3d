"""Forms of the admin, sent with nonsense in each field, and opened by an address with nonsense in it: an answer each time."""

import re

import pytest
from django.contrib import admin
from django.test import Client

from chat.admin.framework.autocomplete import AutocompleteAdmin

FIELD = re.compile(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"')
NEW = ["chat/membership/add", "chat/sanction/add", "chat/wordrule/add", "chat/room/add", "chat/invitation/add"]
CHANGED = ["chat/room", "chat/membership", "chat/wordrule", "accounts/user"]


@pytest.fixture
def owner(scene) -> Client:
    browser = Client()
    browser.force_login(scene.ruth)
    return browser


@pytest.fixture
def forms(owner, everything) -> dict[str, set[str]]:
    """The address of each form, with the names of its fields."""
    paths = [f"/admin/{name}/" for name in NEW]
    paths += [f"/admin/{name}/{everything.get(name) or everything[name.split('/')[1]]}/change/" for name in CHANGED]
    return {path: set(FIELD.findall(owner.get(path).content.decode())) for path in paths}


@pytest.mark.parametrize("nonsense", ["abc", "9" * 40, "1\x00"])
def test_nonsense_in_every_field_is_no_error_of_the_server(forms, owner, nonsense):
    for path, fields in forms.items():
        assert len(fields) > 2, path
        sent = dict.fromkeys(fields, nonsense)
        # As many rows as the page showed, so that these are looked at, too.
        rows = {field: "1" for field in fields if field.endswith("_FORMS")}
        assert owner.post(path, sent | rows).status_code < 500, path
        assert owner.get(path, sent).status_code < 500, path


@pytest.mark.parametrize("wrong", ["room", "user"])
def test_a_member_who_is_no_number_is_an_error_beside_the_field(owner, scene, wrong):
    sent = {"room": str(scene.room.pk), "user": str(scene.carol.pk), "role": "member"} | {wrong: "abc"}
    answer = owner.post("/admin/chat/membership/add/", sent)
    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == [wrong]


def test_every_screen_that_searches_for_a_row_takes_nonsense_for_it():
    screens = [each for screen in admin.site._registry.values() for each in (type(screen), *screen.inlines)]
    assert [each for each in screens if each.autocomplete_fields and not issubclass(each, AutocompleteAdmin)] == []
