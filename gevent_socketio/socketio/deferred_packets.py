"""Packets for a client while the application decides whether to accept it: the client must receive the answer first."""

from gevent_socketio.engineio.transport import Transport
from gevent_socketio.packet import PreparedPacket

MAX_PACKETS = 1_000


class DeferredPackets:
    """Exists only during a CONNECT. Its end is in order: the answer, then these packets, then anything new."""

    __slots__ = ("_packets",)

    def __init__(self) -> None:
        self._packets: list[PreparedPacket] = []

    def add(self, packet: PreparedPacket) -> bool:
        """Keep a packet; False if there are too many."""
        if len(self._packets) >= MAX_PACKETS:
            return False
        self._packets.append(packet)
        return True

    def send(self, transport: Transport) -> None:
        """Send the packets, in order."""
        for packet in self._packets:
            transport.send(packet)
