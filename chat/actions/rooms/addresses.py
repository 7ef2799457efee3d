"""The part of a room's address that comes from its name: `c` for "C++", and `c-2` for "C#" beside it."""

from collections.abc import Callable
from secrets import token_hex

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from chat.domain.errors import conflict
from chat.models import Room

# With room for a number or a token behind it: see SLUG_MAX_CHARS.
_BASE_MAX_CHARS = 56
_NAMELESS = "room"
# So many rooms share one beginning with numbers; further ones get a token.
_NUMBERS = 50
_TRIES = 3


def free_address(name: str, room: Room) -> str:
    """Return an address that no other room has; the room keeps its own while it suits the name.

    Public rooms are found by their names. Others carry a token: whether a private name is taken is nobody's business.
    """
    base = slugify(name, allow_unicode=True)[:_BASE_MAX_CHARS].strip("-_") or _NAMELESS
    own = room.slug if room.pk else ""
    if room.kind != Room.Kind.PUBLIC:
        return own or f"{base}-{token_hex(6)}"
    numbered = [base, *(f"{base}-{number}" for number in range(2, _NUMBERS + 1))]
    if own in numbered:
        return own
    taken = set(Room.objects.filter(slug__in=numbered).values_list("slug", flat=True))
    return next((slug for slug in numbered if slug not in taken), f"{base}-{token_hex(6)}")


def with_free_address(save: Callable[[], Room]) -> Room:
    """Run `save` in a transaction, and again if another room took the address meanwhile; raises conflict."""
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                return save()
        except IntegrityError:
            continue
    raise conflict()
