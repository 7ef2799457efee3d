"""Messages as one person sees them now: with their changes, and with that person's own reactions marked."""

from collections.abc import Sequence
from typing import NamedTuple

import redis

from chat.domain.message_state import AmendmentState, as_amendment, as_it_stands, parse_state
from chat.domain.types import RoomId, UserId
from chat.live.redis import keys
from chat.live.redis.client import answering


class StoredMessage(NamedTuple):
    """Messages of a room and their states as a script gave them, and states of other messages."""

    room_id: RoomId
    messages: Sequence[bytes]
    states: Sequence[bytes]
    amended: Sequence[bytes] = ()


class MessageView(NamedTuple):
    """What the person gets: JSON texts in order."""

    messages: list[bytes]
    amendments: list[bytes]


class StandingReader:
    """Merges changes into messages; asks Redis once more only if anybody reacted to any of them."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def read(self, user_id: UserId, found: Sequence[StoredMessage]) -> list[MessageView]:
        """Return, for each room found, its messages as they stand for this person."""
        states = [[parse_state(state) for state in (*one.states, *one.amended)] for one in found]
        with_reactions = [
            (one.room_id, state)
            for one, theirs in zip(found, states, strict=True)
            for state in theirs
            if state and state.reactions
        ]
        reacted = self._reacted(user_id, with_reactions)
        return [_stand(one, theirs, user_id, reacted) for one, theirs in zip(found, states, strict=True)]

    def _reacted(self, user_id: UserId, states: Sequence[tuple[RoomId, AmendmentState]]) -> dict[tuple[RoomId, int], set[str]]:
        if not states:
            return {}
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            for room_id, state in states:
                pipeline.hmget(keys.reactions(room_id, state.seq), [f"{emoji}|{user_id}" for emoji in state.emoji])
            answers = pipeline.execute()
        return {
            (room_id, state.seq): {emoji for emoji, at in zip(state.emoji, answer, strict=True) if at}
            for (room_id, state), answer in zip(states, answers, strict=True)
        }


def _stand(
    found: StoredMessage, states: Sequence[AmendmentState | None], user_id: UserId, reacted: dict[tuple[RoomId, int], set[str]]
) -> MessageView:
    def mine(state: AmendmentState | None) -> set[str]:
        return reacted.get((found.room_id, state.seq), set()) if state else set()

    count = len(found.messages)
    messages = [
        as_it_stands(message, state, user_id, mine(state))
        for message, state in zip(found.messages, states[:count], strict=True)
    ]
    amendments = [as_amendment(found.room_id, state, mine(state)) for state in states[count:] if state]
    return MessageView(messages, amendments)
