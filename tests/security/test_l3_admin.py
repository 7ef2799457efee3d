"""L3: a panel shows nobody more than its model's own screen would, and nobody changes an equal or somebody above.

helen may see people, or change them; ruth is of the group Moderators, sam owns the site; bob wrote in a private room.
"""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from accounts.models import User
from accounts.sessions.open_sessions import open_sessions
from chat.actions.moderation import mute_kick_ban
from chat.archive.archiver import Archiver
from chat.live.live_state import LiveState
from chat.models import Report, Room
from chat.moderators_group import NAME
from tests.chat.actions.conftest import Cast

PEOPLE = "/admin/accounts/user/"
TEXT = "a word among friends"
REASON = "wrote too much"


class Staff:
    """Somebody of the staff with these permissions."""

    def __init__(self, *permissions: str) -> None:
        self.user = User.objects.create_user("helen@example.org", "helen", "a long one", is_staff=True)
        self.browser = Client()
        self.allow(*permissions)

    def allow(self, *permissions: str) -> None:
        for permission in permissions:
            label, codename = permission.split(".")
            self.user.user_permissions.add(Permission.objects.get(content_type__app_label=label, codename=codename))
        self.browser.force_login(self.user)

    def titles(self, path: str) -> set[str]:
        return {panel.title for panel in self.browser.get(path).context["panels"]}


@pytest.fixture
def hidden(cast: Cast, live: LiveState) -> Room:
    room = cast.open_room("Hidden", "private")
    cast.say(cast.bob, TEXT, room=room)
    mute_kick_ban.mute_person(cast.dora, room.pk, cast.bob.pk, REASON)
    Archiver(live).turn()
    return room


def test_who_may_see_people_sees_of_them_what_is_theirs_to_see(cast: Cast, hidden: Room) -> None:
    helen, screen = Staff("accounts.view_user"), f"{PEOPLE}{cast.bob.pk}/change/"
    page = helen.browser.get(screen).content.decode()
    assert helen.titles(screen) == set()
    assert not any(secret in page for secret in (TEXT, REASON, "Hidden"))
    assert "sanctioned" not in helen.browser.get(PEOPLE).context["cl"].list_display
    for permission, title in {
        "chat.view_message": "Recent messages",
        "chat.view_membership": "Rooms, and connections now",
        "chat.view_moderationlog": "The log about them",
        "sessions.delete_session": "Sessions",
    }.items():
        helen.allow(permission)
        assert title in helen.titles(screen)
    assert not {"Sanctions in force", "All sanctions, the newest first"} & helen.titles(screen)
    helen.allow("chat.view_sanction")
    assert len(helen.titles(screen)) == 6


def test_panels_of_rooms_and_reports_too(cast: Cast, hidden: Room) -> None:
    Report.objects.create(room=hidden, seq=1, reporter=cast.dora, author=cast.bob, reason="rude", snapshot={"text": TEXT})
    helen = Staff("chat.view_room", "chat.view_report")
    assert helen.titles(f"/admin/chat/room/{hidden.pk}/change/") == {"Now"}
    report = f"/admin/chat/report/{Report.objects.get().pk}/change/"
    assert helen.titles(report) == {"The message at the time", "Other reports of it"}
    assert REASON not in helen.browser.get(report).content.decode()


def change(browser: Client, person: User) -> list[int]:
    """Try to give somebody another handle, email and password; return the statuses."""
    facts = {"name": "Robert", "handle": "robert", "email": "robert@example.net", "is_active": "on"}
    password = {"password1": "a window to the sea", "password2": "a window to the sea", "usable_password": "true"}
    return [
        browser.post(f"{PEOPLE}{person.pk}/change/", facts).status_code,
        browser.post(f"{PEOPLE}{person.pk}/password/", password).status_code,
    ]


def test_nobody_changes_an_equal_or_somebody_above(cast: Cast) -> None:
    helen = Staff("accounts.view_user", "accounts.change_user")
    equal = User.objects.create_user("eve@example.org", "eve", is_staff=True)
    for person in (cast.ruth, equal, cast.sam):
        before = User.objects.filter(pk=person.pk).values().get()
        assert change(helen.browser, person) == [403, 403]
        assert User.objects.filter(pk=person.pk).values().get() == before
    assert change(helen.browser, cast.bob) == [302, 302]
    owner = Client()
    owner.force_login(cast.sam)
    assert re.search("password", owner.get(f"{PEOPLE}{cast.ruth.pk}/change/").content.decode())
    cast.bob.refresh_from_db()
    assert cast.bob.handle == "robert"


def test_nobody_gives_themselves_a_power_by_their_group(cast: Cast) -> None:
    helen = Staff("auth.view_group", "auth.change_group", "auth.add_group", "auth.delete_group")
    mine, anything = Group.objects.get(name=NAME), Permission.objects.values_list("pk", flat=True)[0]
    for address in (f"{mine.pk}/change/", "add/", f"{mine.pk}/delete/"):
        facts = {"name": "Owners", "permissions": [anything], "post": "yes"}
        assert helen.browser.post(f"/admin/auth/group/{address}", facts).status_code == 403
    owner = Client()
    owner.force_login(cast.sam)
    assert owner.post(f"/admin/auth/group/{mine.pk}/change/", {"name": "Wardens"}).status_code == 302


def test_nobody_ends_the_sessions_of_an_equal_or_somebody_above(cast: Cast) -> None:
    helen = Staff("accounts.view_user", "sessions.delete_session")
    for person, are_left in ((cast.ruth, 1), (cast.sam, 1), (cast.bob, 0)):
        Client().force_login(person)
        helen.browser.post(f"{PEOPLE}{person.pk}/end-session/now/", {"session": "all"})
        assert len(open_sessions(person.pk)) == are_left, person
