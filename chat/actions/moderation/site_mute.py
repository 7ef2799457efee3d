"""A mute of the whole site: nothing that others would read, be it a room's name or a moderator's reason."""

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from chat.actions.actor import Person
from chat.domain.errors import ChatError, Code
from chat.models import Sanction


def refuse_the_muted(person: Person) -> None:
    """Raise muted, with why and for how long, to somebody who is muted on the whole site."""
    mutes = Sanction.objects.in_force().filter(kind=Sanction.Kind.MUTE, room=None, user=person.id)
    mute = mutes.values_list("reason", "ends_at").first()
    if mute is not None:
        reason, ends_at = mute
        seconds = None if ends_at is None else max(0.0, (ends_at - timezone.now()).total_seconds())
        words = format_lazy(gettext_lazy("You are muted on the whole site: {reason}"), reason=reason)
        raise ChatError(Code.MUTED, words, retry_in=seconds)
