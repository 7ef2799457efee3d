"""What moderators ask for, and what it is answered. All of it changes the record."""

from collections.abc import Callable
from typing import Any

from msgspec import UNSET
from msgspec.structs import asdict

from chat import events
from chat.actions import (
    invitations,
    join_requests,
    limits,
    moderation,
    purging,
    report_handling,
    reports,
    roles,
    room_settings,
    word_rules,
)
from chat.errors import bad_request
from chat.realtime.connection import Connection
from chat.realtime.record import record

Answer = dict[str, Any]


def moderation_verbs() -> dict[type[events.Request], Callable[[Connection, Any], Answer]]:
    """Return what is done for each request; each of them is one of a person's acts, however much it changes."""
    verbs: dict[type[events.Request], Callable[[Connection, Any], Answer]] = {
        events.Moderate: _moderate,
        events.Report: _report,
        events.Handle: _handle,
        events.Purge: _purge,
        events.Unpurge: _unpurge,
        events.Invitation: _invitation,
        events.Revoke: _revoke,
        events.AnswerRequest: _answer_request,
        events.SetWord: _set_word,
        events.ChangeRole: _change_role,
        events.Update: _update,
    }
    return {request: _paid(verb) for request, verb in verbs.items()}


def _paid(verb: Callable[[Connection, Any], Answer]) -> Callable[[Connection, Any], Answer]:
    def pay_and_do(connection: Connection, request: Any) -> Answer:
        limits.spend(connection.author.id, "acts")
        return verb(connection, request)

    return pay_and_do


def _moderate(connection: Connection, request: events.Moderate) -> Answer:
    actor, room, user, reason = connection.author, request.room, request.user, request.reason
    with record():
        if request.action == "mute":
            moderation.mute_person(actor, room, user, reason, request.seconds)
        elif request.action == "unmute":
            moderation.unmute_person(actor, room, user, reason)
        elif request.action == "ban":
            moderation.ban_person(actor, room, user, reason, request.seconds)
        elif request.action == "unban":
            moderation.unban_person(actor, room, user, reason)
        elif room is None:
            raise bad_request("moderate: a kick is from a room.")
        else:
            moderation.kick_member(actor, room, user, reason)
    return {}


def _report(connection: Connection, request: events.Report) -> Answer:
    limits.spend(connection.author.id, "reports")
    with record():
        return {"report": reports.report_message(connection.author, request.room, request.seq, request.reason)}


def _handle(connection: Connection, request: events.Handle) -> Answer:
    with record():
        if request.action == "claim":
            report_handling.claim_report(connection.author, request.report)
        elif request.action == "release":
            report_handling.release_report(connection.author, request.report)
        elif request.action == "send":
            report_handling.send_held(connection.author, request.report)
        else:
            report_handling.resolve_report(connection.author, request.report, request.outcome, request.answer)
    return {}


def _purge(connection: Connection, request: events.Purge) -> Answer:
    with record():
        purge = purging.purge_messages(connection.author, request.room, request.user, request.reason, request.seconds)
    return {"purge": purge.id, "count": purge.changed}


def _unpurge(connection: Connection, request: events.Unpurge) -> Answer:
    with record():
        purge = purging.unpurge_messages(connection.author, request.room, request.purge)
    return {"purge": purge.id, "count": purge.changed}


def _invitation(connection: Connection, request: events.Invitation) -> Answer:
    limits.spend(connection.author.id, "joins")
    with record():
        made, link = invitations.make_invitation(connection.author, request.room, request.uses, request.seconds)
    return {"invitation": made.pk, "link": link}


def _revoke(connection: Connection, request: events.Revoke) -> Answer:
    with record():
        invitations.revoke_invitation(connection.author, request.invitation)
    return {}


def _answer_request(connection: Connection, request: events.AnswerRequest) -> Answer:
    with record():
        join_requests.answer_request(connection.author, request.room, request.user, request.accept, request.reason)
    return {}


def _set_word(connection: Connection, request: events.SetWord) -> Answer:
    with record():
        if request.effect is None:
            word_rules.drop_word_rule(connection.author, request.room, request.kind, request.pattern)
        else:
            word_rules.set_word_rule(connection.author, request.room, request.kind, request.pattern, request.effect)
    return {}


def _change_role(connection: Connection, request: events.ChangeRole) -> Answer:
    with record():
        roles.change_role(connection.author, request.room, request.user, request.role)
    return {}


def _update(connection: Connection, request: events.Update) -> Answer:
    given = {name: value for name, value in asdict(request).items() if name != "room" and value is not UNSET}
    with record():
        room_settings.update_room(connection.author, request.room, **given)
    return {}
