"""Rooms as the record would project them: alice owns, bob is a member, carol is outside."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import fakeredis
import msgspec
import pytest

from chat.domain.mentions import named_in
from chat.domain.types import Accepted, Author, Member, Notifications, Role, RoomFacts
from chat.live.live_state import LiveState
from chat.live.messages.log import Draft
from chat.live.recovery import Counts, RestoredLog, Returning

ALICE = Author(1, "alice", "Alice")
BOB = Author(2, "bob", "Bob")
CAROL = Author(3, "carol", "Carol")
ROOM = 7
HANDLES = {1: "alice", 2: "bob", 3: "carol"}


def facts(**changes: Any) -> RoomFacts:
    """The room, public and open unless said otherwise."""
    known: dict[str, Any] = {"slug": "lounge", "name": "Lounge", "kind": "public", "topic": "", "state": "open", "slow_mode": 0}
    return RoomFacts(**{"id": ROOM, **known, **changes})


def member(user_id: int, role: Role = "member", **changes: Any) -> Member:
    """A member, called as everywhere in these tests and told of mentions unless said otherwise."""
    known: dict[str, Any] = {"handle": HANDLES.get(user_id, f"member{user_id}"), "notifications": Notifications("mentions")}
    return Member(id=user_id, role=role, **{**known, **changes})


def put_room(live: LiveState, facts: RoomFacts, version: int, roles: dict[int, Role]) -> None:
    """Make a live room as recovery does; its messages stay if there are any."""
    run_id, _ = live.runs.now_and_checked()
    [seen] = live.recovery.look([facts.id])
    new = RestoredLog("first", 0, 0, 0, 0, "", True, True, {}, [], [], Counts([], {}, {})) if seen.version == 0 else None
    members = [Returning(member(user_id, role), None) for user_id, role in roles.items()]
    assert live.recovery.rebuild(run_id, seen, facts, version, members, new)


def all_rooms_were_looked_at(live: LiveState) -> None:
    """As recovery notes it: what is not in Redis now does not exist. The fake has no run."""
    fake = isinstance(live.client, fakeredis.FakeRedis)
    live.client.set("live:run", "unknown" if fake else str(live.client.info("server")["run_id"]))


@pytest.fixture
def room(any_live: LiveState) -> int:
    put_room(any_live, facts(), 1, {ALICE.id: "owner", BOB.id: "member"})
    all_rooms_were_looked_at(any_live)
    return ROOM


@pytest.fixture
def send(any_live: LiveState) -> Callable[..., Accepted]:
    """Send a text; the client id is the text unless given."""

    def _send(author: Author, text: str, client_id: str = "", reply_to: int | None = None) -> Accepted:
        fields = {"client_id": client_id or text, "author": msgspec.structs.asdict(author), "text": text, "kind": "text"}
        body = msgspec.json.encode(fields)[1:-1]
        [outcome] = any_live.log.append(author, [Draft(ROOM, client_id or text, body, reply_to, named_in(text))])
        if isinstance(outcome, Accepted):
            return outcome
        raise outcome

    return _send


@pytest.fixture
def told(any_live: LiveState) -> Iterator[Callable[[], list[tuple[str, dict]]]]:
    """What the room, or carol, was told since one last asked: events and their payloads."""
    listener = any_live.client.pubsub()
    listener.subscribe("room:{7}:events", "user:{3}:events")

    def since() -> list[tuple[str, dict]]:
        heard = []
        while message := listener.get_message(timeout=0.05):
            if message["type"] == "message":
                name, _epoch, _number, payload = message["data"].decode().split(" ", 3)
                heard.append((name, json.loads(payload)))
        return heard

    since()
    yield since
    listener.close()
