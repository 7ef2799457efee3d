"""A second factor: asked for at each login, also on the way to the admin; and the ways back in."""

import io
import logging
import re
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.management import call_command
from django.test import Client

from accounts.sessions.authentication import authenticate
from tests.accounts.conftest import PASSWORD

LOG_IN = "/accounts/login/"
CODE = "/accounts/second-factor/authenticate/"
APP = "/accounts/second-factor/app/"
CODES = "/accounts/second-factor/recovery-codes/"
HOME = "/accounts/"


class Clock:
    """The time of the server and of the app on the phone, which passes by hand: a code that is awaited comes at once."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def next_code(self, secret: str) -> str:
        self.now += 30
        return str(format_hotp_value(hotp_value(secret, int(self.now) // 30)))


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: clock.now))
    return clock


def log_in(client: Client, handle: str = "alice", **more: str):
    return client.post(LOG_IN, {"login": handle, "password": PASSWORD, **more})


def set_up(client: Client, clock: Clock) -> tuple[str, list[str]]:
    """Set up an app in a browser that is logged in; return its secret and the recovery codes."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get(APP).context["form"].secret
    assert client.post(APP, {"code": clock.next_code(secret)})["Location"] == CODES
    return secret, client.get(CODES).context["unused_codes"]


@pytest.fixture
def hers(alice) -> Client:
    """Alice's browser, logged in."""
    client = Client()
    log_in(client)
    return client


@pytest.fixture
def factor(hers, clock) -> tuple[str, list[str]]:
    """Her secret and her recovery codes."""
    return set_up(hers, clock)


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def test_a_login_asks_for_the_code_and_goes_on_where_one_was(factor, clock):
    client = Client()
    assert log_in(client, next="/rooms/general/")["Location"] == CODE
    assert not is_in(client)
    assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    assert client.post(CODE, {"code": clock.next_code(factor[0])})["Location"] == "/rooms/general/"
    assert is_in(client)


def test_the_page_shows_a_code_to_scan_and_asks_for_the_password_first(hers, clock):
    assert hers.get(APP)["Location"].startswith("/accounts/reauthenticate/")
    hers.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = hers.get(APP)
    assert page.context["form"].secret in page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert "otpauth://totp/alice?" in page.context["totp_url"]
    assert hers.post(APP, {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()


def test_a_code_works_once(factor, clock):
    code = clock.next_code(factor[0])
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client)
        client.post(CODE, {"code": code})
    assert [is_in(first), is_in(second)] == [True, False]


def test_five_wrong_codes_and_the_right_one_waits_too(factor, clock, caplog):
    client = Client()
    log_in(client)
    with caplog.at_level(logging.INFO):
        assert [client.post(CODE, {"code": "000000"}).status_code for _ in range(5)] == [200] * 5
        blocked = client.post(CODE, {"code": clock.next_code(factor[0])})
    assert (blocked.status_code, blocked["Retry-After"]) == (429, "300")
    assert not is_in(client)
    assert caplog.text.count("Wrong code of user") == 5


def test_a_lost_phone_is_replaced_by_a_recovery_code_once(factor):
    code = factor[1][0]
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client)
        client.post(CODE, {"code": f"{code[:4]} {code[4:]}"})
    assert [is_in(first), is_in(second)] == [True, False]


@pytest.mark.parametrize("code", ["", "x" * 21, "9" * 5_000, "\x00", "١٢٣٤٥٦"])
def test_any_other_text_is_no_code(factor, code):
    client = Client()
    log_in(client)
    assert client.post(CODE, {"code": code}).status_code == 200
    assert not is_in(client)


def test_the_page_of_the_code_leads_back_to_the_login_of_another(factor, bob):
    client = Client()
    log_in(client)
    assert client.post("/accounts/logout/", {"next": LOG_IN})["Location"] == LOG_IN
    assert client.get(LOG_IN).status_code == 200
    assert log_in(client, "bob")["Location"] == "/"


def test_the_code_page_is_nothing_without_a_password(factor, clock):
    client = Client()
    assert client.get(CODE)["Location"] == LOG_IN
    assert client.post(CODE, {"code": clock.next_code(factor[0])})["Location"] == LOG_IN


def test_the_admin_asks_for_it_too(make_person, clock):
    make_person("ruth", is_staff=True)
    ruth, thief = Client(), Client()
    log_in(ruth, "ruth")
    secret, _ = set_up(ruth, clock)
    login = thief.get("/admin/login/?next=/admin/")["Location"]
    thief.post("/admin/login/", {"username": "ruth", "password": PASSWORD, "next": "/admin/"})
    assert thief.post(login, {"login": "ruth", "password": PASSWORD, "next": "/admin/"})["Location"] == CODE
    assert thief.get("/admin/")["Location"].startswith("/admin/login/")
    assert thief.post(CODE, {"code": clock.next_code(secret)})["Location"] == "/admin/"


def test_a_thief_with_session_and_password_cannot_turn_it_off(hers, factor, clock):
    thief = Client()
    log_in(thief)
    thief.post(CODE, {"code": clock.next_code(factor[0])})
    assert "reauthenticate" in thief.post(f"{APP}off/")["Location"]
    assert "second-factor/reauthenticate" in thief.post("/accounts/reauthenticate/", {"password": PASSWORD})["Location"]
    thief.post(f"{APP}off/")
    assert Authenticator.objects.count() == 2
    thief.post("/accounts/second-factor/reauthenticate/", {"code": clock.next_code(factor[0])})
    thief.post(f"{APP}off/")
    assert not Authenticator.objects.exists()


def test_new_recovery_codes_replace_the_old_ones(hers, factor):
    old = factor[1]
    assert len(old) == 10
    hers.post(f"{CODES}new/")
    new = hers.get(CODES).context["unused_codes"]
    assert not set(old) & set(new)
    assert hers.get(f"{CODES}download/").content.decode().split() == new
    client = Client()
    log_in(client)
    client.post(CODE, {"code": old[0]})
    assert not is_in(client)


@pytest.mark.django_db(transaction=True)
def test_she_is_told_by_mail_where_there_is_mail(hers, clock, sends_mail):
    set_up(hers, clock)
    assert [message.to for message in mail.outbox] == [["alice@example.org"]]
    assert "second factor" in mail.outbox[0].body


def test_a_lost_password_is_no_way_round_it(factor):
    output = io.StringIO()
    call_command("set_password", "alice", "--link", stdout=output)
    [link] = re.findall(r"http://localhost:7777(\S+)", output.getvalue())
    client = Client()
    client.post(client.get(link)["Location"], {"password1": "another long one"})
    assert client.post(LOG_IN, {"login": "alice", "password": "another long one"})["Location"] == CODE


def test_the_console_lets_a_person_in_who_lost_everything(factor, caplog):
    output = io.StringIO()
    with caplog.at_level(logging.INFO):
        call_command("reset_second_factor", "alice", stdout=output)
        call_command("reset_second_factor", "alice", stdout=output)
    assert "no second factor any more" in output.getvalue()
    assert "no second factor to remove" in output.getvalue()
    assert re.search(r"Second factor of user \d+ removed by command", caplog.text)
    assert log_in(Client())["Location"] == "/"


class TestStaffWhoMustHaveOne:
    @pytest.fixture(autouse=True)
    def _required(self, settings):
        settings.STAFF_SECOND_FACTOR = True

    @pytest.fixture
    def ruth(self, make_person) -> Client:
        make_person("ruth", is_staff=True)
        client = Client()
        log_in(client, "ruth")
        return client

    def test_until_then_no_page_and_no_connection_is_theirs(self, ruth, clock):
        cookie = f"sessionid={ruth.session.session_key}"
        for path in ("/", "/admin/", "/rooms/", "/search/?q=x"):
            assert ruth.get(path)["Location"] == f"{APP}?required", path
        assert authenticate(cookie) is None
        set_up(ruth, clock)
        assert authenticate(cookie)

    def test_they_cannot_turn_it_off(self, ruth, clock):
        secret, _ = set_up(ruth, clock)
        ruth.post("/accounts/second-factor/reauthenticate/", {"code": clock.next_code(secret)})
        assert "Staff need a second factor" in ruth.post(f"{APP}off/").content.decode()
        assert Authenticator.objects.count() == 2

    def test_nobody_else_is_asked(self, hers, django_assert_max_num_queries):
        cookie = f"sessionid={hers.session.session_key}"
        with django_assert_max_num_queries(2):
            assert authenticate(cookie)
        assert hers.get(HOME).status_code == 200
