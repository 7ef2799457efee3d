import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.test import Client

from accounts import server_settings
from accounts.first_run import opens_setup, setup_link
from accounts.models import User
from accounts.server_settings import _Held, current
from chat.models import Membership, ModerationLog, Room
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
RUTH = {
    "server_name": "Northwind",
    "signup": "open",
    "name": "Ruth",
    "handle": "ruth",
    "email": "Ruth@example.org",
    "password": PASSWORD,
    "room": "general",
}


@pytest.fixture
def look_again(monkeypatch):
    """Let this process read the server's settings, as another one does within a second."""
    return lambda: monkeypatch.setattr(server_settings, "_held", _Held({}, 0.0))


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


ADDRESSES = ["/", "/accounts/login/", "/accounts/signup/", "/admin/", "/rooms/", "/invited/x/", "/nowhere/", "/offline/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_before_the_owner_every_address_says_that_setup_is_pending(path, mallory, monkeypatch, address):
    monkeypatch.setattr("accounts.owner._is_set_up", False)
    bob = {"name": "Bob", "username": "bob", "email": "bob@example.org", "password1": PASSWORD}
    for reply in (mallory.get(address), mallory.post(address, bob)):
        assert (reply.status_code, reply["Cache-Control"]) == (503, "no-store")
        assert b"Setup is not finished" in reply.content
        assert int(reply["Retry-After"])
        assert b"login" not in reply.content
    assert mallory.get("/people/").json()["error"]["code"] == "unavailable"
    assert mallory.get("/manifest.webmanifest").status_code == 200  # which the page itself asks for
    assert not User.objects.exists()
    assert mallory.post(path, RUTH).status_code == 302
    assert mallory.get(address).status_code != 503


def test_ruth_names_the_server_and_says_who_can_join(client, path, look_again):
    page = client.get(path).content.decode()
    assert all(f'name="{field}"' in page for field in RUTH)
    client.post(path, RUTH | {"signup": "invite"})
    look_again()
    assert current()[:3] == ("Northwind", "", "invite")
    page = Client().get("/accounts/login/").content.decode()
    assert "<title>Log in · Northwind</title>" in page
    assert "Ask a member for an invitation" in page
    assert Client().get("/accounts/signup/").status_code == 403
    [entry] = ModerationLog.objects.filter(action="settings")
    assert (entry.by, entry.details) == (
        User.objects.get(),
        {"before": {"server_name": "Parley", "signup": "open"}, "after": {"server_name": "Northwind", "signup": "invite"}},
    )


def test_what_the_environment_decides_is_shown_and_stays(client, path, settings, look_again):
    settings.SIGNUP = "closed"
    assert "Set by the variable SIGNUP" in client.get(path).content.decode()
    assert client.post(path, RUTH).status_code == 302
    look_again()
    assert current()[:3] == ("Northwind", "", "closed")


def test_all_mistakes_are_shown_at_once(client, path, alice):
    wrong = {
        "server_name": "",
        "signup": "perhaps",
        "name": "",
        "handle": "alice",
        "email": "nobody",
        "password": "short",
        "room": "",
    }
    assert set(client.post(path, RUTH | wrong).context["form"].errors) == set(wrong)
    assert set(client.post(path, RUTH | {"name": "\u202e", "password": "short", "room": " "}).context["form"].errors) == {
        "name", "password", "room"
    }  # fmt: skip
    assert PASSWORD not in client.post(path, RUTH | {"handle": "alice"}).content.decode()


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
    assert mallory.post(path, RUTH | {"handle": "mallory", "email": "m@example.org", "room": "Mine"}).status_code == 404
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
