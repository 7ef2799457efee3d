"""One packet to many sessions, for no more than the system call each."""

from collections.abc import Iterable

from chat.realtime.transport.packet import PreparedPacket
from chat.realtime.transport.session import Session


def send_to_all(sessions: Iterable[Session], packet: PreparedPacket) -> None:
    """Send without blocking. Six calls deep as for one session, a delivery costs this process four times as much."""
    frame = packet.frame
    size = len(frame)
    for session in sessions:
        websocket = session.websocket
        sock = None if websocket is None else websocket.direct
        if websocket is None or sock is None:
            session.send_packet(packet)
            continue
        try:
            sent = sock.send(frame)
        except OSError:  # full, or gone: nothing was taken, and the session knows what follows
            session.send_packet(packet)
            continue
        if sent < size:
            websocket.begun(frame, sent)
