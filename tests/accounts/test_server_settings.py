"""The server's settings: sam owns it, ruth is of the staff."""

import time
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.db import OperationalError
from django.test import Client

from accounts import server_settings
from accounts.models import ServerSetting
from accounts.server_settings import ServerSettings, _Held, current, known, refresh
from chat.actions.rooms import creating
from chat.domain.errors import ChatError
from chat.models import ModerationLog

PAGE, MAIL = "/server/settings/", "/server/settings/mail/"
ALL = ServerSettings()._asdict()


@pytest.fixture(autouse=True)
def nothing_fixed(settings):
    """The environment of the tests decides these two."""
    settings.MOST_OWN_ROOMS = settings.NEWCOMER_MINUTES = None


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
        assert browser.post(PAGE, ALL | {"server_name": "  Northwind ", "signup": "closed"})["Location"] == PAGE
    assert current() == ServerSettings(server_name="Northwind", signup="closed")
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
    browser.post(PAGE, ALL)
    assert not ServerSetting.objects.exists()
    assert not ModerationLog.objects.exists()


def test_only_owners_come_here(db, make_person):
    ruth = Client()
    ruth.force_login(make_person("ruth", is_staff=True))
    assert [ruth.get(PAGE).status_code, ruth.post(PAGE, ALL | {"server_name": "Mine"}).status_code] == [403, 403]
    assert ruth.post(MAIL).status_code == 403
    assert Client().get(PAGE).status_code == 302
    assert current().server_name == "Parley"


@pytest.mark.parametrize(
    "wrong",
    [
        {"server_name": ""},
        {"server_name": "x" * 41},
        {"server_name": "\u202e"},
        {"signup": "perhaps"},
        {"welcome_text": "x" * 501},
        {"create_rooms": "nobody"},
        {"default_language": "xx"},
        {"message_max_chars": "0"},
        {"message_max_chars": "20001"},
        {"most_own_rooms": "-1"},
        {"newcomer_minutes": "9" * 20},
    ],
)
def test_what_is_wrong_is_said(browser, wrong):
    answer = browser.post(PAGE, ALL | wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, list(wrong))


def test_the_environment_wins_and_is_shown(browser, settings):
    ServerSetting.objects.create(name="server_name", value="Northwind")
    settings.SERVER_NAME = "Southwind"
    assert current().server_name == "Southwind"
    assert "Set by the variable SERVER_NAME" in browser.get(PAGE).content.decode()
    browser.post(PAGE, ALL | {"server_name": "Eastwind"})
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


@pytest.fixture
def change(browser, django_capture_on_commit_callbacks):
    """Change settings as sam does on the page."""

    def change(**values):
        with django_capture_on_commit_callbacks(execute=True):
            assert browser.post(PAGE, ALL | values)["Location"] == PAGE

    return change


def test_what_runs_on_every_message_knows_the_settings_without_a_query(db, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(server_settings, "_held", _Held({}, 0.0))
    ServerSetting.objects.create(name="message_max_chars", value=10)  # by another process
    with django_assert_num_queries(0):
        assert known("message_max_chars") == 8_000
    with django_assert_num_queries(1):
        refresh()
    with django_assert_num_queries(0):
        assert known("message_max_chars") == 10


def test_zero_in_the_environment_is_a_value(db, settings):
    ServerSetting.objects.create(name="most_own_rooms", value=3)
    settings.MOST_OWN_ROOMS = 0
    refresh()
    assert known("most_own_rooms") == 0


def test_everyone_who_comes_in_reads_the_welcome_text(change, settings):
    change(welcome_text="Be kind.\r\n\r\n<b>No</b> adverts.")
    for path in ("/accounts/login/", "/accounts/signup/"):
        page = Client().get(path).content.decode()
        assert "<p>Be kind.</p>" in page
        assert "&lt;b&gt;No&lt;/b&gt; adverts." in page


def test_rooms_are_created_by_the_staff_alone_where_the_owners_want_it(change, alice, sam, make_person):
    creating.create_room(alice, "Before", "public")
    change(create_rooms="staff")
    with pytest.raises(ChatError) as refused:
        creating.create_room(alice, "After", "public")
    assert refused.value.code == "forbidden"
    creating.create_room(sam, "After", "public")
    hers, his = Client(), Client()
    hers.force_login(alice)
    his.force_login(sam)
    assert "New room</button>" not in hers.get("/rooms/").content.decode()
    assert "New room</button>" in his.get("/rooms/").content.decode()
    creating.open_direct_room(alice, [sam.pk])  # which is no room in this sense


def test_the_servers_language_holds_for_those_who_chose_none(change):
    change(default_language="de")
    stranger, reader = Client(headers={"accept-language": "en"}), Client(headers={"accept-language": "en"})
    assert "Willkommen zurück" in stranger.get("/accounts/login/").content.decode()
    reader.cookies["language"] = "en"
    assert "Welcome back" in reader.get("/accounts/login/").content.decode()
    reader.cookies["language"] = "nonsense"
    assert "Willkommen zurück" in reader.get("/accounts/login/").content.decode()


def test_sam_tries_the_mail(browser, settings):
    assert "no mail server is set" in browser.post(MAIL, follow=True).content.decode()
    settings.SENDS_MAIL, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "mail.example", 587
    page = browser.post(MAIL, follow=True).content.decode()
    assert "accepted a mail to sam@example.org" in page
    assert "Mail is sent by mail.example:587" in page
    assert [message.to for message in mail.outbox] == [["sam@example.org"]] * 2


def test_sam_reads_what_the_mail_server_answered(browser, settings, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise SMTPRecipientsRefused({"sam@example.org": (550, b"no such user")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert "550" in browser.post(MAIL, follow=True).content.decode()
