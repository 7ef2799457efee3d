"""An owner made from the server's console."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from chat.models import ModerationLog


@pytest.fixture
def alice(db):
    return User.objects.create_user("alice@example.org", "alice", name="Alice")


def make_owner(handle: str) -> str:
    output = io.StringIO()
    call_command("make_owner", handle, stdout=output)
    return output.getvalue()


def test_alice_becomes_an_owner_once_and_the_log_knows(alice):
    assert make_owner("alice") == "Alice (@alice) is now an owner of this site.\n"
    alice.refresh_from_db()
    assert (alice.is_staff, alice.is_superuser) == (True, True)
    assert make_owner("alice") == "Alice (@alice) is already an owner of this site.\n"
    [entry] = ModerationLog.objects.all()
    assert (entry.action, entry.by_id, entry.user_id, entry.details) == ("role", None, alice.pk, {"after": "site owner"})


def test_a_deactivated_account_is_refused(alice):
    alice.is_active = False
    alice.save()
    with pytest.raises(CommandError, match="deactivated"):
        make_owner("alice")
    assert not User.objects.get().is_superuser
