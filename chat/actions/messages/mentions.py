"""What names or answers a person, in the rooms that they are in."""

from chat.actions import limits
from chat.actions.concurrency import Turnstile
from chat.archive.mentions_page import MentionsPage, find_mentions
from chat.domain.types import Author
from chat.models import Block, Membership

AT_ONCE, EACH, PATIENCE_SECONDS = 8, 2, 2.0

_turnstile = Turnstile(AT_ONCE, EACH, PATIENCE_SECONDS)


def mentions_of(person: Author, after: str = "") -> MentionsPage:
    """Return a page of them, newest first: of a room that one has left, nothing.

    Raises bad_request, rate_limited or unavailable.
    """
    limits.spend(person.id, "searches")
    with _turnstile.admit(person.id):
        rooms = Membership.objects.filter(user=person.id).values_list("room_id", "joined_at")
        joined = {room_id: round(moment.timestamp() * 1000) for room_id, moment in rooms}
        blocked = Block.objects.filter(blocker=person.id).values_list("blocked_id", flat=True)
        return find_mentions(person, joined, after, set(blocked))
