"""Decides which clients can connect: a page of ours, with a valid session. Those that connect at once share the queries."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import connections as databases
from django.utils.translation import gettext_lazy

from accounts.sessions.authentication import Authenticated, authenticate_many
from chat.actions import blocking, limits
from chat.actions.moderation import sanctions
from chat.actions.moderation.moderation_filter import newcomer_until
from chat.actions.rooms import departures, membership
from chat.domain.errors import ChatError, Code, forbidden
from chat.domain.types import Author, LiveSanction, UserId
from chat.realtime.admission.batching import Batch
from chat.realtime.admission.language import language_of
from chat.realtime.admission.origin import is_ours
from chat.realtime.connections.connection import Connection, PersonFacts
from chat.realtime.connections.local_connections import LocalConnections
from chat.realtime.presence.heartbeat import Heartbeat
from chat.realtime.presence.subscriptions import Subscriptions
from gevent_socketio.interface import Client

# Few enough that one batch does not hold the loop for long, many enough that SQL and Redis are asked rarely.
MAX_BATCH = 64
FULL_RETRY_SECONDS = 60.0

_TOO_MANY = gettext_lazy("Too many connections. Close other tabs or devices.")


class Arrival(NamedTuple):
    """A client that wants to connect."""

    client: Client
    cookie: str


class Admission:
    """Makes connections of the clients that can connect, and puts them into their rooms.

    After a restart everyone reconnects in the same second: one by one, SQL and Redis would cost 2 ms for each.
    """

    def __init__(
        self,
        origins: Collection[str],
        connections: LocalConnections,
        subscriptions: Subscriptions,
        heartbeat: Heartbeat,
    ) -> None:
        self._origins = frozenset(origins)
        self._connections = connections
        self._subscriptions = subscriptions
        self._heartbeat = heartbeat
        self._batch: Batch[Arrival, Connection] = Batch(self._admit, MAX_BATCH, databases.close_all)

    def admit(self, client: Client) -> Connection:
        """Return the person's connection, in all their rooms; raises forbidden, banned and unavailable."""
        environ = client.environ or {}
        if not is_ours(environ, self._origins):
            raise forbidden(gettext_lazy("This page is not allowed to connect."))
        return self._batch.ask(Arrival(client, environ.get("HTTP_COOKIE", "")))

    def _admit(self, arrivals: Sequence[Arrival]) -> Sequence[Connection | Exception]:
        sessions = authenticate_many([arrival.cookie for arrival in arrivals])
        found = [_connection(arrival, session) for arrival, session in zip(arrivals, sessions, strict=True)]
        found = self._within_limits(found)
        bans = self._enter_rooms([connection for connection in found if isinstance(connection, Connection)])
        return [_unless_banned(one, bans) for one in found]

    def _within_limits(self, found: Sequence[Connection | Exception]) -> list[Connection | Exception]:
        """Refuse a person's connections above the limit of this process: each is written to for every message.

        Also those that come too fast: each is told to everybody in up to 1,000 rooms, which takes 40 ms.
        """
        most, counts = settings.CAPS["connections"], Counter[UserId]()
        kept: list[Connection | Exception] = []
        for one in found:
            if isinstance(one, Connection):
                user_id = one.author.id
                counts[user_id] += 1
                is_too_many = bool(most) and self._connections.count_of_person(user_id) + counts[user_id] > most
                one = ChatError(Code.RATE_LIMITED, _TOO_MANY, retry_in=FULL_RETRY_SECONDS) if is_too_many else _counted(one)
            kept.append(one)
        return kept

    def _enter_rooms(self, connections: Sequence[Connection]) -> dict[UserId, LiveSanction]:
        """Put connections into their people's rooms; return the bans from the site, whose people enter none."""
        # Subscribed first, read afterwards: a person who is added to a room or banned in between is in a publication.
        self._subscriptions.follow(connections)
        bans = sanctions.site_bans({connection.author.id for connection in connections})
        connections = [connection for connection in connections if connection.author.id not in bans]
        _read_facts(connections)
        rooms = membership.live_rooms_of({connection.author.id for connection in connections})
        self._subscriptions.enter({connection: rooms[connection.author.id] for connection in connections})
        self._heartbeat.announce({connection: list(connection.rooms) for connection in connections})
        self._heartbeat.mark_active({connection.author.id for connection in connections})
        return bans


def _connection(arrival: Arrival, session: Authenticated | None) -> Connection | Exception:
    if session is None:
        return forbidden(gettext_lazy("Log in first."))
    author = Author(session.user.pk, session.user.handle, session.user.name)
    until = newcomer_until(session.user)
    expires_at, language = session.expires_at.timestamp(), language_of(arrival.client.environ or {})
    return Connection(arrival.client, author, session.session_hash, expires_at, arrival.cookie, until, language)


def _read_facts(connections: Sequence[Connection]) -> None:
    """Read blocks and invitations: after their people are subscribed to, as their rooms are."""
    people = {connection.author.id for connection in connections}
    blocked, questions = blocking.blocked_by(people), departures.questions_of(people)
    for connection in connections:
        connection.person = PersonFacts(set(blocked.get(connection.author.id, ())), questions[connection.author.id])


def _counted(connection: Connection) -> Connection | ChatError:
    try:
        limits.spend_here(connection.author.id, "connects")
    except ChatError as error:
        return error
    return connection


def _unless_banned(found: Connection | Exception, bans: Mapping[UserId, LiveSanction]) -> Connection | Exception:
    ban = bans.get(found.author.id) if isinstance(found, Connection) else None
    return sanctions.Banned(ban) if ban else found
