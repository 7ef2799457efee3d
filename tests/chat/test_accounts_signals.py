"""What accounts tell the chat, while Redis is stopped: the record is changed all the same."""

import logging

import pytest

from accounts.models import User
from chat.models import Membership, PendingProjection, Room

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bob() -> User:
    return User.objects.create_user("bob@example.org", "bob", "a long enough one", name="Bob")


def test_a_password_is_changed_while_the_server_is_stopped_in_one_line(bob, caplog):
    bob.set_password("another long one")
    with caplog.at_level(logging.WARNING):
        bob.save()
    [line] = caplog.records
    assert line.getMessage().startswith("Redis does not answer: connections of person")
    assert line.exc_info is None


def test_a_new_name_is_recorded_while_the_server_is_stopped(bob, caplog):
    room = Room.objects.create(name="Sea", slug="sea", created_by=bob)
    Membership.objects.create(room=room, user=bob)
    PendingProjection.objects.all().delete()
    bob.name = "Robert"
    with caplog.at_level(logging.WARNING):
        bob.save()
    assert f"the new name of person {bob.pk} is shown once it does" in caplog.text
    assert all(record.exc_info is None for record in caplog.records)
    assert PendingProjection.objects.filter(room_id=room.pk).exists()
