"""People, with all that a moderator wants to know before an act: what holds for them, where they are, what they wrote."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from accounts.admin.people import UserAdmin
from accounts.models import User
from accounts.sessions.open_sessions import open_sessions
from chat.admin.framework.long_lists import LongListAdmin
from chat.admin.framework.panels import Panel, message_link, moment, moment_ms, person_link, room_link, text_shown, words
from chat.admin.framework.screen_actions import ActingAdmin, may_view
from chat.admin.framework.shortening import shortened
from chat.admin.person_actions import ACTS, current_sanctions
from chat.admin.sanctions import state_of
from chat.archive.message_view import as_they_stand
from chat.domain.errors import ChatError
from chat.live.live_state import live_state
from chat.models import Membership, Message, ModerationLog, Room, Sanction

NEWEST = 20
SHORT_CHARS = 160

admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(ActingAdmin, LongListAdmin, UserAdmin):
    """The screen of accounts, and what chat knows beside it."""

    list_display = (*UserAdmin.list_display, "sanctioned")  # type: ignore[assignment]  # one more
    list_title = gettext_lazy("People")
    acts = ACTS

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Who only looks after people's manners sees nothing of their passwords and powers."""
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return ((None, {"fields": ("name", "handle", "email", "is_active", "date_joined", "last_login")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        theirs = Sanction.objects.in_force().filter(user=OuterRef("pk"))
        people: QuerySet[User] = super().get_queryset(request)
        return people.annotate(is_banned=Exists(theirs.filter(kind="ban")), is_muted=Exists(theirs.filter(kind="mute")))

    def panels(self, request: HttpRequest, about: User) -> list[Panel]:
        shown: list[tuple[bool, Callable[[User], Panel]]] = [
            (may_view(request, Sanction), _sanctions_now),
            (may_view(request, Membership), _rooms),
            (request.user.has_perm("sessions.delete_session"), _sessions),  # they have no screen of their own
            (may_view(request, Message), _recent_messages),
            (may_view(request, Sanction), _history),
            (may_view(request, ModerationLog), _acts_about),
        ]
        return [panel(about) for is_shown, panel in shown if is_shown]

    def get_list_display(self, request: HttpRequest) -> Any:
        columns = super().get_list_display(request)
        return columns if may_view(request, Sanction) else [column for column in columns if column != "sanctioned"]

    @admin.display(description=gettext_lazy("sanctions"))
    def sanctioned(self, person: User) -> str:
        held = ((gettext("banned"), person.is_banned), (gettext("muted"), person.is_muted))  # type: ignore[attr-defined]  # annotated
        return ", ".join(word for word, holds in held if holds) or "-"


def _sanctions_now(person: User) -> Panel:
    rows = [
        (
            one.kind,
            room_link(one.room),
            moment(one.ends_at) if one.ends_at else gettext("permanently"),
            words(one.reason),
            person_link(one.by),
        )
        for one in current_sanctions(person)
    ]
    return Panel(
        gettext("Sanctions in force"),
        (gettext("What"), gettext("Where"), gettext("Until"), gettext("Why"), gettext("By")),
        rows,
        gettext("None: they can write everywhere."),
        is_first=True,
    )


def _rooms(person: User) -> Panel:
    theirs = list(
        Membership.objects.filter(user=person)
        .exclude(room__kind=Room.Kind.DIRECT)
        .select_related("room")
        .order_by("room__name")
    )
    try:
        here = live_state().activity.connections_of(person.pk, [each.room_id for each in theirs])
        connections = [
            gettext("{open}, {active} active").format(open=one.open, active=one.active) if one.open else "-" for one in here
        ]
    except ChatError:
        connections = ["?"] * len(theirs)
    rows = [
        (room_link(each.room), each.role, moment(each.joined_at), now) for each, now in zip(theirs, connections, strict=True)
    ]
    return Panel(
        gettext("Rooms, and connections now"),
        (gettext("Room"), gettext("As"), gettext("Since"), gettext("Connections")),
        rows,
        gettext("In no room."),
    )


def _sessions(person: User) -> Panel:
    rows = [(one.hash[:8], moment(one.expires_at)) for one in open_sessions(person.pk)]
    return Panel(
        gettext("Sessions"), (gettext("Session"), gettext("Expires if unused")), rows, gettext("Not logged in anywhere.")
    )


def _recent_messages(person: User) -> Panel:
    direct = Room.objects.filter(kind=Room.Kind.DIRECT)
    newest = Message.objects.filter(author=person).exclude(room__in=direct).select_related("room").order_by("-pk")[:NEWEST]
    rows = [
        (
            message_link(one, moment_ms(one.sent_at)),
            room_link(one.room),
            words(shortened(text_shown(one), SHORT_CHARS)),
            gettext("deleted") if one.deleted else "",
        )
        for one in as_they_stand(newest)
    ]
    return Panel(
        gettext("Recent messages"), (gettext("Sent"), gettext("Room"), gettext("Text"), ""), rows, gettext("Nothing yet.")
    )


def _history(person: User) -> Panel:
    rows = [
        (moment(one.starts_at), one.kind, room_link(one.room), state_of(one), words(one.reason), person_link(one.by))
        for one in Sanction.objects.filter(user=person).select_related("room", "by")[:NEWEST]
    ]
    return Panel(
        gettext("All sanctions, the newest first"),
        (gettext("Since"), gettext("What"), gettext("Where"), gettext("State"), gettext("Why"), gettext("By")),
        rows,
        gettext("None ever."),
    )


def _acts_about(person: User) -> Panel:
    newest = ModerationLog.objects.filter(user=person).select_related("by", "room")[:NEWEST]
    rows = [
        (moment(one.at), one.get_action_display(), room_link(one.room), words(one.reason), person_link(one.by, one.by_id))
        for one in newest
    ]
    return Panel(
        gettext("The log about them"),
        (gettext("When"), gettext("What"), gettext("Where"), gettext("Why"), gettext("By")),
        rows,
        gettext("Nothing."),
    )
