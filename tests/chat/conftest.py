"""A room with alice and bob in it, whose messages are copied when the test says so."""

import json
from collections.abc import Callable

import pytest

from accounts.models import User
from chat.actions.rooms import creating, membership
from chat.archive.archiver import Archiver
from chat.domain.types import Accepted, Author, CatchUp, Position
from chat.live.live_state import LiveState
from chat.live.messages.log import Draft
from chat.models import Message, Room
from chat.sync import recovery


class Talk:
    """What is said and changed in one room."""

    def __init__(self, live: LiveState, room: Room, people: list[User]) -> None:
        self._live = live
        self.room = room.pk
        self.alice, self.bob = (Author(user.pk, user.handle, user.name) for user in people)
        self._said = 0

    def say(self, count: int = 1) -> int:
        """Send messages whose texts are their numbers; return the last seq."""
        seq = 0
        for _ in range(count):
            self._said += 1
            seq, _ = self.resend(self._said)
        return seq

    def resend(self, number: int) -> tuple[int, bool]:
        """Send a message again as a client does whose answer was lost; return its seq and whether it was known."""
        client_id = f"client-{number:06}"
        body = json.dumps({"client_id": client_id, "author": self._json(self.alice), "text": f"message {number}"})
        [accepted] = self._live.log.append(self.alice, [Draft(self.room, client_id, body[1:-1].encode())])
        assert isinstance(accepted, Accepted)
        return accepted.seq, accepted.duplicate

    def archived(self) -> list[str]:
        """The archive's texts in order, each with its seq checked."""
        rows = list(Message.objects.with_bylines().filter(room_id=self.room).order_by("seq"))
        for row in rows:
            assert json.loads(row.payload)["seq"] == row.seq
        return [f"{row.seq} {row.text}" for row in rows]

    def catch_up(self, position: Position) -> tuple[bool, list[int], CatchUp]:
        """What bob gets who comes back from a position: whether it is complete, and the messages' numbers."""
        [found] = self._live.catching_up.catch_up(self.bob.id, {self.room: position})
        return found.complete, [json.loads(message)["seq"] for message in found.messages], found

    def position(self) -> Position:
        """Where the live room stands."""
        return self._live.archiving.heads([self.room])[self.room]

    def live_seqs(self) -> list[int]:
        """The numbers in the live log."""
        return [json.loads(message)["seq"] for message in self._live.client.lrange(f"room:{{{self.room}}}:log", 0, -1)]

    def _json(self, author: Author) -> dict[str, object]:
        return {"id": author.id, "handle": author.handle, "name": author.name}


@pytest.fixture
def talk(live: LiveState, transactional_db: None) -> Talk:
    people = [User.objects.create_user(f"{handle}@example.org", handle, name=handle.title()) for handle in ("alice", "bob")]
    room = creating.create_room(people[0], "Lounge", "public")
    membership.join_room(people[1], room.pk)
    recovery.recover_all()
    return Talk(live, room, people)


@pytest.fixture
def three_talks(live: LiveState, talk: Talk) -> list[Talk]:
    """The same, and two more rooms of theirs."""
    people = [User.objects.get(pk=author.id) for author in (talk.alice, talk.bob)]
    return [talk, *(Talk(live, creating.create_room(people[0], name, "public"), people) for name in ("Garden", "Kitchen"))]


@pytest.fixture
def archiver(live: LiveState) -> Archiver:
    return Archiver(live)


@pytest.fixture
def numbered() -> Callable[[int], list[str]]:
    """What an archive of so many messages holds."""
    return lambda count: [f"{number} message {number}" for number in range(1, count + 1)]
