"""A room of alice's with bob in it, dora who moderates it, carol outside, ruth of the staff and sam who owns the site."""

import itertools
import json
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from chat.actions.messages import sending
from chat.actions.rooms import creating, membership, roles
from chat.domain.errors import ChatError
from chat.domain.protocol import Send
from chat.domain.types import Accepted, Author
from chat.live.live_state import LiveState
from chat.models import Membership, Room
from chat.moderators_group import NAME

_numbers = itertools.count(1)


class Cast:
    """Everyone by their handle, and the room."""

    def __init__(self) -> None:
        self.alice, self.bob, self.carol, self.dora, self.erin = (
            User.objects.create_user(f"{handle}@example.org", handle) for handle in ("alice", "bob", "carol", "dora", "erin")
        )
        self.ruth = User.objects.create_user("ruth@example.org", "ruth", is_staff=True)
        self.ruth.groups.add(Group.objects.get(name=NAME))
        self.sam = User.objects.create_superuser("sam@example.org", "sam")
        self.room = self.open_room("Lounge")

    def open_room(self, name: str, kind: str = "public") -> Room:
        room = creating.create_room(self.alice, name, kind)  # type: ignore[arg-type]
        for person in (self.bob, self.dora):
            membership.add_member(room.pk, person.pk)
        roles.set_role(room.pk, self.dora.pk, "moderator")
        return room

    def open_direct(self, person: User, *others: User) -> Room:
        return creating.open_direct_room(person, [other.pk for other in others])

    def say(self, person: User, *texts: str, room: Room | None = None) -> int:
        """Send messages; return the last one's seq. Raises what the last one is refused with."""
        author = Author(person.pk, person.handle, person.name)
        room_id = (room or self.room).pk
        outcome: Accepted | ChatError | None = None
        for text in texts:
            [outcome] = sending.send_messages(author, [Send(room_id, f"client-{next(_numbers):06}", text)])
        if not isinstance(outcome, Accepted):
            raise outcome or AssertionError("nothing was said")
        return outcome.seq

    def roles_in(self, room: Room) -> dict[str, str]:
        return dict(Membership.objects.filter(room=room).values_list("user__handle", "role"))


@pytest.fixture
def cast(live: LiveState, transactional_db: None) -> Cast:
    return Cast()


class Ear:
    """Hears what is said on some channels."""

    def __init__(self, live: LiveState) -> None:
        self._listener = live.client.pubsub()
        self.close = self._listener.close

    def listen(self, *channels: str) -> None:
        self._listener.subscribe(*channels)
        self.heard()

    def heard(self) -> list[tuple[str, str, dict]]:
        """Channels, events and payloads since one last asked."""
        heard = []
        while message := self._listener.get_message(timeout=0.05):
            if message["type"] == "message":
                name, _epoch, _number, payload = message["data"].decode().split(" ", 3)
                heard.append((message["channel"].decode(), name, json.loads(payload)))
        return heard


@pytest.fixture
def ear(live: LiveState) -> Iterator[Ear]:
    ear = Ear(live)
    yield ear
    ear.close()
