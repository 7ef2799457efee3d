"""Two servers in one process share nothing: neither sessions nor limits, timers or cached routes."""

import importlib
import inspect
import pkgutil
from collections import deque
from collections.abc import Callable, Iterator
from enum import Enum
from functools import _lru_cache_wrapper
from types import ModuleType
from typing import Any

import gevent
import pytest

import gevent_socketio
from gevent_socketio.broadcast import Recipients
from gevent_socketio.interface import Options
from gevent_socketio.socketio import codec
from tests.gevent_socketio.live_server import OPTIONS, PATIENT, LiveServer
from tests.gevent_socketio.peer import eventually

MUTABLE = (dict, list, set, deque, bytearray, _lru_cache_wrapper)


@pytest.fixture
def serve() -> Iterator[Callable[[Options], LiveServer]]:
    servers: list[LiveServer] = []

    def start(options: Options) -> LiveServer:
        servers.append(LiveServer(options))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def test_one_server_stops_and_the_other_goes_on(serve: Callable[[Options], LiveServer]) -> None:
    one, other = serve(OPTIONS._replace(ping_seconds=20, pong_seconds=20)), serve(OPTIONS)
    alice, bob = one.websocket(), other.websocket()
    alice.connect()
    bob.connect()
    bob.receive()
    one.transport.close_all()
    one.transport.stop()
    assert alice.receive_all()[-1] == "1"
    bob.send('427["still here"]')
    assert bob.receive() == '437["still here"]'
    assert bob.receive() == "2", "nothing pings bob any more"
    assert (len(one.transport), len(other.transport)) == (0, 1)


def test_a_session_of_one_server_is_unknown_to_the_other(serve: Callable[[Options], LiveServer]) -> None:
    one, other = serve(PATIENT), serve(PATIENT)
    sid = one.http().open()
    assert other.http().post(sid, "40")[0] == 400
    assert one.http().post(sid, "40")[0] == 200


def test_a_route_that_changes_on_one_server_leaves_the_others_recipients_cached(
    serve: Callable[[Options], LiveServer],
) -> None:
    one, other = serve(PATIENT), serve(PATIENT)
    bob = other.websocket()
    bob.connect()
    bob.receive()
    recipients = Recipients(other.recorder.clients)
    recipients.send(codec.event("/", "[1]"))
    [state] = {client.server_state for client in other.recorder.clients}
    before = state.route_version
    alice = one.websocket()
    alice.connect()
    alice.close()
    assert eventually(lambda: len(one.transport) == 0)
    assert state.route_version == before
    recipients.send(codec.event("/", "[2]"))
    assert [bob.receive(), bob.receive()] == ["42[1]", "42[2]"]


def test_recipients_of_two_servers_are_refused(serve: Callable[[Options], LiveServer]) -> None:
    servers = [serve(PATIENT), serve(PATIENT)]
    for server in servers:
        server.websocket().connect()
    recipients = Recipients([client for server in servers for client in server.recorder.clients])
    for _ in range(2):
        with pytest.raises(ValueError, match="different servers"):
            recipients.send(codec.event("/", "[1]"))


def test_servers_with_other_limits_keep_their_own(serve: Callable[[Options], LiveServer]) -> None:
    small, large = serve(PATIENT._replace(message_bytes=100)), serve(PATIENT)
    alice, bob = small.websocket(), large.websocket()
    alice.connect()
    bob.connect()
    bob.receive()
    for client in (alice, bob):
        client.send(f'427["{"x" * 200}"]')
    assert bob.receive() == f'437["{"x" * 200}"]'
    alice.receive_all()
    assert alice.close_code == 1009
    gevent.sleep(0)


def _modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(gevent_socketio.__path__, "gevent_socketio.")
    return [importlib.import_module(module.name) for module in found]


def _mutable(name: str, values: dict[str, Any]) -> list[str]:
    return [
        f"{name}.{key}"
        for key, value in values.items()
        if isinstance(value, MUTABLE) and not key.startswith("__") and key != "_field_defaults"  # of a named tuple
    ]


def test_no_module_and_no_class_has_a_place_for_state() -> None:
    modules = _modules()
    assert len(modules) > 20
    found = [name for module in modules for name in _mutable(module.__name__, vars(module))]
    for module in modules:
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ == module.__name__ and not issubclass(kind, Enum):
                found += _mutable(f"{module.__name__}.{name}", dict(vars(kind)))
    assert found == []
