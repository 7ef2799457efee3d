"""Writes docs/architecture/permissions.md: the table of chat/policy.py for people to read."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from chat.policy import PERMISSIONS, TABLE, Act, Needed, Rank

PAGE = settings.BASE_DIR / "docs" / "architecture" / "permissions.md"

_WORDS = """# Who may do what

Made by `manage.py write_permissions` from [`chat/policy.py`](../../chat/policy.py); a test fails while the two differ.

In each room one is outside, a member, a moderator or its owner; on the whole site one may be staff, or own it. Whoever is
named may do it, and everybody above them. **Nobody acts on an equal or on somebody above.** Staff need not be in a room to
act there. The flag *staff* alone only opens the admin: staff do what they hold the permission for, which the last column
names. The group *Moderators* has all of them, a site owner needs none.

In a direct room staff act only on what was reported there. What an author deleted, they themselves can read and restore; staff
must give a reason, which is logged; a room's owner and moderators cannot. Somebody muted on the whole site does none of this.

An owner hands a room over and moderates it from then on; when an owner leaves, or is taken out, the
longest-serving moderator follows, else the longest-serving member: a room never ends without an owner.

Writing needs no rank but being a member, unless the room says otherwise: announcements are written by moderators, a locked
room takes nothing for now, an archived one nothing for good.

| | public rooms | private rooms | direct rooms | staff's permission |
|---|---|---|---|---|
"""


class Command(BaseCommand):
    """`manage.py write_permissions`."""

    help = "Write docs/architecture/permissions.md."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page."""
        PAGE.write_text(permissions_page())


def permissions_page() -> str:
    """Return the page as Markdown."""
    return _WORDS + "".join(f"| {_line(act, TABLE[act])} |\n" for act in Act)


def _line(act: Act, needed: Needed) -> str:
    permission = f"`{PERMISSIONS[act]}`" if act in PERMISSIONS else "-"
    return " | ".join([act.value, *map(_in_words, needed), permission])


def _in_words(rank: Rank | None) -> str:
    if rank is None:
        return "nobody"
    return "everybody" if rank is Rank.OUTSIDER else rank.name.lower().replace("_", " ")
