import pytest
from django.test import Client

from accounts.auth.hashing import OffLoopArgon2PasswordHasher as Hasher
from tests.accounts.conftest import PASSWORD

LOG_IN = "/accounts/login/"


@pytest.mark.parametrize("name", ["alice", "Alice", "@alice", "alice@example.org", "ALICE@example.org", " alice "])
def test_alice_logs_in_by_handle_or_email(client, alice, name):
    assert client.post(LOG_IN, {"login": name, "password": PASSWORD})["Location"] == "/"
    assert client.session["_auth_user_id"] == str(alice.pk)


def test_wrong_password_and_unknown_person_get_the_same_reply(alice, mallory):
    replies = [mallory.post(LOG_IN, {"login": name, "password": "wrong wrong"}) for name in ("alice", "nobody-x", "x@y.org")]
    assert {reply.status_code for reply in replies} == {200}
    assert len({str(reply.context["form"].errors) for reply in replies}) == 1
    assert "Incorrect email, handle or password" in replies[0].content.decode()


@pytest.mark.parametrize("name", ["alice", "alice@example.org", "nobody-x", "x@y.org"])
def test_each_try_costs_one_hash_whoever_it_is_for(alice, mallory, monkeypatch, name):
    hashes = []

    def counted(method):
        def count(self, *args):
            hashes.append(method)
            return method(self, *args)

        return count

    for name_of in ("encode", "verify"):
        monkeypatch.setattr(Hasher, name_of, counted(getattr(Hasher, name_of)))
    mallory.post(LOG_IN, {"login": name, "password": "wrong wrong"})
    assert len(hashes) == 1


def test_after_five_wrong_tries_the_right_one_waits_too(alice, mallory):
    for _ in range(5):
        assert mallory.post(LOG_IN, {"login": "alice", "password": "wrong wrong"}).status_code == 200
    # A made-up X-Forwarded-For or another session change nothing.
    blocked = Client().post(LOG_IN, {"login": "alice", "password": PASSWORD}, headers={"X-Forwarded-For": "10.9.8.7"})
    assert blocked.status_code == 429
    assert blocked["Retry-After"] == "300"
    assert "Wait 5 minutes" in blocked.content.decode()


def test_many_names_from_one_address_are_limited_too(db):
    tries = [
        Client().post(LOG_IN, {"login": f"n{n}", "password": "x"}, headers={"X-Forwarded-For": f"9.9.9.{n}"}) for n in range(11)
    ]
    assert [reply.status_code for reply in tries] == [200] * 10 + [429]


def test_behind_a_trusted_proxy_the_people_are_told_apart(db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    tries = [
        Client().post(LOG_IN, {"login": f"n{n}", "password": "x"}, headers={"X-Forwarded-For": f"9.9.9.{n}"}) for n in range(11)
    ]
    assert {reply.status_code for reply in tries} == {200}


def test_the_admin_has_no_log_in_of_its_own(make_person, mallory):
    make_person("ruth", is_staff=True)
    page = mallory.get("/admin/login/")
    assert page["Location"].startswith(LOG_IN)
    reply = mallory.post("/admin/login/", {"username": "ruth@example.org", "password": PASSWORD})
    assert reply["Location"].startswith(LOG_IN)
    assert "_auth_user_id" not in mallory.session


def test_a_member_who_is_not_staff_gets_403_from_the_admin(client, alice):
    client.force_login(alice)
    reply = client.get("/admin/login/?next=/admin/")
    assert reply.status_code == 403
    assert "have access" in reply.content.decode()


def test_someone_deactivated_cannot_log_in(client, make_person):
    make_person("carol", is_active=False)
    assert client.post(LOG_IN, {"login": "carol", "password": PASSWORD})["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example"]
)
def test_nobody_is_led_elsewhere(client, alice, there):
    assert client.post(LOG_IN, {"login": "alice", "password": PASSWORD, "next": there})["Location"] == "/"


def test_one_goes_on_where_one_was(client, alice):
    assert (
        client.post(LOG_IN, {"login": "alice", "password": PASSWORD, "next": "/rooms/general/"})["Location"]
        == "/rooms/general/"
    )


def test_log_out_asks_first_and_ends_the_session(client, alice):
    client.force_login(alice)
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/logout/")["Location"] == LOG_IN
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path",
    [
        "login/",
        "logout/",
        "signup/",
        "handle/",
        "password/reset/",
        "password/change/",
        "password/set/",
        "email/",
        "reauthenticate/",
        "sessions/",
        "second-factor/app/",
        "second-factor/reauthenticate/",
        "password/reset/key/1-set-password/",
        "confirm-email/x/",
    ],
)
def test_every_form_wants_its_csrf_token(alice, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post(f"/accounts/{path}").status_code == 403


def test_a_stale_page_is_told_what_to_do(db):
    reply = Client(enforce_csrf_checks=True).post(LOG_IN, {"login": "alice", "password": PASSWORD})
    assert "Please try again" in reply.content.decode()
