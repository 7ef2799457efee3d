import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from accounts.sessions.authentication import session_ended
from tests.accounts.conftest import PASSWORD

LIST = "/admin/accounts/user/"


@pytest.fixture
def ruth(make_person) -> User:
    owner: User = make_person("ruth", is_staff=True, is_superuser=True)
    return owner


@pytest.fixture
def owner(client, ruth) -> Client:
    client.force_login(ruth)
    browser: Client = client
    return browser


@pytest.fixture
def staff(make_person) -> Client:
    """Somebody who may change people, but does not own the server."""
    sam = make_person("sam", is_staff=True)
    sam.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    browser = Client()
    browser.force_login(sam)
    return browser


def change(browser: Client, user: User, **facts: str):
    now = {"name": user.name, "handle": user.handle, "email": user.email, "is_active": "on"}
    return browser.post(f"{LIST}{user.pk}/change/", {key: value for key, value in (now | facts).items() if value})


def test_people_are_found(owner, alice, bob):
    page = owner.get(LIST, {"q": "alice@"}).content.decode()
    assert "@example.org" in page
    assert "bob@example.org" not in page


def test_deactivation_ends_every_session(owner, alice, django_capture_on_commit_callbacks):
    ended = []

    def note(user_id, **kwargs):
        ended.append(user_id)

    session_ended.connect(note)
    with django_capture_on_commit_callbacks(execute=True):
        assert change(owner, alice, is_active="").status_code == 302
    session_ended.disconnect(note)
    alice.refresh_from_db()
    assert not alice.is_active
    assert ended == [alice.pk]


def test_a_password_is_set_for_someone(owner, alice):
    facts = {"password1": "another long one", "password2": "another long one", "usable_password": "true"}
    assert owner.post(f"{LIST}{alice.pk}/password/", facts).status_code == 302
    alice.refresh_from_db()
    assert alice.check_password("another long one")


def test_an_account_is_made_by_the_rules_of_signing_up(owner):
    new = {
        "name": "Carol",
        "email": "Carol@example.org",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    refused = owner.post(f"{LIST}add/", new | {"handle": "room"})
    assert list(refused.context["adminform"].form.errors) == ["handle"]
    assert owner.post(f"{LIST}add/", new | {"handle": "Carol"}).status_code == 302
    carol = User.objects.get(handle="carol")
    assert carol.email == "carol@example.org"
    assert carol.check_password(PASSWORD)


@pytest.mark.parametrize(("field", "wrong"), [("handle", "BOB"), ("email", "BOB@example.org"), ("name", "\u202eA")])
def test_a_change_by_the_same_rules(owner, alice, bob, field, wrong):
    assert field in change(owner, alice, **{field: wrong}).context["adminform"].form.errors


def test_a_changed_email_no_longer_opens_the_account(owner, alice):
    EmailAddress.objects.create(user=alice, email=alice.email, primary=True)
    change(owner, alice, email="new@example.org")
    assert Client().post("/accounts/login/", {"login": "alice@example.org", "password": PASSWORD}).status_code == 200
    assert Client().post("/accounts/login/", {"login": "new@example.org", "password": PASSWORD}).status_code == 302


def test_nobody_is_deleted(owner, alice):
    assert owner.get(f"{LIST}{alice.pk}/delete/").status_code == 403
    assert owner.post(LIST, {"action": "delete_selected", "_selected_action": [alice.pk]}).status_code in (200, 302)
    assert User.objects.filter(pk=alice.pk).exists()


def test_owners_do_not_lock_themselves_out(owner, ruth):
    change(owner, ruth, is_active="", name="Ruth A.")
    ruth.refresh_from_db()
    assert (ruth.name, ruth.is_active, ruth.is_superuser) == ("Ruth A.", True, True)


def test_staff_do_not_make_themselves_owners(staff, alice, ruth):
    change(staff, alice, is_superuser="on", is_staff="on")
    alice.refresh_from_db()
    assert (alice.is_staff, alice.is_superuser) == (False, False)
    facts = {"password1": "another long one", "password2": "another long one", "usable_password": "true"}
    assert staff.post(f"{LIST}{ruth.pk}/password/", facts).status_code == 403
    assert change(staff, ruth, email="sam2@example.org").status_code == 403


def test_others_are_not_let_in(alice, mallory):
    assert mallory.get(LIST).status_code == 302
    mallory.force_login(alice)
    assert mallory.get(LIST, follow=True).status_code == 403


def test_addresses_are_changed_with_their_person_only(owner):
    assert owner.get("/admin/account/emailaddress/").status_code == 404
