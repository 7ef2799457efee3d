"""Every address of the admin, as the URL list has them: a screen that is added later is tested here without being named."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from chat.moderators_group import MAY, NAME

# Anybody may ask for these, and learns nothing: the way in, the way out, and the words of the date picker.
OPEN = {"login", "logout", "jsi18n"}
# Anyone of the staff may: a page of links to what else they may open, and their own password.
STAFF = {"index", "password_change", "password_change_done", "app_list", "autocomplete", "view_on_site", None}
# What is read and changed only by who runs the server.
OWNERS = re.compile(r"auth_group_.*|accounts_user_(add|delete|history)|auth_user_password_change|.*_history|.*_add|.*_delete")


def admin_addresses() -> list[tuple[str | None, str]]:
    """The name and the pattern of every address below /admin/."""
    return [(name, path) for name, path in _addresses(get_resolver().url_patterns, "") if path.startswith("admin/")]


def _addresses(patterns, before: str) -> Iterator[tuple[str | None, str]]:
    for pattern in patterns:
        path = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield pattern.name, path


def filled(path: str, everything: dict[str, int]) -> str:
    """An address with something real in its places."""
    model = path.split("/")[2] if path.count("/") > 1 else ""
    path = re.sub(
        r"<(path|int):object_id>|<id>", str(everything.get("/".join(path.split("/")[1:3]), everything.get(model, 1))), path
    )
    path = path.replace("<slug:act>", "claim").replace("<path:content_type_id>", "1").replace("<path:object_id>", "1")
    return "/" + re.sub(r"\(\?P<app_label>[^)]*\)", "chat", path).replace("(?P<url>.*)$", "nowhere").rstrip("$")


@pytest.fixture
def addresses(everything) -> list[tuple[str | None, str]]:
    return [(name, filled(path, everything)) for name, path in admin_addresses()]


def test_the_list_is_not_empty_and_has_the_screens():
    names = {name for name, _ in admin_addresses()}
    assert {"pulse", "chat_message_changelist", "chat_report_act", "chat_moderationlog_export"} <= names
    assert {"chat_invitation_changelist", "chat_joinrequest_act"} <= names


def test_who_is_not_signed_in_is_sent_to_the_log_in_from_everywhere(addresses):
    browser = Client()
    for name, path in addresses:
        if name not in OPEN:
            reply = browser.get(path)
            assert (name, reply.status_code) == (name, 302)
            assert "/login/" in reply["Location"], path


@pytest.mark.parametrize("handle", ["carol", "alice"])
def test_who_is_not_staff_sees_nothing_even_if_they_moderate_a_room(scene, addresses, handle):
    browser = Client()
    browser.force_login(getattr(scene, handle))
    for name, path in addresses:
        if name in OPEN:
            continue
        for reply in (browser.get(path, follow=True), browser.post(path, {}, follow=True)):
            assert (path, reply.status_code) == (path, 403)


def test_staff_without_a_right_see_nothing_of_anybody(scene, addresses):
    browser = Client()
    browser.force_login(scene.sally)
    for name, path in addresses:
        if name in OPEN | STAFF:
            continue
        for reply in (browser.get(path), browser.post(path, {})):
            assert (path, reply.status_code) in ((path, 403), (path, 404), (path, 405))
            assert "bob" not in reply.content.decode()


def test_the_moderators_group_opens_every_screen_of_moderation_and_no_other(mona, addresses):
    opened = set()
    for name, path in addresses:
        if name is None or name in OPEN | STAFF:
            continue
        status = mona.client.get(path).status_code
        if OWNERS.fullmatch(name) and name not in ("chat_room_history", "chat_sanction_add", "chat_membership_add"):
            continue
        expected = 405 if name.endswith("_act") else 200
        assert (name, status) == (name, expected)
        opened.add(name)
    assert len(opened) > 15


def test_the_group_gives_exactly_these_rights(scene):
    rights = Permission.objects.filter(group__name=NAME)
    given = {(right.content_type.app_label, right.codename) for right in rights}
    assert given == {(label, codename) for label, codenames in MAY.items() for codename in codenames}


@pytest.mark.parametrize("right", ["view_message", "view_report", "view_sanction", "view_moderationlog", "view_room"])
def test_one_right_opens_one_screen(scene, everything, right):
    scene.sally.user_permissions.add(Permission.objects.get(codename=right))
    browser = Client()
    browser.force_login(scene.sally)
    model = right.removeprefix("view_")
    for other in ("message", "report", "sanction", "moderationlog", "room"):
        assert browser.get(f"/admin/chat/{other}/").status_code == (200 if other == model else 403)
        assert browser.get(f"/admin/chat/{other}/{everything[other]}/change/").status_code == (200 if other == model else 403)


def test_who_only_sees_does_nothing(scene, everything):
    scene.sally.user_permissions.add(*Permission.objects.filter(codename__startswith="view_"))
    browser = Client()
    browser.force_login(scene.sally)
    before = scene.log()
    acts = {
        "accounts/user": ("lift", "mute", "ban", "kick", "purge", "end-session"),
        "chat/message": ("delete", "restore"),
        "chat/report": ("claim", "release", "resolve", "send"),
        "chat/sanction": ("lift",),
        "chat/invitation": ("revoke",),
        "chat/joinrequest": ("accept", "decline"),
        "chat/moderationlog": ("unpurge",),
    }
    for screen, names in acts.items():
        pk = everything.get(screen) or everything[screen.split("/")[1]]
        page = browser.get(f"/admin/{screen}/{pk}/change/").content.decode()
        for name in names:
            path = f"/admin/{screen}/{pk}/{name}/now/"
            assert path not in page
            assert browser.post(path, {"reason": "because"}).status_code == 403
    assert scene.log() == before
