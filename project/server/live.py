"""One process of the live server: Django and Socket.IO behind one listening socket."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from gevent import Greenlet, spawn
from gevent.event import Event
from gevent.pywsgi import WSGIServer

from accounts import server_settings
from accounts.auth.client_address import network_in
from accounts.names.skeleton import read_table
from accounts.sessions.devices import NOTE_SECONDS
from accounts.sessions.expired_sessions import clear_expired_sessions
from chat.actions.person_data.due_deletions import erase_due_accounts
from chat.actions.person_data.erasing import finish_stopped_erasures
from chat.actions.person_data.own_exports import drop_old_exports, write_asked_exports
from chat.actions.person_data.unverified import drop_unverified
from chat.archive.archiver import Archiver
from chat.domain.errors import ChatError
from chat.domain.protocol import NAMESPACE
from chat.live.live_state import live_state
from chat.realtime.assembly import LivePath
from chat.sync import projection
from gevent_socketio.interface import Options
from gevent_socketio.pending_clients import PendingClients
from gevent_socketio.server import SocketIOServer
from project.backup.schedule import BackupSchedule
from project.health.checks import all_checks
from project.health.pages import HealthPages
from project.health.readiness import Readiness
from project.server.departure import Departure
from project.server.http.handler import PromptHandler
from project.server.http.known_host import is_known_host, refuse_host
from project.server.http.listening import Listener, listen
from project.server.http.pages import Pages
from project.server.http.refused_origins import logging_refused_origins
from project.server.http.warm_up import warm_up
from project.server.periodic import repeat
from project.server.room_check import RoomCheck

log = logging.getLogger(__name__)

Environ = dict[str, Any]

SOCKET_PATH = "/socket.io/"
# gevent takes a hundred in one turn of the loop, and parses their requests in that turn, too: 30 ms without a message.
ACCEPT_AT_ONCE = 10
REPAIR_SECONDS = 2.0
ARCHIVE_SECONDS = 1.0
METER_SECONDS = 5.0
# How often is asked whether it is time for a backup.
BACKUP_SECONDS = 20.0
ERASE_SECONDS = 60.0
EXPORT_SECONDS = 5.0
SESSIONS_SECONDS = 3_600.0


class LiveServer:
    """Wires the live path together and serves it. `start` returns when it listens; `stop` when everyone has left."""

    def __init__(self, listeners: Sequence[Listener]) -> None:
        self._listeners = listeners
        live = live_state()
        self._live_path = LivePath(live, settings.ORIGINS)
        self._transport = SocketIOServer(
            self._live_path.gateway,
            Options(frozenset({NAMESPACE})),
            settings.ORIGINS,
            PendingClients(settings.CAPS["anonymous_connections"], network_in),
        )
        self._sockets = logging_refused_origins(self._transport, settings.ORIGINS)
        self._pages = Pages(get_wsgi_application())
        self._health = HealthPages(Readiness(all_checks()).parts)
        self._departure = Departure(self._live_path.connections, self._transport, self._pages)
        self._archiver = Archiver(live)
        self._greenlets: list[Greenlet] = []
        self._http: list[WSGIServer] = []

    def start(self) -> None:
        """Let the live state be checked against the record, and listen; raises StartError when the address is taken."""
        read_table()
        server_settings.refresh()
        checking = RoomCheck().start()
        warm_up(self._pages)
        self._greenlets = [
            *self._live_path.start(),
            spawn(repeat, REPAIR_SECONDS, projection.repair),
            checking,
            spawn(repeat, ARCHIVE_SECONDS, self._archiver.turn),
            spawn(repeat, METER_SECONDS, self._live_path.meter.flush),
            spawn(repeat, ERASE_SECONDS, finish_stopped_erasures),
            spawn(repeat, ERASE_SECONDS, erase_due_accounts),
            spawn(repeat, EXPORT_SECONDS, write_asked_exports),
            spawn(repeat, SESSIONS_SECONDS, drop_old_exports),
            spawn(repeat, SESSIONS_SECONDS, clear_expired_sessions),
            spawn(repeat, NOTE_SECONDS, self._live_path.note_open_sessions),
            spawn(repeat, SESSIONS_SECONDS, drop_unverified),
            spawn(repeat, server_settings.REFRESH_SECONDS, server_settings.refresh),
        ]
        if settings.BACKUP_DIR:
            schedule = BackupSchedule(live_state().backups, settings.BACKUP_DIR, settings.BACKUP_EVERY)
            self._greenlets.append(spawn(repeat, BACKUP_SECONDS, schedule.turn))
        self._live_path.heartbeat.start()
        listen(self._listeners, settings.HOST, settings.PORT)
        for listener in self._listeners:
            server = WSGIServer(listener, self._route, log=None, error_log=log, handler_class=PromptHandler)
            server.max_accept = ACCEPT_AT_ONCE
            server.start()
            self._http.append(server)

    def drain(self, seconds: float, hurried: Event) -> None:
        """Go on serving while balancers find out that this process is not ready any more; in a hurry, for no longer."""
        self._health.is_draining = True
        hurried.wait(seconds)

    def stop(self, hurried: Event) -> None:
        """Accept nobody, tell everybody when to come back, answer what was asked, leave every room."""
        for server in self._http:
            server.close()
        self._departure.leave(hurried)
        try:
            self._live_path.heartbeat.stop()
            self._archiver.stop()
        except ChatError:
            log.info("Redis does not answer; the leases end by themselves")
        self._live_path.stop()
        for greenlet in self._greenlets:
            greenlet.kill(block=False)

    def _route(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """The health checks for everybody; for the hosts that are ours, Socket.IO at its path and Django everywhere else."""
        path = environ["PATH_INFO"]
        if self._health.answers(path):
            return self._health(environ, start_response)
        if not is_known_host(environ):
            return refuse_host(environ, start_response)
        return (self._sockets if path == SOCKET_PATH else self._pages)(environ, start_response)
