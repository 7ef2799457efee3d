import re

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from tests.accounts.conftest import PASSWORD

RESET = "/accounts/password/reset/"
NEW = "another long one"


def reset_link(settings) -> str:
    link = re.search(r"http\S+", str(mail.outbox[-1].body))
    assert link
    assert link[0].startswith(f"{settings.PUBLIC_URL}/")
    return link[0].removeprefix(settings.PUBLIC_URL)


def choose(client: Client, link: str, password: str) -> None:
    form = client.get(link)["Location"]
    client.get(form)
    assert client.post(form, {"password1": password})["Location"] == "/accounts/password/reset/key/done/"


def test_alice_forgets_and_chooses_anew(client, alice, settings):
    other_device = Client()
    other_device.force_login(alice)
    assert client.post(RESET, {"email": "Alice@example.org"})["Location"] == f"{RESET}done/"
    link = reset_link(settings)
    choose(client, link, NEW)
    assert client.post("/accounts/login/", {"login": "alice", "password": NEW})["Location"] == "/"
    assert other_device.get("/accounts/password/change/").status_code == 302  # logged out
    assert "This link has expired" in Client().get(link).content.decode()


def test_mallory_learns_nothing_from_a_reset(alice, mallory):
    known, unknown = (mallory.post(RESET, {"email": email}) for email in ("alice@example.org", "x@example.org"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [["alice@example.org"]]  # strangers are not written to


def test_a_forged_host_does_not_come_into_the_mail(alice, mallory, settings):
    settings.ALLOWED_HOSTS = ["*"]
    mallory.post(RESET, {"email": "alice@example.org"}, headers={"Host": "evil.example"})
    assert "evil" not in f"{mail.outbox[0].body}{mail.outbox[0].subject}"
    reset_link(settings)


def test_resets_of_one_email_are_limited(alice):
    replies = [Client().post(RESET, {"email": "alice@example.org"}).status_code for _ in range(6)]
    assert replies == [302] * 5 + [429]


def test_a_mail_server_that_is_down_does_not_break_the_page_and_is_logged(client, alice, monkeypatch, caplog):
    def down(self, messages):
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    assert client.post(RESET, {"email": "alice@example.org"}).status_code == 302
    [line] = [record.getMessage() for record in caplog.records if record.name == "accounts.auth.mail"]
    assert line == "Mail could not be sent, check EMAIL_URL: nobody listens"


@pytest.mark.parametrize(("sends", "words"), [(True, "on its way"), (False, "server&#x27;s console")])
def test_the_page_says_where_the_link_went(client, settings, sends, words):
    settings.SENDS_MAIL = sends
    page = client.get(f"{RESET}done/").content.decode()
    assert words in page or words.replace("&#x27;", "'") in page


def test_a_change_keeps_this_device_and_ends_the_others(client, alice):
    other_device = Client()
    for device in (client, other_device):
        device.force_login(alice)
    page = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW}, follow=True)
    assert "Your password is changed." in page.content.decode()
    assert other_device.get("/accounts/password/change/").status_code == 302


def test_a_change_wants_the_present_password(client, alice):
    client.force_login(alice)
    reply = client.post("/accounts/password/change/", {"oldpassword": "wrong wrong", "password1": NEW})
    assert list(reply.context["form"].errors) == ["oldpassword"]
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
