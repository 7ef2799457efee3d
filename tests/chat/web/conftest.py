"""People and rooms in the record; no Redis answers, and the pages come all the same."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from chat.models import Membership, Room


@pytest.fixture
def alice(db: None) -> User:
    return User.objects.create_user("alice@example.org", "alice", name="Alice")


@pytest.fixture
def bob(db: None) -> User:
    return User.objects.create_user("bob@example.org", "bob", name="Bob")


@pytest.fixture
def browser(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def room(db: None) -> Callable[..., Room]:
    """Makes a room with these members."""

    def make(slug: str, *members: User, **facts: object) -> Room:
        made = Room.objects.create(**{"name": slug, "slug": slug, **facts})
        for member in members:
            Membership.objects.create(room=made, user=member)
        return made

    return make
