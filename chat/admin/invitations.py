"""Invitations: who created which link, how often it was used. They are created and revoked here as in the chat."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from accounts.signed_in import signed_in
from chat.actions.rooms.invitations import SHARED_FOR, make_invitation, revoke_invitation
from chat.admin.framework.autocomplete import AutocompleteAdmin
from chat.admin.framework.filters import ModeratorFilter, RoomFilter
from chat.admin.framework.long_lists import LongListAdmin
from chat.admin.framework.panels import Cell, moment, person_link, room_link
from chat.admin.framework.screen_actions import ActingAdmin, ScreenAct
from chat.admin.framework.through_actions import ThroughActionsAdmin
from chat.models import Invitation


class GoodFilter(admin.SimpleListFilter):
    """Links that still let somebody in, and those that do not."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("good", gettext("valid")), ("over", gettext("used up, expired or revoked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> QuerySet[Invitation]:
        used_up, over = Q(most_uses__lte=F("uses")), Q(ends_at__lte=timezone.now())
        is_over = used_up | over | Q(revoked_at__isnull=False)
        if self.value() == "good":
            return queryset.exclude(pk__in=queryset.filter(is_over).values("pk"))
        return queryset.filter(is_over) if self.value() == "over" else queryset


def _take_back(actor: User, invitation: Invitation, _asked: dict[str, Any]) -> str:
    revoke_invitation(actor, invitation.pk)
    return gettext("The link was revoked.")


@admin.register(Invitation)
class InvitationAdmin(AutocompleteAdmin, ActingAdmin, LongListAdmin, ThroughActionsAdmin):
    """The list, the newest first."""

    list_title = gettext_lazy("Invitation links")
    fields = ("where", "made_by", "made", "used", "ends", "taken_back")
    list_display = ("number", *fields)
    autocomplete_fields = ("room",)
    list_display_links = ("number",)
    list_filter = (GoodFilter, RoomFilter, ModeratorFilter)
    list_select_related = ("room", "by")
    acts = (
        ScreenAct(
            "revoke",
            gettext_lazy("Revoke"),
            "chat.change_invitation",
            _take_back,
            concerns=lambda link: link.revoked_at is None,
            destroys=True,
        ),
    )
    actions = ("revoke_selected",)

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> tuple[str, ...]:
        return ("room", "most_uses", "ends_at") if obj is None else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Invitation | None = None) -> tuple[str, ...]:
        return () if obj is None else self.fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"ends_at": timezone.now() + SHARED_FOR}

    def save_model(self, request: HttpRequest, obj: Invitation, form: "forms.ModelForm[Invitation]", change: bool) -> None:
        seconds = max(1, round((obj.ends_at - timezone.now()).total_seconds())) if obj.ends_at else None
        made = make_invitation(signed_in(request), obj.room_id, obj.most_uses, seconds)
        obj.pk = made.pk
        told = gettext("Copy the link now; it won't be shown again: {link}").format(link=made.link())
        self.message_user(request, told, messages.WARNING)

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        """In the list one takes back; a link itself is never rewritten."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False

    @admin.action(description=gettext_lazy("Revoke"), permissions=["change"])
    def revoke_selected(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Take those back that are not yet."""
        actor = signed_in(request)
        self.do_to_each(
            request, queryset.filter(revoked_at=None), lambda link: revoke_invitation(actor, link.pk), gettext("revoked")
        )

    @admin.display(description=gettext_lazy("link"), ordering="pk")
    def number(self, link: Invitation) -> str:
        return gettext("Link {number}").format(number=link.pk)

    @admin.display(description=gettext_lazy("into"), ordering="room")
    def where(self, link: Invitation) -> Cell:
        return room_link(link.room) if link.room else gettext("the server")

    @admin.display(description=gettext_lazy("by"), ordering="by")
    def made_by(self, link: Invitation) -> Cell:
        return person_link(link.by)

    @admin.display(description=gettext_lazy("created"), ordering="created_at")
    def made(self, link: Invitation) -> str:
        return moment(link.created_at)

    @admin.display(description=gettext_lazy("used"), ordering="uses")
    def used(self, link: Invitation) -> str:
        return (
            gettext("{count:,} of {most:,}").format(count=link.uses, most=link.most_uses)
            if link.most_uses
            else gettext("{count:,}, no limit").format(count=link.uses)
        )

    @admin.display(description=gettext_lazy("ends"), ordering="ends_at")
    def ends(self, link: Invitation) -> str:
        return moment(link.ends_at) if link.ends_at else gettext("never expires")

    @admin.display(description=gettext_lazy("revoked"), ordering="revoked_at")
    def taken_back(self, link: Invitation) -> str:
        return moment(link.revoked_at)
