"""Deleting one's own account, with two weeks to change one's mind."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import AccountDeletion
from tests.accounts.conftest import PASSWORD

LOG_IN = "/accounts/login/"
DELETE = "/accounts/delete/"
KEEP = "/accounts/keep/"


def log_in(client: Client, **more: str):
    return client.post(LOG_IN, {"login": "alice", "password": PASSWORD, **more})


@pytest.fixture
def hers(alice) -> Client:
    """Alice's browser, in which she just gave her password again."""
    client = Client()
    log_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def deleted(hers) -> None:
    """She asked for it."""
    hers.post(DELETE, {"messages": "keep"})


def test_it_is_asked_for_with_the_password_and_ends_every_session(alice, hers):
    phone = Client()
    log_in(phone)
    assert phone.post(DELETE)["Location"].startswith("/accounts/reauthenticate/")
    assert not AccountDeletion.objects.exists()
    phone.get("/accounts/sessions/")
    page = hers.post(DELETE, {"messages": "delete"}, follow=True)
    assert "will be deleted in 14 days" in page.content.decode()
    deletion = AccountDeletion.objects.get()
    assert deletion.deletes_messages
    assert timedelta(days=13.9) < deletion.due_at - timezone.now() <= timedelta(days=14)
    assert hers.get("/accounts/").status_code == 302
    alice.refresh_from_db()
    assert alice.is_active


def test_the_messages_stay_unless_she_says_otherwise(hers):
    hers.post(DELETE, {"messages": "anything"})
    assert not AccountDeletion.objects.get().deletes_messages


@pytest.mark.usefixtures("deleted")
def test_a_login_shows_it_and_she_keeps_her_account():
    client = Client()
    log_in(client, next="/rooms/general/")
    for path in ("/", "/rooms/", "/admin/"):
        assert client.get(path)["Location"] == KEEP, path
    assert "Keep my account" in client.get(KEEP).content.decode()
    assert client.get(DELETE).status_code == 302
    page = client.post(KEEP, follow=True)
    assert "Your account stays" in page.content.decode()
    assert not AccountDeletion.objects.exists()
    assert client.get("/accounts/").status_code == 200


@pytest.mark.usefixtures("deleted")
def test_another_device_that_was_asked_goes_on_once_she_kept_it():
    laptop, phone = Client(), Client()
    for client in (laptop, phone):
        log_in(client)
    laptop.post(KEEP)
    assert phone.get(KEEP)["Location"] == "/accounts/"
    assert phone.get("/accounts/").status_code == 200


@pytest.mark.usefixtures("deleted")
def test_whoever_looks_on_can_log_out_and_leave_it():
    client = Client()
    log_in(client)
    client.post("/accounts/logout/")
    assert AccountDeletion.objects.exists()


def test_the_only_owner_stays(make_person):
    make_person("olga", is_superuser=True, is_staff=True)
    client = Client()
    client.post(LOG_IN, {"login": "olga", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert "The site needs an owner" in client.post(DELETE).content.decode()
    assert not AccountDeletion.objects.exists()


def test_a_mail_tells_her_where_there_is_mail(hers, sends_mail):
    hers.post(DELETE)
    assert [message.to for message in mail.outbox] == [["alice@example.org"]]
    assert "14 days" in mail.outbox[0].body


def test_nobody_else_is_asked_and_no_page_asks_the_database_for_it(hers, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):  # the session, the person, their bans
        assert hers.get("/accounts/").status_code == 200
