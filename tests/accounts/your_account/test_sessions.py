"""Where one is logged in, ended one by one or all others; and what it costs to know."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.sessions import devices as kept
from accounts.sessions.authentication import hash_of, session_ended
from accounts.sessions.device_names import device_name
from accounts.sessions.expired_sessions import clear_expired_sessions
from tests.accounts.conftest import PASSWORD

LOG_IN = "/accounts/login/"
PAGE = "/accounts/sessions/"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.6 Mobile/15E148 Safari/604.1"
)


@pytest.fixture(autouse=True)
def _notes_devices(monkeypatch, settings):
    monkeypatch.setattr(kept, "_noted", {})
    before = settings.MIDDLEWARE.index("django.contrib.messages.middleware.MessageMiddleware")
    settings.MIDDLEWARE = [*settings.MIDDLEWARE]
    settings.MIDDLEWARE.insert(before, "accounts.sessions.device_middleware.note_devices")


def browser(user_agent: str, handle: str = "alice", password: str = PASSWORD) -> Client:
    client = Client(headers={"User-Agent": user_agent})
    client.post(LOG_IN, {"login": handle, "password": password})
    return client


@pytest.fixture
def laptop(alice) -> Client:
    return browser(LAPTOP)


@pytest.fixture
def phone(alice) -> Client:
    return browser(PHONE)


def listed(client: Client) -> list[tuple[str, bool]]:
    return [(each.name, each.is_this) for each in client.get(PAGE).context["devices"]]


def id_of(client: Client) -> int:
    return UserSession.objects.get(session_key=client.session.session_key).pk


def is_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


def test_she_sees_her_devices_this_one_first(laptop, phone, bob):
    browser(PHONE, "bob")
    assert listed(laptop) == [("Firefox on Linux", True), ("Safari on iPhone", False)]
    assert listed(phone) == [("Safari on iPhone", True), ("Firefox on Linux", False)]
    page = laptop.get(PAGE).content.decode()
    assert "127.0.0.1" in page
    assert laptop.session.session_key not in page
    assert phone.session.session_key not in page


@pytest.mark.django_db(transaction=True)
def test_a_device_is_logged_out_and_its_connections_are_told(laptop, phone, alice):
    heard = []

    def note(user_id, session_hash, **kwargs):
        heard.append((user_id, session_hash))

    lost = hash_of(phone.session.session_key)
    session_ended.connect(note)
    assert laptop.post(PAGE, {"session": id_of(phone)}).status_code == 302
    session_ended.disconnect(note)
    assert heard == [(alice.pk, lost)]
    assert not is_in(phone)
    assert is_in(laptop)
    assert listed(laptop) == [("Firefox on Linux", True)]


def test_all_others_are_logged_out_at_once(laptop, phone, bob):
    tablet, his = browser(PHONE), browser(PHONE, "bob")
    laptop.post(PAGE, {"others": "1"})
    assert [is_in(each) for each in (laptop, phone, tablet, his)] == [True, False, False, True]


def test_a_new_password_ends_the_others_and_this_one_stays_listed(laptop, phone):
    laptop.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "another long one"})
    assert not is_in(phone)
    assert listed(laptop) == [("Firefox on Linux", True)]


def test_nobody_ends_the_session_of_another_or_guesses_one(laptop, bob):
    his = browser(PHONE, "bob")
    for number in (id_of(his), 0, -1, "9" * 40, "x", "", id_of(laptop)):
        assert laptop.post(PAGE, {"session": number}).status_code == 302
    assert is_in(his)
    assert is_in(laptop)
    assert Client().post(PAGE, {"others": "1"})["Location"].startswith(LOG_IN)


def test_a_session_is_written_once_in_five_minutes(laptop):
    with CaptureQueriesContext(connection) as asked:
        laptop.get("/accounts/")
    assert [query["sql"] for query in asked if "usersession" in query["sql"]] == []
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=1))
    laptop.get("/accounts/")
    assert UserSession.objects.get().last_seen_at < timezone.now() - timedelta(minutes=59)
    kept._noted[laptop.session.session_key] -= kept.NOTE_SECONDS
    laptop.get("/accounts/")
    assert UserSession.objects.get().last_seen_at > timezone.now() - timedelta(minutes=1)


def test_an_open_chat_counts_as_use(laptop, phone):
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=1))
    kept.note_open_sessions([phone.session.session_key, "", "x" * 32])
    seen = {row.pk: row.last_seen_at for row in UserSession.objects.all()}
    assert seen[id_of(phone)] > timezone.now() - timedelta(minutes=1) > seen[id_of(laptop)]


def test_a_script_that_logs_in_all_day_keeps_so_many_sessions_and_no_more(alice, monkeypatch):
    monkeypatch.setattr(kept, "MOST_SESSIONS", 3)
    clients = [browser(LAPTOP) for _ in range(5)]
    assert [is_in(client) for client in clients] == [False, False, True, True, True]


def test_what_is_known_of_a_device_goes_with_its_session(laptop, phone):
    laptop.post("/accounts/logout/")
    assert [row.session_key for row in UserSession.objects.all()] == [phone.session.session_key]
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    clear_expired_sessions()
    assert not UserSession.objects.exists()


def test_a_database_that_refuses_to_note_it_costs_nobody_their_page(laptop, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("database or disk is full")

    kept._noted.clear()
    monkeypatch.setattr(UserSession.objects, "filter", refuse)
    assert laptop.get("/accounts/").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (LAPTOP, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537 Edg/140.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18 Safari/605", "Safari on macOS"),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 OPR/120", "Opera on ChromeOS"),
        ("curl/8.5 Linux", "Linux"),
        ("", "Unknown device"),
    ],
)
def test_a_device_is_named_as_people_know_it(user_agent, name):
    assert device_name(user_agent) == name
