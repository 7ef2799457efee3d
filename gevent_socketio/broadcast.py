"""Those who hear the same, ready to be written to."""

from collections.abc import Callable, Iterable
from operator import length_hint

from gevent_socketio.engineio.packet import PreparedPacket
from gevent_socketio.socketio.session import Session
from gevent_socketio.ways import Ways


class Audience:
    """Sessions, each once. Sends them a packet without blocking, for little more than the system call each.

    Between two messages the sends of a thousand sockets push all else out of the CPU's caches. So the loop touches no session
    and no WebSocket, only what it calls: `send` of each socket, one beside the other (0.4 of 6.7 µs a delivery).
    """

    __slots__ = ("_calls", "_changes", "_direct", "_others", "_sessions")

    def __init__(self, sessions: Iterable[Session]) -> None:
        self._sessions = tuple(sessions)
        self._changes = -1
        self._direct: list[Session] = []
        self._calls: list[Callable[[bytes], int]] = []
        self._others: list[Session] = []

    def __len__(self) -> int:
        return len(self._sessions)

    def send(self, packet: PreparedPacket) -> None:
        """Send to everyone; who cannot take it at once has it queued, or is closed."""
        if self._changes != Ways.changes:
            self._sort()
        frame = packet.frame
        size = len(frame)
        rest = iter(self._calls)
        for call in rest:
            try:
                sent = call(frame)
            except OSError:  # full, or gone: nothing was taken, and the session knows what follows
                self._direct[~length_hint(rest)].send_packet(packet)
                continue
            if sent < size:
                self._go_on(self._direct[~length_hint(rest)], frame, sent)
        for session in self._others:
            session.send_packet(packet)

    def _sort(self) -> None:
        self._changes = Ways.changes
        self._direct, self._calls, self._others = [], [], []
        for session in self._sessions:
            websocket = session.websocket
            if websocket is None or websocket.direct is None:
                self._others.append(session)
            else:
                self._direct.append(session)
                self._calls.append(websocket.direct.send)

    def _go_on(self, session: Session, frame: bytes, sent: int) -> None:
        if session.websocket is not None:
            session.websocket.begun(frame, sent)
