"""Changing messages that were sent."""

from collections.abc import Callable
from functools import partial

from accounts.server_settings import known
from chat.actions import limits
from chat.actions.actor import Person
from chat.actions.moderation import moderation_filter
from chat.actions.moderation.message_moderation import Action, moderate_found
from chat.domain.errors import MessageIsArchived, Withheld, WordListChanged, WrittenByAnother, unavailable
from chat.domain.mentions import named_in
from chat.domain.protocol import Delete, Edit, React, Restore
from chat.domain.text import clean_emoji, clean_text
from chat.domain.types import UserId
from chat.domain.word_filter import Judgement
from chat.live.limits import NO_LIMIT
from chat.live.live_state import live_state
from chat.sync.retry import retry_after_warming

# A list that changes while it is asked about is asked about again.
ATTEMPTS = 3


def edit_message(user_id: UserId, request: Edit, newcomer_until: float = 0) -> int:
    """Change one's own message; return the room's rev. Raises ChatError, as all here do."""
    limits.spend_here(user_id, "all_changes")
    limits.spend_here(user_id, "bytes", len(request.text.encode(errors="replace")))
    text = clean_text(request.text, known("message_max_chars"))
    moderation_filter.screen_newcomer(text, newcomer_until)
    change = _CountedOnce()
    for _ in range(ATTEMPTS):
        judgement = live_state().word_lists.judge(request.room, text)
        try:
            return _edit(user_id, request, text, judgement, change)
        except WordListChanged as changed:
            live_state().word_lists.learn(request.room, changed.rules)
        except Withheld:
            raise moderation_filter.unwelcome(judgement) from None
    raise unavailable()


def delete_message(actor: Person, request: Delete) -> int:
    """Take a message from every screen, one's own or as moderator; return the room's rev."""
    return _own_or_moderated(actor, request, "delete", live_state().amendments.delete)


def restore_message(actor: Person, request: Restore) -> int:
    """Bring a deleted message back, one's own or as moderator; return the room's rev."""
    return _own_or_moderated(actor, request, "restore", live_state().amendments.restore)


def react_to_message(user_id: UserId, request: React) -> int:
    """Put a reaction on a message or take it off; return the room's rev."""
    limits.spend_here(user_id, "all_changes")
    emoji = clean_emoji(request.emoji)
    react = partial(live_state().amendments.react, request.room, user_id, request.seq, emoji, request.on, epoch=request.epoch)
    return retry_after_warming(request.room, request.seq, _CountedOnce().of(react))


class _CountedOnce:
    """One change, which counts against its limit when a script first gets that far, however often it is asked again."""

    def __init__(self) -> None:
        self._limit = limits.limit("changes")

    def of(self, amend: Callable[..., int]) -> Callable[[], int]:
        """Return the call with the limit that is left to ask for."""

        def ask() -> int:
            try:
                return amend(limit=self._limit)
            except (MessageIsArchived, WordListChanged):  # the scripts count before they answer this
                self._limit = NO_LIMIT
                raise

        return ask


def _edit(user_id: UserId, request: Edit, text: str, judgement: Judgement, change: _CountedOnce) -> int:
    room, seq = request.room, request.seq
    edit = partial(live_state().amendments.edit, room, user_id, seq, text, named_in(text), judgement, epoch=request.epoch)
    rev = retry_after_warming(room, seq, change.of(edit))
    if judgement.effect == "flag":
        moderation_filter.flag(user_id, room, seq, text, judgement)
    return rev


def _own_or_moderated(actor: Person, request: Delete | Restore, action: Action, amend: Callable[..., int]) -> int:
    limits.spend_here(actor.id, "all_changes")  # moderators too, whom the room's own limit lets pass
    room, seq = request.room, request.seq
    own = partial(amend, room, actor.id, seq, False, epoch=request.epoch)
    try:
        return retry_after_warming(room, seq, _CountedOnce().of(own))
    except WrittenByAnother as found:
        return moderate_found(actor, action, room, seq, found, request.reason, request.epoch)
