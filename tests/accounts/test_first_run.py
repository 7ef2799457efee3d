import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.test import Client

from accounts.first_run import opens_setup, setup_link
from accounts.models import User
from chat.models import Membership, Room
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
RUTH = {"name": "Ruth", "handle": "ruth", "email": "Ruth@example.org", "password": PASSWORD, "room": "general"}


@pytest.fixture
def path(settings) -> str:
    link = setup_link()
    assert link
    assert link.startswith(f"{settings.PUBLIC_URL}/setup/")
    return link.removeprefix(settings.PUBLIC_URL)


def test_ruth_opens_the_link_and_owns_the_server(client, path):
    assert client.get(path).status_code == 200
    assert client.post(path, RUTH)["Location"] == "/rooms/general/"
    ruth = User.objects.get()
    assert (ruth.is_superuser, ruth.is_staff, ruth.email) == (True, True, "ruth@example.org")
    assert client.session["_auth_user_id"] == str(ruth.pk)
    assert EmailAddress.objects.get(user=ruth, primary=True).verified
    room = Room.objects.get()
    assert (room.name, room.kind, room.newcomers_join) == ("general", "public", True)
    assert Membership.objects.get().role == "owner"


def test_who_signs_up_next_is_in_the_first_room(client, path):
    client.post(path, RUTH)
    bob = {"name": "Bob", "username": "bob", "email": "bob@example.org", "password1": PASSWORD}
    Client().post("/accounts/signup/", bob)
    assert Membership.objects.get(user__handle="bob").room.name == "general"


@pytest.mark.parametrize("signup", ["open", "invite"])
def test_whoever_comes_before_the_owner_is_told_that_setup_is_pending(path, mallory, settings, signup):
    settings.SIGNUP = signup
    bob = {"name": "Bob", "username": "bob", "email": "bob@example.org", "password1": PASSWORD}
    for reply in (mallory.get("/accounts/signup/"), mallory.post("/accounts/signup/", bob)):
        assert reply.status_code == 403
        assert b"Setup is not finished" in reply.content
    assert not User.objects.exists()


def test_the_link_works_once_only(client, path, mallory):
    assert setup_link() == setup_link()
    client.post(path, RUTH)
    assert setup_link() is None
    for reply in (mallory.get(path), mallory.post(path, RUTH | {"handle": "mallory", "email": "m@example.org"})):
        assert reply.status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "0" * 64, "é" * 64, "%00"])
def test_a_wrong_token_finds_nothing(mallory, token):
    assert mallory.get(f"/setup/{token}/").status_code == 404
    assert mallory.post(f"/setup/{token}/", RUTH).status_code == 404
    assert not User.objects.exists()


def test_another_installation_has_another_link(path, settings):
    settings.SECRET_KEY = "another"
    assert not opens_setup(path.split("/")[2])


def test_of_two_who_open_it_at_once_one_becomes_owner(client, path, mallory, monkeypatch):
    monkeypatch.setattr("chat.web.pages.setup.opens_setup", lambda token: True)  # Both looked before either saved.
    assert client.post(path, RUTH).status_code == 302
    assert mallory.post(path, RUTH | {"handle": "mallory", "email": "m@example.org"}).status_code == 404
    assert User.objects.get().handle == "ruth"
    assert Room.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("handle", "admin"),
        ("handle", "alice"),
        ("email", "ALICE@example.org"),
        ("password", "short"),
        ("room", "\u3164"),
        ("name", "\u202e"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_stays_good(client, path, alice, field, wrong):
    reply = client.post(path, RUTH | {field: wrong})
    assert list(reply.context["form"].errors) == [field]
    assert User.objects.get() == alice
    assert client.post(path, RUTH).status_code == 302


def test_a_handle_taken_in_the_meantime_is_said_too(client, path, monkeypatch):
    def taken(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(User, "save", taken)
    assert list(client.post(path, RUTH).context["form"].errors) == ["handle"]


def test_it_wants_its_csrf_token(path):
    assert Client(enforce_csrf_checks=True).post(path, RUTH).status_code == 403
