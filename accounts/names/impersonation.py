"""Names that would pass for somebody else's, for the staff or for the product."""

import re
import unicodedata
from functools import cache

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.names.cleaning import RESERVED_HANDLES
from accounts.names.skeleton import skeleton

# In a person's name none of these words is their own.
_OFFICES = ("parley", "admin", "administrator", "administratorin", "moderator", "moderatorin")
_RESERVED = (*sorted(RESERVED_HANDLES), *_OFFICES)
# More staff than this is not compared: a sign-up must not cost more than a query and some milliseconds.
MOST_STAFF = 500


def refuse_lookalike_name(name: str, person: User | None = None) -> None:
    """Raise ValidationError if others would take a new name for the staff's or a member's.

    `person`, if given, has an account already and may keep what they have. Two members may share a name to the letter, as
    people do; the page then shows their handles.
    """
    if _names_an_office(name) or _looks_like_staff(name, person):
        raise ValidationError(gettext_lazy("That name could be mistaken for the staff of this server."), code="lookalike")
    alike = _others(person).filter(name_skeleton=skeleton(name)).values_list("name", flat=True)[:MOST_STAFF]
    if any(_plain(other) != _plain(name) for other in alike):
        raise ValidationError(gettext_lazy("That name could be mistaken for another member's."), code="lookalike")


def refuse_lookalike_handle(handle: str, person: User | None = None) -> None:
    """Raise ValidationError if this handle, which is nobody's, looks like a reserved one, the staff's or a member's."""
    look = skeleton(handle)
    is_reserved = look in _skeletons(_RESERVED) and handle not in RESERVED_HANDLES
    if is_reserved or _others(person).filter(handle_skeleton=look).exclude(handle=handle).exists():
        raise ValidationError(gettext_lazy("That handle looks too much like another one."), code="lookalike")
    if _looks_like_staff(handle, person):
        raise ValidationError(gettext_lazy("That handle could be mistaken for the staff of this server."), code="lookalike")


def _others(person: User | None) -> QuerySet[User]:
    return User.objects.exclude(pk=person.pk) if person and person.pk else User.objects.all()


def _names_an_office(name: str) -> bool:
    words = {skeleton(word) for word in re.split(r"[\W_]+", name)}
    return not words.isdisjoint(_skeletons(_OFFICES)) or _core(name) in _skeletons(_RESERVED)


def _looks_like_staff(name: str, person: User | None) -> bool:
    staff = _others(person).filter(Q(is_staff=True) | Q(is_superuser=True), is_active=True).values_list("name", "handle")
    if person and (person.is_staff or person.is_superuser):
        return False
    looks = {_core(one) for names in staff[:MOST_STAFF] for one in names}
    return _core(name) in looks


def _core(name: str) -> str:
    """Return the skeleton without signs around it: "Olivia ✓" passes for Olivia."""
    letters = [char if unicodedata.category(char)[0] in "LNM" else " " for char in skeleton(name)]
    return "".join("".join(letters).split()) or skeleton(name)


@cache
def _skeletons(words: tuple[str, ...]) -> set[str]:
    return {skeleton(word) for word in words}


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
