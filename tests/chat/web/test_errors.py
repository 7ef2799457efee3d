"""Every address of the chat by its kind: chat.web.api answers JSON whatever happens, chat.web.pages answers pages."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from chat.actions.moderation import mute_kick_ban
from chat.domain.errors import unavailable
from chat.urls import urlpatterns

WORDS = {"slug": "sea", "token": "guessed", "seq": 1, "user_id": 1, "invitation_id": 1}
API = [each for each in urlpatterns if each.callback.__module__.startswith("chat.web.api.")]
PAGES = [each for each in urlpatterns if each.callback.__module__.startswith("chat.web.pages.")]
OF_ROOMS = [each for each in API if "slug" in each.pattern.converters]
# The others of a room are for its members, or for everyone who can read it.
FOR_MODERATORS = [each for each in OF_ROOMS if each.name not in ("members", "preview")]
# People without an account create one by an invitation.
FOR_STRANGERS = ("invited",)
# Forms of theirs; the others answer GET, for people who are logged in.
FORMS = [each for each in API if each.name in ("account_check_handle", "invited_handle")]
READ = [each for each in API if each not in FORMS]
PROGRAM = {"Accept": "application/json"}
BROWSER = {"Accept": "text/html"}


def _each(patterns):
    return pytest.mark.parametrize("pattern", patterns, ids=lambda pattern: pattern.name)


def _address(pattern, **words):
    return reverse(pattern.name, kwargs={name: (WORDS | words)[name] for name in pattern.pattern.converters})


def _code(answer):
    assert answer["Content-Type"] == "application/json"
    told = answer.json()
    assert told["ok"] is False
    assert told["error"]["message"]
    return answer.status_code, told["error"]["code"]


def _is_page(answer):
    return answer["Content-Type"].startswith("text/html")


@pytest.fixture
def sea(room, bob):
    return room("sea", bob)


def test_every_view_is_one_of_the_two_kinds():
    assert len(API) + len(PAGES) == len(urlpatterns)
    assert all(vars(each.callback)["answers_json"] is True for each in API)
    assert all(vars(each.callback)["answers_json"] is False for each in PAGES)


@_each(READ)
def test_an_api_tells_strangers_to_log_in(client, sea, pattern):
    assert _code(client.get(_address(pattern), headers=BROWSER)) == (401, "not_signed_in")


@_each([each for each in PAGES if each.name not in FOR_STRANGERS])
def test_a_page_sends_strangers_to_the_login(client, sea, pattern):
    answer = client.get(_address(pattern), headers=PROGRAM)
    assert (answer.status_code, _is_page(answer)) == (302, True)
    assert answer["Location"].startswith(reverse("account_login"))


@_each(API)
def test_an_api_answers_one_method_only(browser, sea, pattern):
    allowed, ask = ("POST", browser.get) if pattern in FORMS else ("GET", browser.post)
    answer = ask(_address(pattern), headers=BROWSER)
    assert (_code(answer), answer["Allow"]) == ((405, "bad_request"), allowed)


def test_a_form_for_strangers_refuses_in_json(client, sea, alice, settings, monkeypatch):
    monkeypatch.setattr("chat.web.api.handles.ratelimit.consume", lambda *_, **__: True)
    settings.SIGNUP = "closed"
    assert _code(client.post("/accounts/handle/", {"username": "erin"}, headers=BROWSER)) == (403, "forbidden")
    assert _code(client.post("/invited/guessed/handle/", {"username": "erin"}, headers=BROWSER)) == (404, "not_found")
    settings.SIGNUP = "open"
    User.objects.filter(pk=alice.pk).update(is_superuser=True)  # nobody signs up before there is an owner
    assert client.post("/accounts/handle/", {"username": "erin"}).json()["free"] is True
    monkeypatch.setattr("chat.web.api.handles.ratelimit.consume", lambda *_, **__: False)
    assert _code(client.post("/accounts/handle/", {"username": "erin"}, headers=BROWSER)) == (429, "rate_limited")


@_each(OF_ROOMS)
@pytest.mark.parametrize("slug", ["no-such-room", "secret"])
def test_an_api_finds_no_room_that_cannot_be_seen(browser, room, bob, pattern, slug):
    room("secret", bob, kind="private")
    assert _code(browser.get(_address(pattern, slug=slug), headers=BROWSER)) == (404, "not_found")


@_each([each for each in PAGES if {"slug", "token"} & each.pattern.converters.keys()])
def test_a_page_finds_no_room_that_cannot_be_seen(browser, pattern):
    ask = browser.post if pattern.name == "ask" else browser.get
    answer = ask(_address(pattern, slug="no-such-room"), headers=PROGRAM)
    assert (answer.status_code, _is_page(answer)) == (404, True)


@_each(FOR_MODERATORS)
def test_an_api_for_moderators_refuses_members(client, bob, sea, pattern):
    client.force_login(bob)
    assert _code(client.get(_address(pattern, user_id=bob.pk), headers=BROWSER)) == (403, "forbidden")


@_each([*API, *PAGES])
@pytest.mark.parametrize("error", [unavailable(), OperationalError("gone")], ids=lambda error: type(error).__name__)
def test_a_store_that_is_gone(alice, sea, pattern, error, monkeypatch):
    browser = Client(raise_request_exception=False)
    browser.force_login(alice)

    def fail(*_, **__):
        raise error

    # Each view asks one of these first.
    for name in ("signed_in", "page_facts", "get_object_or_404", "list_rooms", "invitation_by_token", "check_handle"):
        monkeypatch.setattr(f"{pattern.callback.__module__}.{name}", fail, raising=False)
    if pattern.callback.__module__ == "chat.web.pages.room":
        monkeypatch.setattr("chat.web.pages.room.refuse_banned_visitor", fail)
    is_json = pattern in API
    ask = browser.post if pattern in FORMS or pattern.name in ("ask", "invited", "mail_check") else browser.get
    answer = ask(_address(pattern), headers=BROWSER if is_json else PROGRAM)
    assert answer.status_code == 503
    assert "no-store" in answer["Cache-Control"]
    assert int(answer["Retry-After"]) > 0
    assert _code(answer) == (503, "unavailable") if is_json else _is_page(answer)


@_each([*API, *PAGES])
def test_a_ban_from_the_site(client, bob, alice, sea, pattern):
    alice.is_superuser = alice.is_staff = True
    alice.save()
    mute_kick_ban.ban_person(alice, None, bob.pk, "spam", 600)
    client.force_login(bob)
    answer = client.get(_address(pattern), headers=BROWSER if pattern in API else PROGRAM)
    assert b"spam" in answer.content
    assert _code(answer) == (403, "banned") if pattern in API else (answer.status_code, _is_page(answer)) == (403, True)
