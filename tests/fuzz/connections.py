"""Whole connections, several at once, against a real server: it answers everyone else all the time and keeps nothing."""

import gc
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import gevent

from gevent_socketio.engineio.transport import Transport
from gevent_socketio.engineio.upgrade import Upgrade
from gevent_socketio.socketio.session import Session
from gevent_socketio.websocket.closing import ClosingSocket
from gevent_socketio.websocket.connection import WebSocket
from gevent_socketio.websocket.parser import FrameParser
from gevent_socketio.websocket.write_buffer import WriteBuffer
from tests.fuzz.attackers import ATTACKS
from tests.fuzz.target import SHOUT, Target
from tests.gevent_socketio.clients import WebSocketClient

AT_ONCE = 6
EXPECTED = {"2", '42["hello"]', SHOUT.text}
ATTACK_SECONDS = 20.0
ANSWER_SECONDS = 10.0
LEAVE_SECONDS = 30.0
LEFT_BEHIND = (WebSocket, ClosingSocket, Transport, Session, FrameParser, WriteBuffer, Upgrade, gevent.Greenlet)


class Connections:
    """Attacks a server that is up; `settle` waits until everything must be gone."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._before = held()

    def check(self, random: Random) -> None:
        """Let a few attackers loose at once; somebody with manners is served meanwhile and afterwards."""
        attackers = [
            gevent.spawn(random.choice(ATTACKS), Random(random.random()), self._target.port)
            for _ in range(random.randint(1, AT_ONCE))
        ]
        self._is_answered()
        gevent.joinall(attackers, timeout=ATTACK_SECONDS, raise_error=True)
        assert all(attacker.dead for attacker in attackers), "an attacker is kept waiting"
        self._is_answered()
        assert not self._target.errors, self._target.errors

    def settle(self) -> None:
        """Nothing is left of those who have gone."""
        assert _eventually(lambda: len(self._target.transport) == 0), f"{len(self._target.transport)} sessions are left"
        assert _eventually(lambda: not held() - self._before), f"left behind: {held() - self._before}"
        assert not self._target.errors, self._target.errors

    def _is_answered(self) -> None:
        """Frames that others cause come whole and in between, and the answer comes."""
        with gevent.Timeout(ANSWER_SECONDS, AssertionError("somebody with manners got no answer")):
            client = WebSocketClient(self._target.port)
            for packet in ("40", '42["shout"]', '42["flood"]', '427["echo"]'):
                client.send(packet)
            while (packet := str(client.receive())) != '437["echo"]':
                if packet == "2":
                    client.send("3")
                assert packet in EXPECTED or packet.startswith(("0{", "40{")), packet[:100]
            client.close()


def held() -> Counter[str]:
    """What this process holds: descriptors, and objects of the kinds that belong to connections."""
    gc.collect()
    kinds = Counter(
        type(thing).__name__ for thing in gc.get_objects() if issubclass(type(thing), LEFT_BEHIND) and not _is_over(thing)
    )
    kinds["descriptor"] = len(list(Path("/proc/self/fd").iterdir()))
    return kinds


def _is_over(thing: Any) -> bool:
    return isinstance(thing, gevent.Greenlet) and bool(thing.dead)


def _eventually(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + LEAVE_SECONDS
    while not condition() and time.monotonic() < until:
        gevent.sleep(0.1)
    return condition()
