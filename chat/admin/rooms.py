"""Rooms: make, rename, close and open them. A direct room is its people's own and is not shown."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from accounts.signed_in import signed_in
from chat.actions.rooms import creating
from chat.actions.rooms.room_settings import update_room
from chat.admin.framework.long_lists import LongListAdmin
from chat.admin.framework.panels import Cell, Panel, moment, person_link, words
from chat.admin.framework.screen_actions import ActingAdmin, may_view
from chat.admin.framework.through_actions import RefusableForm, ThroughActionsAdmin
from chat.admin.members import ASKED, MemberInline, save_members
from chat.admin.room_activity import RoomList, activity_of
from chat.domain.types import State
from chat.models import ModerationLog, Report, Room

# More rows make a page that is slow to draw and, past Django's limit on fields, cannot be saved.
MEMBERS_IN_THE_ROOM_SCREEN = 100
NEWEST = 20
MOST_NAMES = 50


_NOW = {"locked": gettext_lazy("now locked"), "open": gettext_lazy("now open"), "archived": gettext_lazy("now archived")}


class RoomForm(RefusableForm):
    """A room's facts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" in self.fields:
            self.fields["name"].required, self.fields["name"].help_text = True, ""
        if "kind" in self.fields:
            self.fields["kind"].choices = [  # type: ignore[attr-defined]
                choice for choice in Room.Kind.choices if choice[0] != Room.Kind.DIRECT
            ]

    def clean(self) -> dict[str, Any] | None:
        facts = super().clean() or self.cleaned_data
        if facts.get("newcomers_join") and facts.get("kind", self.instance.kind) == Room.Kind.PRIVATE:
            self.add_error("newcomers_join", gettext("New accounts can only join public rooms automatically."))
        return facts


@admin.register(Room)
class RoomAdmin(ActingAdmin, LongListAdmin, ThroughActionsAdmin):
    """The list of rooms and the screen of one."""

    form = RoomForm
    list_display = ("name", "kind", "state", "people", "online", "a_day", "last")
    list_filter = ("kind", "state", "newcomers_join")
    search_fields = ("name", "slug", "topic")
    readonly_fields = ("slug", "all_members", "created_by", "created_at")
    inlines = (MemberInline,)
    actions = ("lock", "unlock", "archive")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Room]:
        shown: QuerySet[Room] = super().get_queryset(request).exclude(kind=Room.Kind.DIRECT)
        return shown.annotate(people_count=Count("memberships"))

    def get_fields(self, request: HttpRequest, obj: Room | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("name", "kind", "topic", "newcomers_join")
        return ("name", "kind", "topic", "state", "slow_mode", "newcomers_join", *self.readonly_fields)

    def get_readonly_fields(self, request: HttpRequest, obj: Room | None = None) -> tuple[str, ...]:
        return self.readonly_fields if obj is None else (*self.readonly_fields, "kind")

    def get_inlines(self, request: HttpRequest, obj: Room | None) -> tuple[type[MemberInline], ...]:
        few = obj is None or obj.memberships.count() <= MEMBERS_IN_THE_ROOM_SCREEN
        return self.inlines if few else ()

    def has_delete_permission(self, request: HttpRequest, obj: Room | None = None) -> bool:
        """Never: a room is archived, since messages and their readers refer to it."""
        return False

    def save_model(self, request: HttpRequest, obj: Room, form: "forms.ModelForm[Room]", change: bool) -> None:
        if change:
            if form.changed_data:
                update_room(signed_in(request), obj.pk, **{field: form.cleaned_data[field] for field in form.changed_data})
            return
        room = creating.create_room(signed_in(request), obj.name, obj.kind, obj.topic, obj.newcomers_join)  # type: ignore[arg-type]  # one of Kind
        obj.pk, obj.slug = room.pk, room.slug

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for person in save_members(signed_in(request), form.instance, formset):
            self.message_user(request, ASKED.format(name=person.name), messages.WARNING)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RoomList

    def panels(self, request: HttpRequest, about: Room) -> list[Panel]:
        acts = [_acts(about)] if may_view(request, ModerationLog) else []
        return [_now(request, about), *acts]

    @admin.display(description=gettext_lazy("members"), ordering="people_count")
    def people(self, room: Room) -> int:
        return room.people_count  # type: ignore[attr-defined, no-any-return]

    @admin.display(description=gettext_lazy("members"))
    def all_members(self, room: Room) -> SafeString:
        link = reverse("admin:chat_membership_changelist")
        return format_html(
            '<a href="{}?room={}">{}</a>', link, room.pk, gettext("{count} in all, with search").format(count=self.people(room))
        )

    @admin.action(description=gettext_lazy("Lock: nobody writes for now"), permissions=["change"])
    def lock(self, request: HttpRequest, queryset: QuerySet[Room]) -> None:
        self._put(request, queryset.exclude(state=Room.State.ARCHIVED), "locked")

    @admin.action(description=gettext_lazy("Unlock"), permissions=["change"])
    def unlock(self, request: HttpRequest, queryset: QuerySet[Room]) -> None:
        self._put(request, queryset.filter(state=Room.State.LOCKED), "open")

    @admin.action(description=gettext_lazy("Archive: closed permanently, can be read"), permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Room]) -> None:
        self._put(request, queryset, "archived")

    @admin.display(description=gettext_lazy("online now"))
    def online(self, room: Room) -> str:
        return room.activity.online  # type: ignore[attr-defined, no-any-return]

    @admin.display(description=gettext_lazy("messages a day"))
    def a_day(self, room: Room) -> str:
        return room.activity.a_day  # type: ignore[attr-defined, no-any-return]

    @admin.display(description=gettext_lazy("last message"))
    def last(self, room: Room) -> str:
        return room.activity.last  # type: ignore[attr-defined, no-any-return]

    def _put(self, request: HttpRequest, queryset: QuerySet[Room], state: State) -> None:
        actor = signed_in(request)
        self.do_to_each(request, queryset, lambda room: update_room(actor, room.pk, state=state), _NOW[state])


def _now(request: HttpRequest, room: Room) -> Panel:
    [now] = activity_of([room.pk])
    here = [person.user for person in now.here or ()][:MOST_NAMES] if may_view(request, User) else []
    names = format_html_join(
        ", ", "{}", ((person_link(person),) for person in User.objects.filter(pk__in=here).order_by("name"))
    )
    rows: list[tuple[str, Cell]] = [
        (gettext("Online now"), format_html("{}{}{}", now.online, ": " if here else "", names)),
        (gettext("Messages a day, in the last week"), now.a_day),
        (gettext("Last message"), now.last),
    ]
    if may_view(request, Report):
        rows.append((gettext("Open reports"), room.reports.exclude(state=Report.State.RESOLVED).count()))
    messages = format_html(
        '<a href="{}?in={}">{}</a>', reverse("admin:chat_message_changelist"), room.slug, gettext("Its messages")
    )
    return Panel(gettext("Now"), ("", ""), rows, more=messages, is_first=True)


def _acts(room: Room) -> Panel:
    newest = ModerationLog.objects.filter(room=room).select_related("by", "user")[:NEWEST]
    rows = [
        (
            moment(one.at),
            person_link(one.by, one.by_id),
            one.get_action_display(),
            person_link(one.user, one.user_id),
            words(one.reason),
        )
        for one in newest
    ]
    return Panel(
        gettext("The log of this room"),
        (gettext("When"), gettext("Who"), gettext("What"), gettext("Person"), gettext("Why")),
        rows,
        gettext("Nothing."),
    )
