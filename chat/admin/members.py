"""Who is in a room: inside the room's screen while they are few, on a screen of their own always."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from accounts.signed_in import signed_in
from chat.actions.moderation import mute_kick_ban
from chat.actions.rooms import membership, roles
from chat.admin.framework.autocomplete import AutocompleteAdmin
from chat.admin.framework.long_lists import LongListAdmin
from chat.admin.framework.through_actions import RefusableForm, ThroughActionsAdmin
from chat.domain.types import Role, RoomId, UserId
from chat.models import Membership, Room

ASKED = gettext_lazy("{name} left this room once and was invited back.")
WHY_REMOVED = "An administrator took you out of this room."


class MemberForm(RefusableForm):
    """Who and as what; of a member only the role can be changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for field in {"room", "user"} & self.fields.keys():
                self.fields[field].disabled = True


class MemberInline(AutocompleteAdmin, admin.TabularInline):  # type: ignore[type-arg]  # generic in its stubs only
    """The members of the room above."""

    model = Membership
    form = MemberForm
    fields = ("user", "role")
    autocomplete_fields = ("user",)
    extra = 1
    verbose_name_plural = gettext_lazy("members")


@admin.register(Membership)
class MemberAdmin(AutocompleteAdmin, LongListAdmin, ThroughActionsAdmin):
    """All members of all rooms, but for direct ones: who talks to whom is theirs."""

    form = MemberForm
    fields = ("room", "user", "role")
    autocomplete_fields = ("room", "user")
    list_display = ("user", "room", "role", "joined_at")
    list_filter = ("role",)
    list_select_related = ("user", "room")
    search_fields = ("user__handle", "user__name", "user__email", "room__name")
    ordering = ("-joined_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).exclude(room__kind=Room.Kind.DIRECT)

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "forms.ModelChoiceField[Any] | None":
        if db_field.name == "room":
            kwargs["queryset"] = Room.objects.exclude(kind=Room.Kind.DIRECT)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == "room" or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def save_model(self, request: HttpRequest, obj: Membership, form: "forms.ModelForm[Membership]", change: bool) -> None:
        if change:
            _change_role(signed_in(request), obj.room_id, obj.user_id, obj.role)  # type: ignore[arg-type]  # one of Role
        else:
            membership.add_member(obj.room_id, obj.user_id, obj.role, by=signed_in(request).pk)  # type: ignore[arg-type]  # as above
            obj.pk = Membership.objects.filter(room=obj.room_id, user=obj.user_id).values_list("pk", flat=True).first()

    def response_add(self, request: HttpRequest, obj: Membership, post_url_continue: str | None = None) -> HttpResponse:
        """Of somebody who was asked there is nothing to show."""
        if obj.pk:
            return super().response_add(request, obj, post_url_continue)
        self.message_user(request, ASKED.format(name=obj.user.name), messages.WARNING)
        return redirect(reverse("admin:chat_membership_changelist"))

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        _remove(signed_in(request), obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        actor = signed_in(request)
        self.do_to_each(request, queryset, lambda member: _remove(actor, member), gettext("removed"))


def save_members(actor: User, room: Room, formset: "forms.BaseInlineFormSet[Membership, Room, Any]") -> list[User]:
    """Make what was done in the inline true: first who comes and who becomes owner, then who is no longer.

    Return those who were asked instead of added, because they left the room once.
    """
    formset.save(commit=False)
    asked = [new.user for new in formset.new_objects if not _add(actor, room.pk, new)]
    for member in _owners_first(changed for changed, _ in formset.changed_objects):
        _change_role(actor, room.pk, member.user_id, member.role)  # type: ignore[arg-type]
    for gone in formset.deleted_objects:
        _remove(actor, gone)
    return asked


def _add(actor: User, room_id: RoomId, new: Membership) -> bool:
    return membership.add_member(room_id, new.user_id, new.role, by=actor.pk)  # type: ignore[arg-type]


def _owners_first(members: Iterable[Membership]) -> list[Membership]:
    """A room refuses to lose its only owner, so that the new one has to be made before."""
    return sorted(members, key=lambda member: member.role != Membership.Role.OWNER)


def _change_role(actor: User, room_id: RoomId, user_id: UserId, role: Role) -> None:
    """Nobody acts on an equal, and so not on themselves; but who owns the site may become less in a room."""
    if user_id == actor.pk:
        roles.set_role(room_id, user_id, role)
    else:
        roles.change_role(actor, room_id, user_id, role)


def _remove(actor: User, member: Membership) -> None:
    if member.user_id == actor.pk:
        membership.leave_room(actor, member.room_id)
    else:
        mute_kick_ban.kick_member(actor, member.room_id, member.user_id, WHY_REMOVED)
