"""Links into rooms: who made which, how often it was used; taken back here. They are made, and told once, in the chat."""

from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from chat.actions.invitations import revoke_invitation
from chat.admin.acts import ActingAdmin, ScreenAct
from chat.admin.filters import ModeratorFilter, RoomFilter
from chat.admin.lists import LongListAdmin
from chat.admin.panels import Cell, moment, person_link, room_link
from chat.admin.through_actions import ThroughActionsAdmin
from chat.models import Invitation


class GoodFilter(admin.SimpleListFilter):
    """Links that still let somebody in, and those that do not."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("good", "good"), ("over", "used up, over or taken back")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> QuerySet[Invitation]:
        used_up, over = Q(most_uses__lte=F("uses")), Q(ends_at__lte=timezone.now())
        is_over = used_up | over | Q(revoked_at__isnull=False)
        if self.value() == "good":
            return queryset.exclude(pk__in=queryset.filter(is_over).values("pk"))
        return queryset.filter(is_over) if self.value() == "over" else queryset


def _take_back(actor: User, invitation: Invitation, _asked: dict[str, Any]) -> str:
    revoke_invitation(actor, invitation.pk)
    return "The link is taken back."


@admin.register(Invitation)
class RoomInvitationAdmin(ActingAdmin, LongListAdmin, ThroughActionsAdmin):
    """The list, the newest first."""

    list_title = "Links into rooms"
    fields = ("where", "made_by", "made", "used", "ends", "taken_back")
    readonly_fields = fields
    list_display = ("number", *fields)
    list_display_links = ("number",)
    list_filter = (GoodFilter, RoomFilter, ModeratorFilter)
    list_select_related = ("room", "by")
    acts = (
        ScreenAct(
            "revoke",
            "Take back",
            "chat.change_invitation",
            _take_back,
            concerns=lambda link: link.revoked_at is None,
            destroys=True,
        ),
    )
    actions = ("revoke_selected",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        """In the list one takes back; a link itself is never rewritten."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False

    @admin.action(description="Take back", permissions=["change"])
    def revoke_selected(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Take those back that are not yet."""
        assert isinstance(request.user, User)
        actor = request.user
        self.do_to_each(request, queryset.filter(revoked_at=None), lambda link: revoke_invitation(actor, link.pk), "taken back")

    @admin.display(description="link", ordering="pk")
    def number(self, link: Invitation) -> str:
        return f"Link {link.pk}"

    @admin.display(description="into", ordering="room")
    def where(self, link: Invitation) -> Cell:
        return room_link(link.room)

    @admin.display(description="by", ordering="by")
    def made_by(self, link: Invitation) -> Cell:
        return person_link(link.by)

    @admin.display(description="made", ordering="created_at")
    def made(self, link: Invitation) -> str:
        return moment(link.created_at)

    @admin.display(description="used", ordering="uses")
    def used(self, link: Invitation) -> str:
        return f"{link.uses:,} of {link.most_uses:,}" if link.most_uses else f"{link.uses:,}, no limit"

    @admin.display(description="ends", ordering="ends_at")
    def ends(self, link: Invitation) -> str:
        return moment(link.ends_at) if link.ends_at else "does not end"

    @admin.display(description="taken back", ordering="revoked_at")
    def taken_back(self, link: Invitation) -> str:
        return moment(link.revoked_at)
