"""A lost password, set from the server's console."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from accounts.sessions.authentication import session_ended
from tests.accounts.conftest import PASSWORD

NEW = "another long one"
LOG_IN = "/accounts/login/"


def run(*arguments: str) -> str:
    output = io.StringIO()
    call_command(*arguments, stdout=output)
    return output.getvalue()


def can_log_in(password: str) -> bool:
    return Client().post(LOG_IN, {"login": "alice", "password": password}).status_code == 302


@pytest.fixture
def ended(transactional_db):
    """Whose sessions live connections were told to have ended."""
    told: list[tuple[int, str | None]] = []

    def note(user_id: int, session_hash: str | None, **kwargs: object) -> None:
        told.append((user_id, session_hash))

    session_ended.connect(note)
    yield told
    session_ended.disconnect(note)


def test_a_generated_password_opens_the_account_and_ends_every_session(ended, alice):
    client = Client()
    client.post(LOG_IN, {"login": "alice", "password": PASSWORD})
    printed = run("set_password", "alice", "--generate")
    found = re.search(r"has a new password: (\S{20})\nSessions ended: 1\.", printed)
    assert found
    assert can_log_in(found[1])
    assert not can_log_in(PASSWORD)
    assert client.get("/").status_code == 302
    assert (alice.pk, None) in ended


def test_the_console_asks_twice_where_there_is_a_terminal(alice, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    answers = iter([NEW, NEW, NEW, "a different one"])
    monkeypatch.setattr("project.management.commands.set_password.getpass", lambda prompt: next(answers))
    run("set_password", "@Alice")
    assert can_log_in(NEW)
    with pytest.raises(CommandError, match="differ"):
        run("set_password", "alice")


def test_without_a_terminal_it_says_what_else_there_is(alice, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="use --generate or --link"):
        run("set_password", "alice")


def test_a_link_lets_her_choose_once_and_changes_nothing_before(alice):
    [link] = re.findall(r"http://\S+", run("set_password", "ALICE@example.org", "--link"))
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    client = Client()
    form = client.get(link.removeprefix("http://localhost:7777"))["Location"]
    assert client.post(form, {"password1": NEW})["Location"] == "/accounts/password/reset/key/done/"
    assert can_log_in(NEW)
    assert "location" not in Client().get(link.removeprefix("http://localhost:7777")).headers


def test_a_weak_password_is_refused_in_one_line(alice, monkeypatch):
    monkeypatch.setattr("project.management.commands.set_password._ask", lambda: "short")
    with pytest.raises(CommandError, match="too short"):
        run("set_password", "alice")
    assert can_log_in(PASSWORD)


def test_nobody_of_that_name_says_in_which_database(db):
    with pytest.raises(CommandError, match=r'"ghost" in the database at .*memory'):
        run("set_password", "ghost", "--generate")
    assert User.objects.count() == 0
