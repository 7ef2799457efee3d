"""Sanctions: who is muted or banned, where, until when and why; begun here, and lifted."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from accounts.signed_in import signed_in
from chat.actions.moderation import mute_kick_ban
from chat.admin.framework.autocomplete import AutocompleteAdmin, NumberAutocomplete
from chat.admin.framework.filters import AuthorFilter, RoomFilter
from chat.admin.framework.long_lists import LongListAdmin
from chat.admin.framework.panels import Cell, moment, person_link, room_link, words
from chat.admin.framework.screen_actions import ActForm, ActingAdmin, ScreenAct
from chat.admin.framework.through_actions import RefusableForm, ThroughActionsAdmin
from chat.domain.types import RoomId, SanctionKind, UserId
from chat.models import Room, Sanction
from chat.models.moderation.sanction import REASON_MAX_CHARS

LENGTHS = [
    ("600", gettext_lazy("10 minutes")),
    ("3600", gettext_lazy("1 hour")),
    ("86400", gettext_lazy("1 day")),
    ("604800", gettext_lazy("1 week")),
    ("", gettext_lazy("permanently")),
]


class LengthFields(forms.Form):
    """For how long: one of the usual lengths, or until a moment."""

    length = forms.ChoiceField(choices=LENGTHS, required=False, initial="3600")
    until = forms.DateTimeField(
        required=False,
        help_text=gettext_lazy("UTC; instead of a length."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["until"]
        if until and until <= timezone.now():
            raise forms.ValidationError(gettext("That has already expired."))
        return until


def seconds_of(asked: dict[str, Any]) -> int | None:
    """Return the length that was asked for; None: permanently."""
    if asked.get("until"):
        left: timedelta = asked["until"] - timezone.now()
        return max(1, round(left.total_seconds()))
    return int(asked["length"]) if asked.get("length") else None


def impose(actor: User, kind: SanctionKind, room_id: RoomId | None, user_id: UserId, asked: dict[str, Any]) -> None:
    """Mute or ban; raises ChatError."""
    act = mute_kick_ban.mute_person if kind == "mute" else mute_kick_ban.ban_person
    act(actor, room_id, user_id, asked["reason"], seconds_of(asked))


def lift(actor: User, sanction: Sanction, reason: str) -> str:
    """Lift a sanction; raises ChatError."""
    act = mute_kick_ban.unmute_person if sanction.kind == Sanction.Kind.MUTE else mute_kick_ban.unban_person
    act(actor, sanction.room_id, sanction.user_id, reason)
    return (
        gettext("The mute of {person} is lifted.") if sanction.kind == "mute" else gettext("The ban of {person} is lifted.")
    ).format(person=sanction.user)


class LiftForm(ActForm):
    """Why, for the log."""

    reason = forms.CharField(max_length=REASON_MAX_CHARS, required=False)


class SanctionForm(LengthFields, RefusableForm):
    """Of somebody who need not be a member of the room."""

    room = forms.ModelChoiceField(
        Room.objects.exclude(kind=Room.Kind.DIRECT),
        required=False,
        help_text=gettext_lazy("Leave empty for the whole site."),
        widget=NumberAutocomplete(Sanction._meta.get_field("room"), admin.site),
    )


class StateFilter(admin.SimpleListFilter):
    """What holds now, and what is over."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", gettext("in force")), ("over", gettext("expired or lifted"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Sanction]) -> QuerySet[Sanction]:
        if self.value() == "now":
            return queryset.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()), lifted_at=None)
        if self.value() == "over":
            return queryset.filter(Q(ends_at__lte=timezone.now()) | Q(lifted_at__isnull=False))
        return queryset


@admin.register(Sanction)
class SanctionAdmin(ActingAdmin, AutocompleteAdmin, LongListAdmin, ThroughActionsAdmin):
    """The list, the newest first."""

    form = SanctionForm
    fields = ("kind", "user", "room", "length", "until", "reason")
    list_display = ("person", "kind", "where", "state", "since", "ends", "shown_reason", "begun_by")
    list_display_links = ("kind",)
    list_filter = (StateFilter, "kind", AuthorFilter, RoomFilter)
    list_select_related = ("user", "room", "by", "lifted_by")
    search_fields = ("reason", "user__handle", "user__name")
    autocomplete_fields = ("user",)
    acts = (
        ScreenAct(
            "lift",
            gettext_lazy("Lift now"),
            "chat.change_sanction",
            lambda actor, sanction, asked: lift(actor, sanction, asked["reason"]),
            LiftForm,
            concerns=lambda sanction: sanction.is_in_force,
        ),
    )
    actions = ("lift_selected",)

    def get_fields(self, request: HttpRequest, obj: Sanction | None = None) -> tuple[str, ...]:
        shown = ("person", "kind", "where", "state", "since", "ends", "shown_reason", "begun_by", "lifted")
        return shown if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Sanction | None = None) -> tuple[str, ...]:
        return self.get_fields(request, obj) if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Sanction | None = None) -> bool:
        """In the list one lifts; a sanction itself is never rewritten."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Sanction | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Sanction, form: "forms.ModelForm[Sanction]", change: bool) -> None:
        impose(signed_in(request), obj.kind, obj.room_id, obj.user_id, form.cleaned_data)  # type: ignore[arg-type]  # the choices are the entity's
        obj.pk = Sanction.objects.in_force().filter(kind=obj.kind, room=obj.room_id, user=obj.user_id).latest("pk").pk

    @admin.action(description=gettext_lazy("Lift"), permissions=["change"])
    def lift_selected(self, request: HttpRequest, queryset: QuerySet[Sanction]) -> None:
        """End those that hold, before their time."""
        actor = signed_in(request)
        self.do_to_each(
            request, [one for one in queryset if one.is_in_force], lambda one: lift(actor, one, ""), gettext("lifted")
        )

    @admin.display(description=gettext_lazy("person"), ordering="user__name")
    def person(self, sanction: Sanction) -> Cell:
        return person_link(sanction.user)

    @admin.display(description=gettext_lazy("where"), ordering="room")
    def where(self, sanction: Sanction) -> Cell:
        return room_link(sanction.room)

    @admin.display(description=gettext_lazy("since"), ordering="starts_at")
    def since(self, sanction: Sanction) -> str:
        return moment(sanction.starts_at)

    @admin.display(description=gettext_lazy("until"), ordering="ends_at")
    def ends(self, sanction: Sanction) -> str:
        return moment(sanction.ends_at) if sanction.ends_at else gettext("permanently")

    @admin.display(description=gettext_lazy("reason"))
    def shown_reason(self, sanction: Sanction) -> SafeString:
        return words(sanction.reason)

    @admin.display(description=gettext_lazy("by"), ordering="by")
    def begun_by(self, sanction: Sanction) -> Cell:
        return person_link(sanction.by)

    @admin.display(description=gettext_lazy("state"))
    def state(self, sanction: Sanction) -> str:
        return state_of(sanction)

    @admin.display(description=gettext_lazy("lifted"))
    def lifted(self, sanction: Sanction) -> str:
        return (
            gettext("{moment}, by {person}").format(moment=moment(sanction.lifted_at), person=sanction.lifted_by)
            if sanction.lifted_at
            else "-"
        )


def state_of(sanction: Sanction) -> str:
    """Return in a word whether it holds."""
    return gettext("lifted") if sanction.lifted_at else gettext("in force") if sanction.is_in_force else gettext("expired")
