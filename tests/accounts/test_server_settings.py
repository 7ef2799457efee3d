"""The server's settings: sam owns it, ruth is of the staff."""

import time

import pytest
from django.core import mail
from django.db import OperationalError
from django.test import Client

from accounts import server_settings
from accounts.models import ServerSetting
from accounts.server_settings import _Held, current
from chat.models import ModerationLog

PAGE = "/server/settings/"


@pytest.fixture
def sam(make_person):
    return make_person("sam", is_staff=True, is_superuser=True)


@pytest.fixture
def browser(sam):
    browser = Client()
    browser.force_login(sam)
    return browser


def test_sam_renames_the_server_and_closes_sign_up(browser, sam, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(PAGE, {"server_name": "  Northwind ", "signup": "closed"})["Location"] == PAGE
    assert current() == ("Northwind", "closed")
    page = browser.get(PAGE).content.decode()
    assert "Saved." in page
    assert "Server settings · Northwind" in page
    assert Client().get("/accounts/signup/").status_code == 403
    [entry] = ModerationLog.objects.all()
    assert (entry.action, entry.by, entry.details["after"]) == (
        "settings",
        sam,
        {"server_name": "Northwind", "signup": "closed"},
    )


def test_nothing_is_logged_where_nothing_changes(browser):
    browser.post(PAGE, {"server_name": "Parley", "signup": "open"})
    assert not ServerSetting.objects.exists()
    assert not ModerationLog.objects.exists()


def test_only_owners_come_here(db, make_person):
    ruth = Client()
    ruth.force_login(make_person("ruth", is_staff=True))
    assert [ruth.get(PAGE).status_code, ruth.post(PAGE, {"server_name": "Mine", "signup": "open"}).status_code] == [403, 403]
    assert Client().get(PAGE).status_code == 302
    assert current().server_name == "Parley"


@pytest.mark.parametrize(
    "wrong", [{"server_name": ""}, {"server_name": "x" * 41}, {"server_name": "\u202e"}, {"signup": "perhaps"}]
)
def test_what_is_wrong_is_said(browser, wrong):
    answer = browser.post(PAGE, {"server_name": "Northwind", "signup": "open"} | wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, list(wrong))


def test_the_environment_wins_and_is_shown(browser, settings):
    ServerSetting.objects.create(name="server_name", value="Northwind")
    settings.SERVER_NAME = "Southwind"
    assert current().server_name == "Southwind"
    assert "Set by the variable SERVER_NAME" in browser.get(PAGE).content.decode()
    browser.post(PAGE, {"server_name": "Eastwind", "signup": "open"})
    assert ServerSetting.objects.get().value == "Northwind"


def test_another_process_has_a_change_within_a_second_and_asks_once(db, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(server_settings, "_held", _Held({}, time.monotonic() + server_settings.SECONDS))
    ServerSetting.objects.create(name="server_name", value="Northwind")  # by another one
    assert current().server_name == "Parley"
    later = time.monotonic() + server_settings.SECONDS + 0.001
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with django_assert_num_queries(1):
        assert [current().server_name for _ in range(3)] == ["Northwind"] * 3


def test_without_the_database_the_last_known_holds(db, monkeypatch):
    monkeypatch.setattr(server_settings, "_held", _Held({"server_name": "Northwind"}, 0.0))

    def gone(*_args):
        raise OperationalError

    monkeypatch.setattr(ServerSetting.objects, "values_list", gone)
    assert current().server_name == "Northwind"


def test_a_setting_of_a_newer_version_is_left_alone(db, monkeypatch):
    ServerSetting.objects.create(name="of_the_future", value=7)
    monkeypatch.setattr(server_settings, "_held", _Held({}, 0.0))
    assert current().server_name == "Parley"


def test_mail_comes_from_the_server_by_its_name(client, alice, settings, sends_mail):
    settings.SERVER_NAME = "Northwind"
    client.post("/accounts/password/reset/", {"email": "alice@example.org"})
    [message] = mail.outbox
    assert message.subject == "[Northwind] Choose a new password"
    assert message.from_email.startswith("Northwind <")
