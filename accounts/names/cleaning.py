"""What people may call themselves: names that are shown, and handles that are typed."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from accounts.models import valid_handle
from accounts.names.ignorable import is_reordered, without_hidden
from bounds.text import MARKS_IN_A_ROW as TEXT_MARKS_IN_A_ROW
from bounds.text import RAW_FACTOR, Form, TextTooLong, TooManyMarks, normalised, require_measured

NAME_MAX_CHARS = 60
HANDLE_MAX_CHARS = 30
# What is typed where a handle or an email is expected; the longest email has as many characters.
LOGIN_MAX_CHARS = 254
MARKS_IN_A_ROW = 3
# Words that would pass for the product, for its staff, or for "everyone here" in a mention.
RESERVED_HANDLES = frozenset(
    "admin administrator all anonymous bot channel deleted everyone help here me mod moderator moderators nobody "
    "null owner parley postmaster room root security setup staff support system undefined webmaster".split()
)
# Format characters that `without_hidden` leaves where a script or an emoji needs them. All others reorder text or hide it.
_NEEDED_FORMATS = frozenset("\u200c\u200d")


def clean_name(text: str) -> str:
    """Return a name as it is stored and shown; ValidationError says what is wrong with it."""
    name = _seen(_normalised("NFKC", text, RAW_FACTOR * NAME_MAX_CHARS))
    if len(name) > NAME_MAX_CHARS:
        raise ValidationError(
            format_lazy(gettext_lazy("A name has at most {most} characters."), most=NAME_MAX_CHARS), code="too_long"
        )
    if any(_is_hidden(char) for char in name):
        raise ValidationError(gettext_lazy("A name cannot have control or direction characters in it."), code="hidden")
    if _longest_run_of_marks(name) > MARKS_IN_A_ROW:
        raise ValidationError(
            format_lazy(gettext_lazy("A name has at most {most} accents on one letter."), most=MARKS_IN_A_ROW), code="marks"
        )
    if not any(_is_seen(char) for char in name):
        raise ValidationError(gettext_lazy("Enter a visible name."), code="blank")
    return name


def clean_handle(text: str) -> str:
    """Return a handle as it is stored: small ASCII letters, so that no two handles look alike."""
    handle = normal_handle(text)
    valid_handle(handle)
    if handle in RESERVED_HANDLES:
        raise ValidationError(gettext_lazy("That handle is taken. Choose another one."), code="taken")
    return handle


def normal_handle(text: str) -> str:
    """Return what was typed for a handle in the form in which handles are stored, whether it is one or not.

    Raises ValidationError for what is too long or has too many combining marks to be normalised.
    """
    return without_hidden(_normalised("NFKC", text, LOGIN_MAX_CHARS)).strip().removeprefix("@").lower()


def require_login(text: str) -> None:
    """Raise ValidationError for what is too long to be a handle or an email."""
    with _refusing():
        require_measured(text, LOGIN_MAX_CHARS)


def _normalised(form: Form, text: str, most: int) -> str:
    with _refusing():
        return normalised(form, text, most)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except TextTooLong as error:
        message = format_lazy(gettext_lazy("At most {most} characters are allowed."), most=error.most)
        raise ValidationError(message, code="too_long") from None
    except TooManyMarks:
        message = format_lazy(gettext_lazy("At most {most} accents in a row are allowed."), most=TEXT_MARKS_IN_A_ROW)
        raise ValidationError(message, code="marks") from None


def _seen(name: str) -> str:
    """Return the name without what draws nothing; one that is read in another order is left, to be refused."""
    visible = name if is_reordered(name) else without_hidden(name)
    return " ".join(visible.replace("\u2800", " ").split())  # an empty braille cell is a space that `split` does not know


def _is_hidden(char: str) -> bool:
    category = unicodedata.category(char)
    return category in {"Cc", "Co", "Cs", "Zl", "Zp"} or (
        category == "Cf" and char not in _NEEDED_FORMATS and not _is_tag(char)
    )


def _longest_run_of_marks(name: str) -> int:
    marks = "".join("m" if unicodedata.category(char) in {"Mn", "Me"} else " " for char in name)
    return max(map(len, re.findall("m+", marks)), default=0)


def _is_seen(char: str) -> bool:
    """Whether it draws something by itself; emoji that are newer than Python's tables have no category."""
    category = unicodedata.category(char)
    return category[0] in "LNPS" or category == "Cn"


def _is_tag(char: str) -> bool:
    """Whether it is left of a flag; `without_hidden` drops all others."""
    return "\U000e0030" <= char <= "\U000e007f"
