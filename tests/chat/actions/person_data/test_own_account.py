"""What people do with their own account, carried out by the server: the export of their data, and its deletion."""

import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AccountDeletion, DataExport, DataExportPart, User
from chat.actions.person_data import own_exports
from chat.actions.person_data.due_deletions import erase_due_accounts
from chat.actions.person_data.own_exports import drop_old_exports, write_asked_exports
from chat.models import Erasure
from tests.chat.conftest import Talk

PAGE = "/accounts/data/"


@pytest.fixture
def hers(talk: Talk, settings) -> Client:
    """Alice's browser, in which she just gave her password again."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    alice = User.objects.get(pk=talk.alice.id)
    alice.set_password("a long enough one")
    alice.save()
    client = Client()
    client.force_login(alice)
    client.post("/accounts/reauthenticate/", {"password": "a long enough one"})
    return client


def fetched(client: Client) -> dict[str, str]:
    reply = client.get(f"{PAGE}download/")
    content = reply.getvalue()
    assert reply["Content-Length"] == str(len(content))
    assert reply["Cache-Control"] == "private, no-store"
    with ZipFile(io.BytesIO(content)) as files:
        assert files.testzip() is None
        return {name: files.read(name).decode() for name in files.namelist()}


def test_she_asks_for_her_data_and_fetches_it_once_it_is_written(talk: Talk, hers: Client, monkeypatch) -> None:
    monkeypatch.setattr(own_exports, "PART_BYTES", 200)
    talk.say(3)
    assert hers.get(f"{PAGE}download/").status_code == 404
    assert hers.post(PAGE)["Location"] == PAGE
    assert "being prepared" in hers.get(PAGE).content.decode()
    write_asked_exports()
    assert "Your data is ready" in hers.get(PAGE).content.decode()
    assert DataExportPart.objects.count() > 2
    files = fetched(hers)
    assert json.loads(files["profile.json"])["handle"] == "alice"
    said = [json.loads(line)["text"] for line in files["messages.jsonl"].splitlines()]
    assert said == ["message 1", "message 2", "message 3"]
    assert "devices.jsonl" in files


def test_a_thief_of_the_session_gets_nothing(talk: Talk, hers: Client) -> None:
    hers.post(PAGE)
    write_asked_exports()
    thief = Client()
    thief.force_login(User.objects.get(pk=talk.alice.id))
    assert thief.get(f"{PAGE}download/")["Location"].startswith("/accounts/reauthenticate/")
    assert thief.get(PAGE)["Location"].startswith("/accounts/reauthenticate/")


def test_asking_twice_writes_once_and_again_replaces_it(hers: Client) -> None:
    hers.post(PAGE)
    hers.post(PAGE)
    write_asked_exports()
    first = DataExport.objects.get()
    hers.post(PAGE)
    assert DataExport.objects.get().finished_at is None
    write_asked_exports()
    assert DataExport.objects.get().asked_at > first.asked_at
    assert hers.post(PAGE).status_code == 429


def test_one_that_a_killed_process_began_is_written_again(hers: Client) -> None:
    hers.post(PAGE)
    DataExport.objects.update(began_at=timezone.now() - timedelta(minutes=1))
    write_asked_exports()
    assert DataExport.objects.get().finished_at is None  # somebody may be at it
    DataExportPart.objects.create(export=DataExport.objects.get(), number=0, content=b"half")
    DataExport.objects.update(began_at=timezone.now() - timedelta(minutes=11))
    write_asked_exports()
    assert "profile.json" in fetched(hers)


def test_it_is_gone_after_three_days(hers: Client) -> None:
    hers.post(PAGE)
    write_asked_exports()
    assert drop_old_exports() == 0
    DataExport.objects.update(finished_at=timezone.now() - timedelta(days=3, seconds=1))
    assert hers.get(f"{PAGE}download/").status_code == 404
    assert drop_old_exports() == 1
    assert not DataExportPart.objects.exists()


@pytest.mark.parametrize("deletes", [False, True], ids=["keep", "delete"])
def test_an_account_is_erased_when_it_is_due_and_not_before(talk: Talk, deletes: bool) -> None:
    talk.say(1)
    alice = User.objects.get(pk=talk.alice.id)
    due = timezone.now() + timedelta(minutes=1)
    deletion = AccountDeletion.objects.create(user=alice, due_at=due, deletes_messages=deletes)
    assert erase_due_accounts() == 0
    deletion.due_at = timezone.now()
    deletion.save()
    assert erase_due_accounts() == 1
    alice.refresh_from_db()
    assert (alice.is_active, "alice" in alice.handle) == (False, False)
    assert Erasure.objects.get(user=alice).deletes_messages == deletes
    assert Erasure.objects.get(user=alice).finished_at
    assert not AccountDeletion.objects.exists()
    assert erase_due_accounts() == 0


def test_the_only_owner_stays_and_the_log_says_so(talk: Talk, caplog) -> None:
    User.objects.filter(pk=talk.alice.id).update(is_superuser=True)
    AccountDeletion.objects.create(user_id=talk.alice.id, due_at=timezone.now())
    erase_due_accounts()
    assert "only owner" in caplog.text
    assert User.objects.get(pk=talk.alice.id).is_active
