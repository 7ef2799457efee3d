"""What a moderator does to a person, from the person's screen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.models import CHANGE, LogEntry
from django.utils.translation import gettext, gettext_lazy, ngettext

from accounts.admin.people import is_above
from accounts.models import User
from accounts.second_factor.reset import has_factor, reset_factors
from accounts.sessions.open_sessions import end_sessions, open_sessions
from chat.actions.moderation import mute_kick_ban, purging
from chat.admin.framework.panels import moment
from chat.admin.framework.screen_actions import ActForm, ReasonForm, ScreenAct
from chat.admin.sanctions import LengthFields, LiftForm, impose, lift
from chat.domain.errors import Words, forbidden
from chat.domain.types import RoomId, SanctionKind
from chat.models import Room, Sanction

SPANS = [("3600", gettext_lazy("the last hour")), ("86400", gettext_lazy("the last day")), ("", gettext_lazy("everything"))]


def _rooms_of(person: User) -> list[tuple[str, str]]:
    rooms = Room.objects.filter(memberships__user=person).exclude(kind=Room.Kind.DIRECT)
    return [(str(pk), name) for pk, name in rooms.values_list("pk", "name")]


class PersonSanctionForm(LengthFields, ReasonForm):
    """Where, how long and why."""

    where = forms.ChoiceField(required=False)
    field_order = ("where", "length", "until", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = [("", gettext("the whole site")), *_rooms_of(self.about)]  # type: ignore[attr-defined]


class _InRoomForm(ReasonForm):
    room = forms.ChoiceField()
    field_order: Sequence[str] = ("room", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].choices = _rooms_of(self.about)  # type: ignore[attr-defined]


class _PurgeForm(_InRoomForm):
    span = forms.ChoiceField(label=gettext_lazy("What"), choices=SPANS, required=False)
    field_order = ("room", "span", "reason")


class _LiftForm(LiftForm):
    sanction = forms.ModelChoiceField(Sanction.objects.none(), empty_label=None)
    field_order = ("sanction", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sanction"].queryset = current_sanctions(self.about)  # type: ignore[attr-defined]


class _SessionForm(ActForm):
    session = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [
            (one.hash, gettext("{session}, ends {moment}").format(session=one.hash[:8], moment=moment(one.expires_at)))
            for one in open_sessions(self.about.pk)
        ]
        self.fields["session"].choices = [*known, ("all", gettext("all of them"))]  # type: ignore[attr-defined]


def current_sanctions(person: User) -> Any:
    """Return what holds for somebody now, the newest first."""
    return Sanction.objects.in_force().filter(user=person).select_related("room", "user", "by")


def _impose(kind: SanctionKind, done: Words) -> Any:
    def run(actor: User, person: User, asked: dict[str, Any]) -> str:
        impose(actor, kind, _room(asked["where"]), person.pk, asked)
        return str(done).format(person=person)

    return run


def _kick(actor: User, person: User, asked: dict[str, Any]) -> str:
    mute_kick_ban.kick_member(actor, int(asked["room"]), person.pk, asked["reason"])
    return gettext("{person} was removed from the room.").format(person=person)


def _purge(actor: User, person: User, asked: dict[str, Any]) -> str:
    seconds = int(asked["span"]) if asked["span"] else None
    done = purging.purge_messages(actor, int(asked["room"]), person.pk, asked["reason"], seconds)
    return ngettext(
        "%(count)d message removed. You can restore it from the log.",
        "%(count)d messages removed. You can restore them from the log.",
        done.changed,
    ) % {"count": done.changed}


def _end_session(actor: User, person: User, asked: dict[str, Any]) -> str:
    if person.pk != actor.pk and not is_above(actor, person):
        raise forbidden(gettext_lazy("You cannot do that to someone of your own rank or above."))
    ended = end_sessions(person.pk, "" if asked["session"] == "all" else asked["session"])
    return gettext("{count} ended: {person} has to log in again there.").format(count=ended, person=person)


def _reset_factor(actor: User, person: User, _asked: dict[str, Any]) -> str:
    if not actor.is_superuser:
        raise forbidden(gettext_lazy("Only an owner of the site can do that."))
    reset_factors(person, f"user {actor.pk}")
    LogEntry.objects.log_actions(actor.pk, [person], CHANGE, "Second factor removed", single_object=True)
    return gettext("{person} has no second factor any more. The password is enough to log in.").format(person=person)


def _room(where: str) -> RoomId | None:
    return int(where) if where else None


def _is_in_a_room(person: User) -> bool:
    return bool(_rooms_of(person))


ACTS: Sequence[ScreenAct] = (
    ScreenAct(
        "lift",
        gettext_lazy("Lift a sanction"),
        "chat.change_sanction",
        lambda actor, _person, asked: lift(actor, asked["sanction"], asked["reason"]),
        _LiftForm,
        concerns=lambda person: current_sanctions(person).exists(),
    ),
    ScreenAct(
        "mute",
        gettext_lazy("Mute"),
        "chat.add_sanction",
        _impose("mute", gettext_lazy("{person} is muted.")),
        PersonSanctionForm,
        destroys=True,
    ),
    ScreenAct(
        "ban",
        gettext_lazy("Ban"),
        "chat.add_sanction",
        _impose("ban", gettext_lazy("{person} is banned.")),
        PersonSanctionForm,
        destroys=True,
    ),
    ScreenAct(
        "kick",
        gettext_lazy("Remove from a room"),
        "chat.delete_membership",
        _kick,
        _InRoomForm,
        concerns=_is_in_a_room,
        destroys=True,
    ),
    ScreenAct(
        "purge",
        gettext_lazy("Purge messages"),
        "chat.change_message",
        _purge,
        _PurgeForm,
        concerns=_is_in_a_room,
        destroys=True,
        is_in_record=False,
    ),
    ScreenAct(
        "end-session", gettext_lazy("End sessions"), "sessions.delete_session", _end_session, _SessionForm, destroys=True
    ),
    ScreenAct(
        "reset-factor",
        gettext_lazy("Remove the second factor"),
        "accounts.change_user",
        _reset_factor,
        concerns=has_factor,
        destroys=True,
    ),
)
