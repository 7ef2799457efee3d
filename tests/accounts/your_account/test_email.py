"""A new email holds once it is confirmed; the old one is told, and nobody learns who has an account."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import PASSWORD

LOG_IN = "/accounts/login/"
PAGE = "/accounts/email/"
NEW = "alice@new.example"


@pytest.fixture(autouse=True)
def _in_no_time(monkeypatch):
    monkeypatch.setattr("accounts.auth.even_time.EVEN_SECONDS", 0)


@pytest.fixture
def hers(client, alice) -> Client:
    """Alice's browser, in which she just logged in."""
    client.post(LOG_IN, {"login": "alice", "password": PASSWORD})
    return client


@pytest.fixture
def asked(hers, sends_mail) -> Client:
    """Her browser, once she has proved again that it is her."""
    assert confirm(hers).status_code == 302
    return hers


def confirm(client: Client, password: str = PASSWORD):
    return client.post("/accounts/reauthenticate/", {"password": password, "next": PAGE})


def sent_to(address: str) -> list[str]:
    return [str(message.body) for message in mail.outbox if message.to == [address]]


def link_in(body: str) -> str:
    return re.findall(r"http://localhost:7777(/accounts/confirm-email/\S+)", body)[0]


def test_the_new_email_holds_once_its_link_was_opened_and_the_old_one_is_told(asked, alice):
    assert asked.post(PAGE, {"email": NEW})["Location"] == PAGE
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"
    assert NEW in asked.get(PAGE).content.decode()
    assert asked.post(link_in(sent_to(NEW)[0]))["Location"] == PAGE
    alice.refresh_from_db()
    assert alice.email == NEW
    assert [(one.email, one.verified, one.primary) for one in EmailAddress.objects.filter(user=alice)] == [(NEW, True, True)]
    [told] = sent_to("alice@example.org")
    assert "from alice@example.org to alice@new.example" in told
    assert Client().post(LOG_IN, {"login": NEW, "password": PASSWORD})["Location"] == "/"


def test_a_thief_of_the_session_has_to_know_the_password(hers, alice, sends_mail):
    reply = hers.post(PAGE, {"email": NEW})
    assert reply["Location"].startswith("/accounts/reauthenticate/")
    assert not mail.outbox
    replies = [confirm(hers, "wrong wrong").status_code for _ in range(6)]
    assert replies == [200] * 5 + [429]
    assert confirm(hers).status_code == 429


def test_what_was_sent_before_the_password_is_done_after_it(hers, alice, sends_mail):
    hers.post(PAGE, {"email": NEW})
    confirm(hers)
    assert len(sent_to(NEW)) == 1


def test_a_taken_email_looks_like_a_free_one_and_stays_its_owners(asked, alice, bob):
    replies = []
    for email in ("bob@example.org", NEW):
        reply = asked.post(PAGE, {"email": email}, follow=True)
        replies.append((reply.status_code, [str(one) for one in reply.context["messages"]], reply.redirect_chain))
        assert email in reply.content.decode()
    assert replies[0] == replies[1]
    [body] = sent_to("bob@example.org")
    assert "Nothing was changed" in body
    assert "confirm-email" not in body


def test_who_was_later_is_refused_when_somebody_took_it_meanwhile(asked, alice):
    asked.post(PAGE, {"email": NEW})
    User.objects.create_user(NEW, "carol", PASSWORD)  # as an administrator can, without an address of allauth's
    page = asked.post(link_in(sent_to(NEW)[0]), follow=True)
    assert "could not be confirmed" in page.content.decode()
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_a_mistyped_email_opens_nothing_by_a_reset(asked, alice):
    asked.post(PAGE, {"email": "stranger@example.net"})
    Client().post("/accounts/password/reset/", {"email": "stranger@example.net"})
    assert [body for body in sent_to("stranger@example.net") if "password" in body] == []


def test_a_pending_email_keeps_nobody_from_signing_up(asked, alice):
    asked.post(PAGE, {"email": "dave@example.net"})
    form = {"name": "Dave", "username": "dave", "email": "dave@example.net", "password1": PASSWORD}
    Client().post("/accounts/signup/", form)
    assert User.objects.filter(handle="dave").exists()


def test_she_keeps_an_email_that_was_never_confirmed_while_she_changes_it(asked, alice):
    EmailAddress.objects.get_or_create(user=alice, email=alice.email, defaults={"verified": False})
    for email in (NEW, "other@new.example"):
        asked.post(PAGE, {"email": email})
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"
    assert {one.email for one in EmailAddress.objects.filter(user=alice)} == {"alice@example.org", "other@new.example"}
    asked.post(PAGE, {"cancel": "1"})
    assert {one.email for one in EmailAddress.objects.filter(user=alice)} == {"alice@example.org"}


@pytest.mark.parametrize("act", ["action_primary", "action_remove", "action_send", "action_add"])
def test_no_act_of_allauths_own_page_changes_the_one_address(asked, alice, act):
    asked.get(PAGE)
    asked.post(PAGE, {act: "", "email": alice.email})
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"
    assert not mail.outbox


def test_asking_is_limited(asked):
    replies = [asked.post(PAGE, {"email": f"a{number}@new.example"}).status_code for number in range(6)]
    assert replies == [302] * 5 + [429]


def test_without_a_mail_server_there_is_a_sentence_and_no_form(hers, alice):
    page = hers.get(PAGE).content.decode()
    assert "This server cannot send email" in page
    assert 'name="email"' not in page
    assert hers.post(PAGE, {"email": NEW}).status_code == 200
    assert not EmailAddress.objects.filter(email=NEW).exists()


def test_the_account_page_leads_there(hers):
    page = hers.get("/accounts/").content.decode()
    assert PAGE in page
    assert "alice@example.org" in page
    assert Client().get("/accounts/")["Location"].startswith(LOG_IN)
