"""Where sign-up is by invitation, a link opens the door, as often and as long as was said."""

from datetime import timedelta

import pytest
from allauth.account.signals import user_signed_up
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts.invitations import make_invitation, revoke_invitation
from accounts.models import Invitation, User
from tests.accounts.conftest import PASSWORD

SIGN_UP = "/accounts/signup/"


@pytest.fixture(autouse=True)
def _by_invitation(settings):
    settings.SIGNUP = "invite"


@pytest.fixture
def ruth(make_person):
    return make_person("ruth", is_staff=True, is_superuser=True)


@pytest.fixture
def link(ruth):
    """A link, as a path."""

    def make(most_uses=None, ends_at=None):
        _, address = make_invitation(ruth, most_uses, ends_at)
        return address.removeprefix("http://localhost:7777")

    return make


def _facts(handle):
    return {"name": handle.title(), "username": handle, "email": f"{handle}@example.org", "password1": PASSWORD}


def _sign_up(browser, handle):
    return browser.post(SIGN_UP, _facts(handle)).status_code


def _come_by(link):
    browser = Client()
    answer = browser.get(link)
    return browser, answer.status_code, answer.get("Location")


def test_who_has_a_link_makes_an_account(db, link):
    browser, status, to = _come_by(link())
    assert (status, to) == (302, SIGN_UP)
    assert browser.get(SIGN_UP).status_code == 200
    assert _sign_up(browser, "alice") == 302
    assert User.objects.filter(handle="alice").exists()
    assert Invitation.objects.get().uses == 1


def test_who_has_none_finds_the_door_closed(client, db):
    assert client.get(SIGN_UP).status_code == 403
    assert _sign_up(client, "mallory") == 403
    assert client.get("/accounts/invited/guessed/").status_code == 403
    assert _sign_up(client, "mallory") == 403
    assert client.post("/accounts/handle/", {"username": "mallory"}).status_code == 403


def test_a_link_lets_in_as_many_as_was_said_also_of_those_who_came_together(db, link):
    address = link(most_uses=1)
    (first, *_), (second, *_) = _come_by(address), _come_by(address)
    assert _sign_up(first, "alice") == 302
    assert _sign_up(second, "bob") == 403
    assert _come_by(address)[1] == 403
    assert Invitation.objects.get().uses == 1


def test_a_try_that_fails_uses_nothing_up(db, link, make_person, monkeypatch):
    make_person("alice")
    browser, *_ = _come_by(link(most_uses=1))
    assert _sign_up(browser, "alice") == 200

    def taken(*args, **kwargs):
        raise IntegrityError

    with monkeypatch.context() as patch:
        patch.setattr(User, "save", taken)
        assert _sign_up(browser, "bob") == 200
    assert Invitation.objects.get().uses == 0
    assert _sign_up(browser, "bob") == 302


def test_a_link_that_is_over_or_taken_back_opens_nothing(db, link, ruth):
    over = link(ends_at=timezone.now() - timedelta(seconds=1))
    good = link()
    browser, *_ = _come_by(good)
    assert _come_by(over)[1] == 403
    newest = Invitation.objects.latest("pk")
    assert [revoke_invitation(ruth, newest), revoke_invitation(ruth, newest)] == [True, False]
    assert _come_by(good)[1] == 403
    assert _sign_up(browser, "alice") == 403


@pytest.mark.parametrize(("signup", "status"), [("open", 302), ("closed", 403)])
def test_elsewhere_a_link_changes_nothing(settings, db, link, signup, status):
    address = link()
    settings.SIGNUP = signup
    browser, *_ = _come_by(address)
    assert _sign_up(browser, "alice") == status
    assert Invitation.objects.get().uses == 0


def test_newcomers_come_into_the_rooms_for_newcomers(db, link):
    people = []
    user_signed_up.connect(lambda user, **_: people.append(user.handle), weak=False, dispatch_uid="test")
    browser, *_ = _come_by(link())
    _sign_up(browser, "alice")
    user_signed_up.disconnect(dispatch_uid="test")
    assert people == ["alice"]


def test_the_secret_is_not_in_the_record(db, link):
    token = link().split("/")[-2]
    assert token not in str(Invitation.objects.values())


def test_ruth_makes_a_link_in_the_admin_and_takes_it_back(client, ruth):
    client.force_login(ruth)
    answer = client.post("/admin/accounts/invitation/add/", {"most_uses": "2"}, follow=True)
    [told] = [str(message) for message in answer.context["messages"] if "Copy the link" in str(message)]
    address = told.partition("http://localhost:7777")[2]
    browser, status, _ = _come_by(address)
    assert (status, _sign_up(browser, "alice")) == (302, 302)
    chosen = {"action": "revoke", "_selected_action": Invitation.objects.get().pk}
    client.post("/admin/accounts/invitation/", chosen)
    assert _come_by(address)[1] == 403


def test_only_who_may_makes_links(client, make_person):
    client.force_login(make_person("sally", is_staff=True))
    assert client.get("/admin/accounts/invitation/add/").status_code == 403
