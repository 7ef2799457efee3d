"""A connection that can violate the protocol: what an attacker writes who knows it."""

from wsproto.events import TextMessage

from tests.support.wire_socket import Closed, WireSocket


class RawClient(WireSocket):
    """A WebSocket of which every byte can be the test's."""

    def __init__(self, port: int, cookie: str = "", buffer: int = 0) -> None:
        super().__init__(port, cookie, f"http://localhost:{port}", seconds=10, receive_buffer=buffer)

    def write_until_cut(self, raw: bytes, most: int) -> int:
        """Write the same bytes again and again; return how many were sent before the connection broke."""
        written = 0
        try:
            while written < most:
                written += self.socket.send(raw)
        except OSError:
            pass
        return written

    def say(self, *packets: str) -> None:
        """Send packets, each in a frame of its own."""
        self.write(b"".join(self.protocol.message(packet) for packet in packets))

    def hear(self, beginning: str) -> str:
        """Skip to the next packet that begins so."""
        while True:
            event = self.receive()
            if isinstance(event, TextMessage) and event.data.startswith(beginning):
                return str(event.data)

    def close_code(self) -> int:
        """Skip to the server's close frame; return its code."""
        try:
            while True:
                self.receive()
        except Closed as closed:
            return closed.code


def header(length: int) -> bytes:
    """The beginning of a long text up to its payload, which its mask leaves as it is."""
    return b"\x81\xff" + length.to_bytes(8, "big") + bytes(4)
