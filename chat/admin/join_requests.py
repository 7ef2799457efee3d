"""Who asks to be let into private rooms, answered as in the chat: live, written down, and told to who asked."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from chat.actions.rooms import join_requests
from chat.admin.framework.filters import AuthorFilter, RoomFilter
from chat.admin.framework.long_lists import LongListAdmin
from chat.admin.framework.panels import Cell, moment, person_link, room_link, words
from chat.admin.framework.screen_actions import ActForm, ActingAdmin, ScreenAct
from chat.models import JoinRequest


class AnswerForm(ActForm):
    """What who asked is told."""

    answer = forms.CharField(
        max_length=join_requests.ANSWER_MAX_CHARS, required=False, help_text=gettext_lazy("The person will see this answer.")
    )


def _answer(actor: User, asked: JoinRequest, accept: bool, told: dict[str, Any]) -> str:
    join_requests.answer_request(actor, asked.room_id, asked.user_id, accept, told["answer"])
    return (
        gettext("{person} was accepted and has been notified.")
        if accept
        else gettext("{person} was declined and has been notified.")
    ).format(person=asked.user)


def _waits(asked: JoinRequest) -> bool:
    return asked.state == JoinRequest.State.OPEN


class WaitingFilter(admin.SimpleListFilter):
    """Who waits, unless something else is asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("accepted", gettext("accepted")), ("declined", gettext("declined")), ("all", gettext("all"))]

    def choices(self, changelist: Any) -> Any:
        waiting, *others = super().choices(changelist)
        yield waiting | {"display": gettext("waiting")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[JoinRequest]) -> QuerySet[JoinRequest]:
        return queryset if self.value() == "all" else queryset.filter(state=self.value() or JoinRequest.State.OPEN)


@admin.register(JoinRequest)
class JoinRequestAdmin(ActingAdmin, LongListAdmin):
    """The queue, the oldest first: who waits longest is next."""

    list_title = gettext_lazy("Requests to join")
    ordering = ("pk",)
    fields = ("asked", "state", "who", "where", "said", "answered", "answered_with")
    readonly_fields = fields
    list_display = ("asked", "state", "who", "where", "said", "answered")
    list_display_links = ("asked",)
    list_filter = (WaitingFilter, RoomFilter, AuthorFilter)
    list_select_related = ("room", "user", "answered_by")
    search_fields = ("user__handle", "user__name", "words")
    acts = (
        ScreenAct(
            "accept",
            gettext_lazy("Accept"),
            "chat.change_joinrequest",
            lambda actor, asked, told: _answer(actor, asked, True, told),
            AnswerForm,
            concerns=_waits,
        ),
        ScreenAct(
            "decline",
            gettext_lazy("Decline"),
            "chat.change_joinrequest",
            lambda actor, asked, told: _answer(actor, asked, False, told),
            AnswerForm,
            concerns=_waits,
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: JoinRequest | None = None) -> bool:
        """What was asked is never rewritten."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: JoinRequest | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("asked"), ordering="pk")
    def asked(self, asked: JoinRequest) -> str:
        return moment(asked.created_at)

    @admin.display(description=gettext_lazy("who"), ordering="user__name")
    def who(self, asked: JoinRequest) -> Cell:
        return person_link(asked.user)

    @admin.display(description=gettext_lazy("into"), ordering="room")
    def where(self, asked: JoinRequest) -> Cell:
        return room_link(asked.room)

    @admin.display(description=gettext_lazy("in their words"))
    def said(self, asked: JoinRequest) -> SafeString:
        return words(asked.words)

    @admin.display(description=gettext_lazy("answered"))
    def answered(self, asked: JoinRequest) -> str:
        return f"{moment(asked.answered_at)}, by {asked.answered_by}" if asked.answered_at else "-"

    @admin.display(description=gettext_lazy("answer"))
    def answered_with(self, asked: JoinRequest) -> SafeString:
        return words(asked.answer)
