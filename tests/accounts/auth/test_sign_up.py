import re

import pytest
from allauth.account.signals import user_signed_up
from django.core import mail
from django.db import IntegrityError
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import PASSWORD

SIGN_UP = "/accounts/signup/"
ALICE = {"name": "Alice", "username": "alice", "email": "alice@example.org", "password1": PASSWORD}


@pytest.fixture
def signed_up():
    """Who the signal for the newcomers' rooms was sent for."""
    people = []

    def note(user, **kwargs):
        people.append(user)

    user_signed_up.connect(note)
    yield people
    user_signed_up.disconnect(note)


def test_alice_signs_up_and_is_in(client, db, signed_up):
    response = client.post(SIGN_UP, ALICE | {"username": "@Alice", "email": "Alice@Example.org", "name": "  Alice  A. "})
    assert (response.status_code, response["Location"]) == (302, "/")
    alice = User.objects.get()
    assert (alice.handle, alice.email, alice.name) == ("alice", "alice@example.org", "Alice A.")
    assert not alice.is_staff
    assert client.session["_auth_user_id"] == str(alice.pk)
    assert signed_up == [alice]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", "Al\u202eice"),
        ("name", ""),
        ("username", "admin"),
        ("username", "аlice"),
        ("email", "alice"),
        ("password1", "short"),
        ("password1", "password1234567890"[:8]),
        ("password1", "alice@example.org"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, db, field, wrong):
    response = client.post(SIGN_UP, ALICE | {field: wrong})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'id="id_{field}_error"' in page
    widget = re.search(rf'<input[^>]*name="{field}"[^>]*>', page)
    assert widget
    assert 'aria-invalid="true"' in widget[0]
    assert f"id_{field}_error" in widget[0]
    assert not User.objects.exists()


def test_the_page_helps_autofill_and_has_nothing_inline(client, db):
    page = client.get(SIGN_UP).content.decode()
    for hint in ('autocomplete="name"', 'autocomplete="username"', 'autocomplete="email"', 'autocomplete="new-password"'):
        assert hint in page
    assert page.count('<input type="password"') == 1
    assert not re.search(r"\sstyle=|\son\w+=|<script>|<style", page)


@pytest.mark.parametrize("handle", ["bob", "BOB", "@Bob", "ｂｏｂ", "admin"])
def test_a_taken_handle_and_a_reserved_one_get_the_same_reply(client, bob, handle):
    response = client.post(SIGN_UP, ALICE | {"username": handle})
    assert response.context["form"].errors == {"username": ["That handle is taken. Choose another one."]}
    assert User.objects.count() == 1


@pytest.mark.parametrize("email", ["bob@example.org", "BOB@example.org"])
def test_without_mail_a_taken_email_is_refused(client, bob, email):
    response = client.post(SIGN_UP, ALICE | {"email": email})
    assert list(response.context["form"].errors) == ["email"]
    assert User.objects.count() == 1


def test_with_mail_mallory_cannot_tell_a_taken_email_from_a_free_one(sends_mail, bob, mallory):
    free = mallory.post(SIGN_UP, ALICE)
    taken = Client().post(SIGN_UP, ALICE | {"username": "alice2", "email": "bob@example.org"})
    assert (free.status_code, free["Location"]) == (taken.status_code, taken["Location"])
    assert taken["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in mallory.session
    assert not User.objects.filter(handle="alice2").exists()
    assert [message.to for message in mail.outbox] == [["alice@example.org"], ["bob@example.org"]]
    assert "has one already" in mail.outbox[1].body


def test_with_mail_the_link_lets_alice_in(sends_mail, client, db, settings):
    client.post(SIGN_UP, ALICE)
    link = re.search(r"http\S+", str(mail.outbox[0].body))
    assert link
    assert link[0].startswith(settings.PUBLIC_URL)
    path = link[0].removeprefix(settings.PUBLIC_URL)
    assert "@alice" in client.get(path).content.decode()
    assert client.post(path)["Location"] == "/"
    assert "_auth_user_id" in client.session


def test_turning_mail_on_locks_nobody_out(sends_mail, client, alice, make_person):
    User.objects.filter(pk=alice.pk).update(last_login="2026-01-01T00:00Z")
    make_person("ruth", is_staff=True)  # made on the command line
    for handle in ("alice", "ruth"):
        assert Client().post("/accounts/login/", {"login": handle, "password": PASSWORD})["Location"] == "/"


@pytest.mark.parametrize(("signup", "words"), [("closed", "Nobody can create an account"), ("invite", "need an invitation")])
def test_a_closed_door_says_so(client, db, settings, signup, words):
    settings.SIGNUP = signup
    for response in (client.get(SIGN_UP), client.post(SIGN_UP, ALICE)):
        assert response.status_code == 403
        assert words in response.content.decode()
    assert not User.objects.exists()
    assert client.post("/accounts/handle/", {"username": "alice"}).status_code == 403
    assert "Create an account" not in client.get("/accounts/login/").content.decode()


def test_two_who_take_one_handle_at_once_get_a_form_not_an_error(client, db, monkeypatch):
    def lost_the_race(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(User, "save", lost_the_race)
    assert client.post(SIGN_UP, ALICE).context["form"].errors == {"username": ["That handle is taken. Choose another one."]}


def test_sign_ups_are_limited_by_address(db):
    replies = [Client().post(SIGN_UP, {}, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(21)]
    assert replies == [200] * 20 + [429]


def test_a_handle_is_checked_while_typing(client, bob):
    assert client.post("/accounts/handle/", {"username": "Alice"}).json() == {"free": True, "message": "@alice is free"}
    assert client.post("/accounts/handle/", {"username": "bob"}).json()["free"] is False
    assert client.post("/accounts/handle/", {}).json()["free"] is False
    assert client.get("/accounts/handle/").status_code == 405
