"""Packets that are encoded once, for any number of clients and both transports."""

from base64 import b64encode
from collections.abc import Iterable, Sequence

from gevent_socketio.websocket.frames import BINARY, TEXT, encode_frame

# Separates the packets of one long-polling payload (Engine.IO v4).
SEPARATOR = "\x1e"


class PreparedPacket:
    """An Engine.IO packet with its attachments; an empty text stands for attachments only.

    Each of the two encodings is created on first use.
    """

    __slots__ = ("_frame", "_joined", "_payload", "attachments", "text")

    def __init__(self, text: str, attachments: Sequence[bytes] = ()) -> None:
        self.text = text
        self.attachments = attachments
        self._frame: bytes | None = None
        self._payload: str | None = None
        self._joined: Sequence[PreparedPacket] = ()

    @classmethod
    def joined(cls, packets: Iterable["PreparedPacket"]) -> "PreparedPacket":
        """Return several packets as one that is sent with one system call."""
        whole = cls("")
        whole._joined = tuple(packets)
        return whole

    @property
    def frame(self) -> bytes:
        """The WebSocket frames: one for the text, one for each attachment."""
        if self._frame is None:
            frames = [encode_frame(self.text.encode(), TEXT)] if self.text else [packet.frame for packet in self._joined]
            frames += [encode_frame(attachment, BINARY) for attachment in self.attachments]
            self._frame = b"".join(frames)
        return self._frame

    @property
    def payload(self) -> str:
        """The same for long polling, with attachments in base64."""
        if self._payload is None:
            parts = [self.text, *("b" + b64encode(attachment).decode() for attachment in self.attachments)]
            parts += [packet.payload for packet in self._joined]
            self._payload = SEPARATOR.join(part for part in parts if part)
        return self._payload
