"""Who may connect: a page of ours, with a session that is still good. Those who come at once come in together."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import connections as databases
from django.utils.translation import gettext_lazy

from accounts.sessions.authentication import Authenticated
from chat.actions import blocking
from chat.actions.moderation import sanctions
from chat.actions.moderation.moderation_filter import newcomer_until
from chat.actions.rooms import departures, membership
from chat.domain.errors import ChatError, Code, forbidden
from chat.domain.types import Author, LiveSanction, UserId
from chat.realtime.batching import Batch
from chat.realtime.connection import Connection, Own
from chat.realtime.heartbeat import Heartbeat
from chat.realtime.language import language_of
from chat.realtime.origin import is_ours
from chat.realtime.subscriptions import RoomRelay
from gevent_socketio.interface import Client

# Few enough that one turn's work never holds the loop for long, many enough that SQL and Redis are asked seldom.
MOST_AT_ONCE = 64
FULL_RETRY_SECONDS = 60.0

_TOO_MANY = gettext_lazy("Too many connections. Close other tabs or devices.")

Authenticate = Callable[[Sequence[str]], Sequence[Authenticated | None]]


class Arrival(NamedTuple):
    """Somebody at the door."""

    client: Client
    cookie: str


class Admission:
    """Makes connections of those who may connect, and puts them into their rooms.

    After a restart everybody comes back in the same second: asked one by one, SQL and Redis cost 2 ms a person.
    """

    def __init__(
        self,
        authenticate: Authenticate,
        origins: Collection[str],
        relay: RoomRelay,
        heartbeat: Heartbeat,
    ) -> None:
        self._authenticate = authenticate
        self._origins = frozenset(origins)
        self._relay = relay
        self._heartbeat = heartbeat
        self._door: Batch[Arrival, Connection] = Batch(self._let_in, MOST_AT_ONCE, databases.close_all)

    def admit(self, client: Client) -> Connection:
        """Return the person's connection, in all their rooms; raises forbidden, banned and unavailable."""
        environ = client.environ or {}
        if not is_ours(environ, self._origins):
            raise forbidden(gettext_lazy("This page is not allowed to connect."))
        return self._door.ask(Arrival(client, environ.get("HTTP_COOKIE", "")))

    def _let_in(self, arrivals: Sequence[Arrival]) -> Sequence[Connection | Exception]:
        known = self._authenticate([arrival.cookie for arrival in arrivals])
        found = [self._recognise(arrival, who) for arrival, who in zip(arrivals, known, strict=True)]
        found = self._up_to_the_cap(found)
        bans = self._welcome([connection for connection in found if isinstance(connection, Connection)])
        return [_unless_banned(one, bans) for one in found]

    def _recognise(self, arrival: Arrival, known: Authenticated | None) -> Connection | Exception:
        if known is None:
            return forbidden(gettext_lazy("Log in first."))
        author = Author(known.user.pk, known.user.handle, known.user.name)
        until = newcomer_until(known.user)
        expires_at, language = known.expires_at.timestamp(), language_of(arrival.client.environ or {})
        return Connection(arrival.client, author, known.session_hash, expires_at, arrival.cookie, until, language)

    def _up_to_the_cap(self, found: Sequence[Connection | Exception]) -> list[Connection | Exception]:
        """Refuse a person's connections beyond so many to this process: each is written to for every message."""
        most, counts = settings.CAPS["connections"], Counter[UserId]()
        kept: list[Connection | Exception] = []
        for one in found:
            if isinstance(one, Connection) and most:
                user_id = one.author.id
                counts[user_id] += 1
                if self._relay.count_of_person(user_id) + counts[user_id] > most:
                    one = ChatError(Code.RATE_LIMITED, _TOO_MANY, retry_in=FULL_RETRY_SECONDS)
            kept.append(one)
        return kept

    def _welcome(self, connections: Sequence[Connection]) -> dict[UserId, LiveSanction]:
        """Return who is banned from the site, and therefore not welcome."""
        # Heard first, read afterwards: who is put into a room in between, or banned, is told by the subscription.
        self._relay.follow(connections)
        bans = sanctions.site_bans({connection.author.id for connection in connections})
        connections = [connection for connection in connections if connection.author.id not in bans]
        self._learn(connections)
        rooms = membership.rooms_of({connection.author.id for connection in connections})
        self._relay.enter({connection: rooms[connection.author.id] for connection in connections})
        self._heartbeat.announce({connection: list(connection.rooms) for connection in connections})
        self._heartbeat.mark_active({connection.author.id for connection in connections})
        return bans

    def _learn(self, connections: Sequence[Connection]) -> None:
        """Whom they block and where they are asked to come back: read after they are heard, as their rooms are."""
        people = {connection.author.id for connection in connections}
        blocked, questions = blocking.blocked_by(people), departures.questions_of(people)
        for connection in connections:
            connection.own = Own(set(blocked.get(connection.author.id, ())), questions[connection.author.id])


def _unless_banned(found: Connection | Exception, bans: Mapping[UserId, LiveSanction]) -> Connection | Exception:
    ban = bans.get(found.author.id) if isinstance(found, Connection) else None
    return sanctions.Banned(ban) if ban else found
