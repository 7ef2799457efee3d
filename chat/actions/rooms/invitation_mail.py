"""Invitations by email: the inviter's own link, in the inviter's language, one mail for each address."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from accounts.auth.mail import send_beside, sender
from accounts.models import User
from accounts.server_settings import current
from chat.actions.actor import Person
from chat.actions.moderation.moderation_filter import newcomer_until
from chat.actions.moderation.moderation_log import record_act
from chat.actions.rooms.invitations import authorise_invitation, shared_invitation
from chat.domain.errors import bad_request, forbidden
from chat.domain.types import RoomId
from chat.models import ModerationLog


def mail_invitation(actor: Person, room_id: RoomId, addresses: Iterable[str], language: str) -> int:
    """Mail the actor's link into a room; return to how many. All addresses or none.

    Raises bad_request, forbidden where mail is not set up or the actor is new, and what shared_invitation raises.
    """
    authorise_invitation(actor, room_id)
    if not settings.SENDS_MAIL:
        raise forbidden(gettext_lazy("This server sends no mail. Copy the link instead."))
    inviter = User.objects.get(pk=actor.id)
    if newcomer_until(inviter):
        raise forbidden(gettext_lazy("New members cannot send mail yet. Copy the link instead."))
    receivers = _checked(addresses)
    invitation = shared_invitation(actor, room_id)
    record_act(ModerationLog.Action.INVITATION, actor.id, room_id, invitation=invitation.pk, mails=len(receivers))
    facts = {"inviter": inviter.name, "room": invitation.room and invitation.room.name, "link": invitation.link()}
    with translation.override(language):
        subject = " ".join(render_to_string("chat/email/invitation_subject.txt", facts).split())
        text = render_to_string("chat/email/invitation_message.txt", facts)
    for receiver in receivers:
        send_beside(EmailMessage(f"[{current().server_name}] {subject}", text, sender(), [receiver]))
    return len(receivers)


def _checked(addresses: Iterable[str]) -> list[str]:
    """Return each address once, in the given order."""
    receivers = list(dict.fromkeys(address.strip() for address in addresses))
    for receiver in receivers:
        try:
            validate_email(receiver)
        except ValidationError:
            raise bad_request(format_lazy(gettext_lazy("“{text}” is not an email address."), text=receiver)) from None
    return receivers
