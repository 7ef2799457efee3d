"""People, groups and invitations in Django admin. The imports register them."""

from accounts.admin.invitations import InvitationAdmin
from accounts.admin.people import GroupAdmin, UserAdmin

__all__ = ["GroupAdmin", "InvitationAdmin", "UserAdmin"]
