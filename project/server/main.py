"""The composition root: starts what a server is made of in order, and stops it in the opposite order."""

import gc
import logging
import resource
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from gevent import spawn

from chat.domain.errors import ChatError
from chat.live.live_state import live_state
from project.assets.build import build
from project.checks import TAG
from project.server.console import greet, say
from project.server.errors import StartError
from project.server.http.listening import bind, close
from project.server.installation import check_installation
from project.server.instance_lock import InstanceLock
from project.server.live import LiveServer
from project.server.migrate import migrate, refuse_newer_file
from project.server.one_live_state import BEAT_SECONDS, OneLiveState, is_needed
from project.server.periodic import repeat
from project.server.redis.durability import require_durable_redis
from project.server.redis.embedded import EmbeddedRedis
from project.server.stop_signals import StopSignals
from project.server.store_wait import await_stores, redis_problem
from project.server.watchdog import Stall, Watchdog, log_stall
from project.sqlite.file_check import check_sqlite

log = logging.getLogger(__name__)


def serve(say: Callable[[str], None] = say) -> None:
    """Run until SIGINT or SIGTERM; raises StartError."""
    signals = StopSignals()
    signals.install()
    _allow_many_connections()
    _check_database()
    with ExitStack() as running:
        if settings.EMBEDDED_REDIS:
            running.enter_context(InstanceLock(settings.DATA_DIR))
        listeners = bind(settings.HOST, settings.PORT)
        running.callback(close, listeners)
        if settings.EMBEDDED_REDIS:
            redis = EmbeddedRedis(settings.DATA_DIR)
            redis.start()
            running.callback(redis.stop)
        await_stores(signals.stopping)
        require_durable_redis()
        build()
        migrate()
        check_installation()
        _warn_of_broken_promises()
        _claim_record(running)
        server = LiveServer(listeners)
        running.callback(server.stop, signals.hurried)
        try:
            server.start()
        except ChatError as error:
            raise StartError(redis_problem()) from error
        _spare_the_collector()
        running.enter_context(Watchdog(_count))
        greet(say)
        signals.stopping.wait()
        say("Stopping.")
        if signals.drains:
            server.drain(settings.DRAIN_SECONDS, signals.hurried)


def _claim_record(running: ExitStack) -> None:
    """From here on, since the rest of a start can take longer than another server waits for a sign of life."""
    if is_needed():
        one = OneLiveState()
        one.claim()
        running.callback(spawn(repeat, BEAT_SECONDS, one.beat).kill, block=False)


def _check_database() -> None:
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "project.sqlite":
        check_sqlite(Path(database["NAME"]))
        refuse_newer_file(Path(database["NAME"]))


def _count(stall: Stall) -> None:
    log_stall(stall)
    with suppress(ChatError):
        live_state().metrics.count_stall(round(1000 * stall.seconds))


def _warn_of_broken_promises() -> None:
    for found in run_checks(tags=[TAG], include_deployment_checks=True):
        log.warning("%s %s", found.msg, found.hint or "")


def _allow_many_connections() -> None:
    """Each connection is a file descriptor, and many systems allow 1,024 unless asked."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _spare_the_collector() -> None:
    """What lives since the start is never garbage; looking at it in every full collection made pauses of 100 ms."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
