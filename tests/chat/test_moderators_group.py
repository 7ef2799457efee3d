"""What the group Moderators gets at a migration: every new screen's permission once, and nothing that an owner took away."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from chat import moderators_group
from chat.moderators_group import MAY, NAME, update_moderators_group
from project.server.migrate import migrate
from project.sqlite.base import DatabaseWrapper as SqliteWrapper
from tests.support.postgresql_server import as_default

EVERYTHING = {f"{label}.{codename}" for label, codenames in MAY.items() for codename in codenames}
REMEMBERS_NOTHING = [("chat", "0025_plain_labels"), ("accounts", "0007_plain_labels"), ("sessions", "0001_initial")]
WORD_LIST = ("view_wordrule", "add_wordrule", "change_wordrule", "delete_wordrule")


def held() -> set[str]:
    rows = Permission.objects.filter(group__name=NAME).values_list("content_type__app_label", "codename")
    return {f"{label}.{codename}" for label, codename in rows}


def take_away(*codenames: str) -> None:
    Group.objects.get(name=NAME).permissions.remove(*Permission.objects.filter(codename__in=codenames))


@pytest.mark.django_db
def test_a_new_screens_permission_is_given_once_and_what_was_taken_away_stays_away(monkeypatch):
    take_away("change_room")
    monkeypatch.setitem(moderators_group.MAY, "chat", (*MAY["chat"], "delete_invitation"))
    update_moderators_group()
    assert held() == EVERYTHING - {"chat.change_room"} | {"chat.delete_invitation"}
    take_away("delete_invitation")
    update_moderators_group()
    assert held() == EVERYTHING - {"chat.change_room"}


@pytest.mark.django_db
def test_a_new_screen_without_a_migration_reaches_the_group_at_the_next_start(monkeypatch):
    monkeypatch.setattr("project.server.migrate.connection.close", lambda: None)
    monkeypatch.setitem(moderators_group.MAY, "chat", (*MAY["chat"], "delete_invitation"))
    migrate()
    assert held() == EVERYTHING | {"chat.delete_invitation"}


@pytest.mark.django_db
def test_a_group_that_was_deleted_is_made_with_everything():
    Group.objects.get(name=NAME).delete()
    update_moderators_group()
    assert held() == EVERYTHING


@pytest.fixture
def earlier(tmp_path, django_db_blocker) -> Iterator[None]:
    """The database of an installation whose group an earlier version made, with nothing about it in the record."""
    database = SqliteWrapper({**connections.databases["default"], "NAME": str(tmp_path / "earlier.sqlite3")}, "default")
    with django_db_blocker.unblock(), as_default(database):
        MigrationExecutor(database).migrate(REMEMBERS_NOTHING)
        for label in MAY:
            create_permissions(apps.get_app_config(label), verbosity=0)
        group = Group.objects.create(name=NAME)
        for label, codenames in MAY.items():
            group.permissions.add(*Permission.objects.filter(content_type__app_label=label, codename__in=codenames))
        yield
    database.close()


@pytest.mark.usefixtures("earlier")
def test_an_installation_of_before_gets_the_new_screens_and_keeps_what_was_taken_away():
    """Its group was made before there were word lists; an owner has taken two of the permissions that it had."""
    take_away(*WORD_LIST, "change_room", "change_joinrequest")
    call_command("migrate", verbosity=0, interactive=False)
    assert held() == EVERYTHING - {"chat.change_room", "chat.change_joinrequest"}
    take_away("add_wordrule")
    call_command("migrate", verbosity=0, interactive=False)
    assert held() == EVERYTHING - {"chat.change_room", "chat.change_joinrequest", "chat.add_wordrule"}
