"""Who is what in a room."""

from django.db import transaction
from django.utils.translation import gettext_lazy

from chat.actions.actor import Person
from chat.actions.authorization import authorise
from chat.actions.moderation.moderation_log import record_act
from chat.actions.rooms.link_revocation import revoke_links_of
from chat.actions.rooms.membership import find_membership, has_other_owner
from chat.domain.errors import forbidden, not_found
from chat.domain.policy import Act, may, rank_of
from chat.domain.types import Role, RoomId, UserId
from chat.models import Membership, ModerationLog
from chat.sync.projection import record_change


def change_role(actor: Person, room_id: RoomId, user_id: UserId, role: Role) -> None:
    """Give a member another role. An owner who makes somebody else the owner hands the room over and moderates from then on.

    Raises not_found, not_member or forbidden.
    """
    hands_over = role == "owner"
    authorise(actor, Act.HAND_OVER if hands_over else Act.CHANGE_ROLE, room_id, user_id)
    with transaction.atomic():
        before = set_role(room_id, user_id, role, actor.id)
        mine = find_membership(room_id, actor.id)
        if hands_over and mine and mine.role == Membership.Role.OWNER:
            set_role(room_id, actor.id, "moderator")
        action = ModerationLog.Action.HAND_OVER if hands_over else ModerationLog.Action.ROLE
        record_act(action, actor.id, room_id, user_id, before=before, after=role)


def set_role(room_id: RoomId, user_id: UserId, role: Role, by: UserId | None = None) -> str:
    """Give a member another role whoever asks; return the one before. Their links end where the new one makes none.

    Raises not_found, or forbidden when the room would lose its only owner.
    """
    with transaction.atomic():
        membership = find_membership(room_id, user_id)
        if membership is None:
            raise not_found()
        before: str = membership.role
        if before == Membership.Role.OWNER and role != "owner" and not has_other_owner(membership):
            raise forbidden(gettext_lazy("A room needs an owner. Transfer ownership first."))
        membership.role = role
        membership.save(update_fields=["role"])
        if not may(rank_of(role), Act.MAKE_INVITATION, membership.room.facts().kind):
            revoke_links_of(user_id, room_id, by)
        record_change(room_id, user_id)
    return before
