"""Which passwords are refused, beside those that are too short: Django's validators of AUTH_PASSWORD_VALIDATORS."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from accounts.auth.bloom_filter import BloomFilter

# Everything that people can remember works; beyond it a password is only work for the server.
PASSWORD_MAX_CHARS = 1_024
# 140,000 passwords of ten characters and more, by `manage.py build_common_passwords`; one good one in 10,000 is refused, too.
COMMON = Path(__file__).parent / "common_passwords.bloom"
PRODUCT_WORDS = ("parley", "chat", "password", "passwort", "admin", "welcome", "willkommen", "login")
# What must be left of a password without the words that anybody would try first, and how many different characters it has.
OWN_MIN_CHARS = 5
DIFFERENT_MIN_CHARS = 3

_LETTERS = str.maketrans("013457$@!", "oleastsai")


class CommonPasswords:
    """Refuses what is on lists of leaked passwords, also with a sign at the end or digits for letters."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a common password."""
        if any(form in _common() for form in _plain_forms(password)) or len(set(password.casefold())) < DIFFERENT_MIN_CHARS:
            raise ValidationError(gettext_lazy("This password is too common. Choose another one."), code="common")

    def get_help_text(self) -> str:
        """Return what Django's own pages say of it."""
        return str(gettext_lazy("Your password must not be a common one."))


class OwnWords:
    """Refuses passwords that are little more than the person's own name, handle or email, or the product's name."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password that somebody who knows the person would guess."""
        rest = password.casefold()
        for word in sorted(_words_about(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(re.sub(r"[\W\d_]+", "", rest)) < OWN_MIN_CHARS and rest != password.casefold():
            raise ValidationError(
                gettext_lazy("This password is easy to guess: it consists of your name or of common words."),
                code="own_words",
            )

    def get_help_text(self) -> str:
        """Return what Django's own pages say of it."""
        return str(gettext_lazy("Your password must not consist of your own name or email."))


class LongestPassword:
    """Refuses what is too long to be typed: length first, before anything else looks at it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError above PASSWORD_MAX_CHARS."""
        if len(password) > PASSWORD_MAX_CHARS:
            raise ValidationError(
                format_lazy(gettext_lazy("A password has at most {most} characters."), most=PASSWORD_MAX_CHARS), code="too_long"
            )

    def get_help_text(self) -> str:
        """Return what Django's own pages say of it."""
        return ""


@cache
def _common() -> BloomFilter:
    return BloomFilter.read(COMMON)


def _plain_forms(password: str) -> Iterator[str]:
    """How a password may stand on a list: "Passw0rd123!" is "password123"."""
    small = password[:PASSWORD_MAX_CHARS].casefold()
    core = small.strip("!?.,;:-_*#+$ ")
    yield from (small, core, core.translate(_LETTERS))
    letters = core.rstrip("0123456789")
    yield letters.translate(_LETTERS) + core[len(letters) :]


def _words_about(user: Any) -> Iterator[str]:
    yield from PRODUCT_WORDS
    yield from _parts(urlsplit(settings.PUBLIC_URL).hostname or "")
    for field in ("name", "handle", "email"):
        yield from _parts(str(getattr(user, field, "") or ""))


def _parts(text: str) -> Iterator[str]:
    """The words of a name or an address, and all of it without spaces; what is too short to tell is left out."""
    small = text.casefold()
    yield from (word for word in (small, "".join(small.split()), *re.split(r"[\W_]+", small)) if len(word) > 2)
