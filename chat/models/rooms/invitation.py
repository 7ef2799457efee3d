"""Links into a room, for whoever holds them."""

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models.invitation_link import InvitationLink, InvitationLinkQuerySet


class InvitationQuerySet(InvitationLinkQuerySet["Invitation"]):
    """What can be asked of all links."""


class Invitation(InvitationLink):
    """A link that puts whoever opens it into a room."""

    room = models.ForeignKey("chat.Room", models.CASCADE, verbose_name=gettext_lazy("room"), related_name="invitations")

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation to {self.room}"
