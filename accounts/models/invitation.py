"""Links by which somebody may make an account where sign-up is by invitation."""

from accounts.models.invitation_link import InvitationLink, InvitationLinkQuerySet


class InvitationQuerySet(InvitationLinkQuerySet["Invitation"]):
    """What can be asked of all links."""


class Invitation(InvitationLink):
    """A link to sign up."""

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation {self.pk}"
