"""The messages of an erased person in one room: in the live log first, then in the archive, then on every screen."""

from functools import partial

from bounds.pause import let_others_go_on
from chat.archive.erasing import erase_archived, forget_mentions, named_in
from chat.archive.restoring import raise_fences
from chat.domain.erased_message import deleted_state, erased_author, erased_message, erased_state
from chat.domain.message_state import parse_state
from chat.domain.types import Author, RoomId, UserId
from chat.live.live_state import live_state
from chat.live.messages.erasing import Stored
from chat.sync.retry import retry_after_recovery

PURGE = "erased"


def erase_messages(room_id: RoomId, user_id: UserId, deletes: bool) -> None:
    """Let a person's messages be those of a deleted account, or wipe them. Raises ChatError unavailable."""
    author, store = erased_author(user_id), live_state().erasing
    change = partial(_erased, author, deletes)
    changed = 0
    for seqs in store.written_by(room_id, user_id):
        if deletes:
            _take_from_screens(room_id, user_id, seqs)
        changed += store.change(room_id, seqs, change)
    # An archiver may hold messages that it read before they were changed: it has to read them again.
    if changed:
        raise_fences([room_id])
    for slice_ in erase_archived(room_id, author, deletes):
        let_others_go_on()
        # What was amended lately is live as well, though the message itself is archived.
        changed += slice_.changed + store.change(room_id, slice_.seqs, change)
        if deletes:
            store.leave_out(room_id, slice_.seqs, named_in(room_id, slice_.seqs))
    if deletes:
        forget_mentions(room_id, user_id)
    store.forget_person(room_id, user_id)
    if changed:
        store.reload(room_id)


def _take_from_screens(room_id: RoomId, user_id: UserId, seqs: list[int]) -> None:
    """As if they had deleted each: unread counts and mentions follow."""
    run = live_state().purging.run
    retry_after_recovery(lambda: run("purge", room_id, user_id, user_id, PURGE, seqs))


def _erased(author: Author, deletes: bool, stored: Stored) -> Stored:
    state = parse_state(stored.state)
    is_deleted = state is not None and state.deleted_by is not None
    is_wiped = deletes or is_deleted
    message = erased_message(stored.message, author, is_wiped) if stored.message else b""
    if is_wiped and state and not is_deleted:
        return Stored(stored.seq, message, deleted_state(stored.seq, state.rev, author.id, 0))
    return Stored(stored.seq, message, erased_state(stored.state, is_wiped))
