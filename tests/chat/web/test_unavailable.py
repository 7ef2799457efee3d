"""A store that is gone is a 503 of our own; a mistake of ours stays a 500 with its stack."""

import inspect

import pytest
import redis
from django.db import InterfaceError, OperationalError, connection
from django.http import JsonResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from chat.domain.errors import not_found, unavailable
from chat.web.store_errors import is_store_error
from project.sqlite.base import DatabaseWrapper

GONE = [OperationalError("server closed the connection"), InterfaceError("closed"), redis.ConnectionError("x"), unavailable()]


@pytest.fixture
def failing(monkeypatch, settings):
    """Let the login page fail by an error."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

    def fail_by(error):
        def fail(*_, **__):
            raise error

        monkeypatch.setattr("accounts.models.User.objects.exists", fail, raising=False)

    return fail_by


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("error", GONE, ids=lambda error: type(error).__name__)
def test_pages_say_so_and_when_to_come_back(db, failing, visitor, caplog, error):
    failing(error)
    answer = visitor.get("/accounts/login/", headers={"Accept-Language": "de"})
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert "default-src" in answer["Content-Security-Policy"]
    assert "Noch einmal versuchen" in answer.content.decode()
    assert "<script>" not in answer.content.decode()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert caplog.records[0].exc_info is None


def test_programs_get_json(db, failing, visitor):
    failing(GONE[0])
    answer = visitor.get("/accounts/login/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer.json()["error"]["code"] == "unavailable"


def test_our_own_mistake_is_a_500_with_its_stack(db, failing, visitor, caplog):
    failing(ZeroDivisionError("ours"))
    assert visitor.get("/accounts/login/").status_code == 500
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert caplog.records[0].exc_info


def test_a_wrong_statement_is_a_mistake_of_ours(db):
    with pytest.raises(OperationalError) as failure, connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert not is_store_error(failure.value)


def test_a_database_that_cannot_be_opened_is_gone(db, tmp_path):
    elsewhere = DatabaseWrapper({**connection.settings_dict, "NAME": str(tmp_path / "no" / "folder")}, "elsewhere")
    with pytest.raises(OperationalError) as failure:
        elsewhere.ensure_connection()
    assert is_store_error(failure.value)


@pytest.mark.parametrize("error", [None, not_found(), ValueError()])
def test_everything_else_is_something_else(error):
    assert not is_store_error(error)


def test_every_address_that_answers_in_json_says_so_in_its_signature():
    """`wants_json` believes the signature, also behind decorators."""
    named = {pattern.name: pattern.callback for pattern in _patterns(get_resolver())}
    json = {name for name, view in named.items() if inspect.signature(view).return_annotation is JsonResponse}
    assert {"people", "members", "preview", "search", "mentions", "requests", "invitations", "sanctions", "words"} <= json
    assert not json & {"home", "room", "directory", "account_login", "account_signup"}


def _patterns(resolver):
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each)
        elif isinstance(each, URLPattern):
            yield each
