"""L13: a sign-up whose email is never verified holds neither its handle nor the email for ever."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import ReservedHandle, User
from chat.actions.person_data.unverified import drop_unverified
from chat.actions.rooms import creating
from chat.models import Membership

LONG_AGO = timezone.now() - timedelta(days=4)


@pytest.fixture(autouse=True)
def _mail_is_set_up(settings, live, transactional_db):
    settings.SENDS_MAIL = True


def _sign_up(handle, joined=LONG_AGO, verified=False, **facts):
    user = User.objects.create_user(f"{handle}@example.org", handle, date_joined=joined, **facts)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    return user


def test_only_sign_ups_that_nobody_came_into_are_deleted(live):
    alice = _sign_up("alice", verified=True)
    lounge = creating.create_room(alice, "Lounge", "public")
    mallory = _sign_up("mallory")
    Membership.objects.create(room=lounge, user=mallory)
    _sign_up("new", joined=timezone.now())
    _sign_up("verified", verified=True)
    _sign_up("came-in", last_login=LONG_AGO)
    _sign_up("staff", is_staff=True)
    User.objects.create_user("by-hand@example.org", "by-hand", date_joined=LONG_AGO)
    assert drop_unverified() == 1
    assert not User.objects.filter(handle="mallory").exists()
    assert User.objects.count() == 6
    assert [str(member.user) for member in Membership.objects.filter(room=lounge)] == [str(alice)]


def test_without_mail_nobody_is_deleted(settings):
    settings.SENDS_MAIL = False
    _sign_up("mallory")
    assert drop_unverified() == 0
    assert User.objects.count() == 1


def test_handles_that_were_reserved_are_free_again():
    ReservedHandle.objects.create(handle="mal", until=LONG_AGO)
    drop_unverified()
    assert not ReservedHandle.objects.exists()
