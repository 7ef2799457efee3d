"""Telling people something once it is committed: they see it at once if they are here, and find it later if not."""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial

from django.db import transaction

from chat.domain.errors import ChatError
from chat.domain.policy import Act
from chat.domain.protocol import ServerEvent
from chat.domain.types import UserId
from chat.live.live_state import live_state
from chat.models import Membership, Report, Room


def tell_moderators(room: Room, act: Act, event: ServerEvent, payload: object, but: UserId | None = None) -> None:
    """Tell everyone who may do this in a room, the site's staff among them, but for one."""
    tell_people(Membership.objects.moderators(room, act) - {but}, event, payload)


def tell_of_report(report: Report) -> None:
    """Tell who moderates the room how a report stands, but for whom it is about."""
    told = {"room": report.room_id, "report": report.pk, "seq": report.seq, "state": report.state}
    tell_moderators(report.room, Act.HANDLE_REPORT, ServerEvent.REPORT, told, but=report.author_id)


def tell_people(user_ids: Iterable[UserId | None], event: ServerEvent, payload: object) -> None:
    """Tell people on all their devices."""
    for user_id in user_ids:
        if user_id is not None:
            transaction.on_commit(partial(_tell, user_id, event, payload))


def _tell(user_id: UserId, event: ServerEvent, payload: object) -> None:
    with suppress(ChatError):  # it is in the record, where they find it
        live_state().rooms.tell_person(user_id, event, payload)
