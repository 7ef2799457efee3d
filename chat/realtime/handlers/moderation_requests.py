"""Requests of moderators, reports, and settings of rooms. All of them change the record."""

from typing import Any

from msgspec import UNSET
from msgspec.structs import asdict

from chat.actions import limits
from chat.actions.moderation import mute_kick_ban, purging, report_handling, reports, word_rules
from chat.actions.rooms import invitation_mail, invitations, join_requests, roles, room_settings
from chat.domain import protocol
from chat.domain.errors import bad_request
from chat.realtime.connections.connection import Connection
from chat.realtime.handlers.closing_database import closing_database
from chat.realtime.handlers.handler_types import Answer, Handler, Handlers


def moderation_handlers() -> Handlers:
    """Return the handler of each request. Each costs one of the person's `acts`, however much it changes."""
    handlers: Handlers = {
        protocol.Moderate: _moderate,
        protocol.ReportMessage: _report_message,
        protocol.HandleReport: _handle_report,
        protocol.PurgeMessages: _purge,
        protocol.Unpurge: _unpurge,
        protocol.CreateInvitation: _create_invitation,
        protocol.ShareInvitation: _share_invitation,
        protocol.MailInvitation: _mail_invitation,
        protocol.Revoke: _revoke,
        protocol.AnswerJoinRequest: _answer_join_request,
        protocol.SetWordRule: _set_word_rule,
        protocol.SetRole: _set_role,
        protocol.UpdateRoom: _update_room,
    }
    return {request: _spending(handler) for request, handler in handlers.items()}


def _spending(handler: Handler) -> Handler:
    def spend_and_handle(connection: Connection, request: Any) -> Answer:
        limits.spend(connection.author.id, "acts")
        return handler(connection, request)

    return spend_and_handle


def _moderate(connection: Connection, request: protocol.Moderate) -> Answer:
    actor, room, user, reason = connection.author, request.room, request.user, request.reason
    with closing_database():
        if request.action == "mute":
            mute_kick_ban.mute_person(actor, room, user, reason, request.seconds)
        elif request.action == "unmute":
            mute_kick_ban.unmute_person(actor, room, user, reason)
        elif request.action == "ban":
            mute_kick_ban.ban_person(actor, room, user, reason, request.seconds)
        elif request.action == "unban":
            mute_kick_ban.unban_person(actor, room, user, reason)
        elif room is None:
            raise bad_request("moderate: a kick is from a room.")
        else:
            mute_kick_ban.kick_member(actor, room, user, reason)
    return {}


def _report_message(connection: Connection, request: protocol.ReportMessage) -> Answer:
    limits.spend(connection.author.id, "reports")
    with closing_database():
        asked = (request.room, request.seq, request.reason, request.epoch)
        return {"report": reports.report_message(connection.author, *asked)}


def _handle_report(connection: Connection, request: protocol.HandleReport) -> Answer:
    with closing_database():
        if request.action == "claim":
            report_handling.claim_report(connection.author, request.report)
        elif request.action == "release":
            report_handling.release_report(connection.author, request.report)
        elif request.action == "send":
            report_handling.send_held(connection.author, request.report)
        else:
            report_handling.resolve_report(connection.author, request.report, request.outcome, request.answer)
    return {}


def _purge(connection: Connection, request: protocol.PurgeMessages) -> Answer:
    with closing_database():
        purge = purging.purge_messages(connection.author, request.room, request.user, request.reason, request.seconds)
    return {"purge": purge.id, "count": purge.changed}


def _unpurge(connection: Connection, request: protocol.Unpurge) -> Answer:
    with closing_database():
        purge = purging.unpurge_messages(connection.author, request.room, request.purge)
    return {"purge": purge.id, "count": purge.changed}


def _create_invitation(connection: Connection, request: protocol.CreateInvitation) -> Answer:
    limits.spend(connection.author.id, "joins")
    with closing_database():
        invitation = invitations.make_invitation(connection.author, request.room, request.uses, request.seconds)
    return {"invitation": invitation.pk, "link": invitation.link()}


def _share_invitation(connection: Connection, request: protocol.ShareInvitation) -> Answer:
    limits.spend(connection.author.id, "joins")
    with closing_database():
        invitation = invitations.shared_invitation(connection.author, request.room)
    until = invitation.ends_at and round(invitation.ends_at.timestamp() * 1000)
    return {"invitation": invitation.pk, "link": invitation.link(), "until": until}


def _mail_invitation(connection: Connection, request: protocol.MailInvitation) -> Answer:
    for _ in request.addresses:
        limits.spend(connection.author.id, "invitations")
    with closing_database():
        count = invitation_mail.mail_invitation(connection.author, request.room, request.addresses, connection.language)
    return {"sent": count}


def _revoke(connection: Connection, request: protocol.Revoke) -> Answer:
    with closing_database():
        invitations.revoke_invitation(connection.author, request.invitation)
    return {}


def _answer_join_request(connection: Connection, request: protocol.AnswerJoinRequest) -> Answer:
    with closing_database():
        join_requests.answer_request(connection.author, request.room, request.user, request.accept, request.reason)
    return {}


def _set_word_rule(connection: Connection, request: protocol.SetWordRule) -> Answer:
    with closing_database():
        if request.effect is None:
            word_rules.drop_word_rule(connection.author, request.room, request.kind, request.pattern)
        else:
            word_rules.set_word_rule(connection.author, request.room, request.kind, request.pattern, request.effect)
    return {}


def _set_role(connection: Connection, request: protocol.SetRole) -> Answer:
    with closing_database():
        roles.change_role(connection.author, request.room, request.user, request.role)
    return {}


def _update_room(connection: Connection, request: protocol.UpdateRoom) -> Answer:
    given = {name: value for name, value in asdict(request).items() if name != "room" and value is not UNSET}
    with closing_database():
        room_settings.update_room(connection.author, request.room, **given)
    return {}
