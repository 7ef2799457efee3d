"""WebSocket frames (RFC 6455, section 5): constants, and how a server writes them."""

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA

# Close codes (section 7.4.1).
NORMAL, PROTOCOL, UNSUPPORTED, NO_CODE, ABNORMAL = 1000, 1002, 1003, 1005, 1006
NOT_TEXT, TOO_BIG, INTERNAL, TRY_LATER = 1007, 1009, 1011, 1013

# Bits of the first byte, and the mask bit of the second.
FINAL, RESERVED, OPCODE, MASKED = 0x80, 0x70, 0x0F, 0x80
# The longest payload whose length fits the second byte; the marks of a length in two and in eight more bytes.
SMALL, MEDIUM, LARGE = 125, 126, 127


class ProtocolError(Exception):
    """The peer violated the protocol or a limit: its connection must be closed with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def encode_frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """Return one final frame as a server sends it: without a mask."""
    length = len(payload)
    if length <= SMALL:
        return bytes((FINAL | opcode, length)) + payload
    if length <= 0xFFFF:
        return bytes((FINAL | opcode, MEDIUM)) + length.to_bytes(2, "big") + payload
    return bytes((FINAL | opcode, LARGE)) + length.to_bytes(8, "big") + payload


def encode_close(code: int, reason: str) -> bytes:
    """Return a close frame; a reason that is too long is cut."""
    if code in (NO_CODE, ABNORMAL):  # must not be sent (section 7.4.1)
        return encode_frame(b"", CLOSE)
    text = reason.encode(errors="replace")[: SMALL - 2].decode(errors="ignore").encode()
    return encode_frame(code.to_bytes(2, "big") + text, CLOSE)


def decode_close(payload: bytes) -> tuple[int, str]:
    """Return code and reason of a received close frame; raises ProtocolError."""
    if not payload:
        return NO_CODE, ""
    code = int.from_bytes(payload[:2], "big")
    if len(payload) == 1 or not (1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999):
        raise ProtocolError(PROTOCOL, "invalid close code")
    try:
        return code, payload[2:].decode()
    except UnicodeDecodeError:
        raise ProtocolError(NOT_TEXT, "not UTF-8") from None
