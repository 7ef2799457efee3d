"""What another implementation reads in a stream of frames: wsproto's, which knows no limits and takes binary messages."""

from wsproto.frame_protocol import CloseReason, Frame, FrameProtocol, Opcode, ParseFailed

from tests.fuzz.model import CLOSE, NOT_TEXT, Reading

# Every length that a frame can have is below it.
NO_LIMIT = 1 << 63


def read_by_wsproto(stream: bytes) -> Reading:
    """Read up to the first close frame, whose payload is not looked at."""
    protocol = FrameProtocol(client=False, extensions=[])
    messages: list[tuple[int, str | bytes]] = []
    parts: list[str | bytes] = []
    opened = Opcode.CONTINUATION
    protocol.receive_bytes(stream)
    try:
        for frame in protocol.received_frames():
            if frame.opcode is Opcode.CLOSE:
                return Reading(messages, None)
            if frame.opcode.iscontrol():
                messages.append((int(frame.opcode), _content(frame)))
                continue
            opened = opened if frame.opcode is Opcode.CONTINUATION else frame.opcode
            parts.append(_content(frame))
            if frame.message_finished:
                messages.append((int(opened), _joined(opened, parts)))
                parts = []
    except ParseFailed as error:
        return Reading(messages, _code(error.code))
    return Reading(messages, None)


def agree(ours: Reading, theirs: Reading) -> bool:
    """Whether both say the same of a stream that was read without a limit.

    Of a frame that has not come whole wsproto reads the text already, and refuses it before ours does.
    """
    closes = next((place for place, (opcode, _) in enumerate(ours.messages) if opcode == CLOSE), None)
    if closes is not None:
        return theirs.messages == ours.messages[:closes]
    is_early = ours.refusal is None and theirs.refusal == NOT_TEXT
    return theirs.messages == ours.messages and (theirs.refusal == ours.refusal or is_early)


def _content(frame: Frame) -> str | bytes:
    assert not isinstance(frame.payload, tuple)  # that of a close frame
    return frame.payload if isinstance(frame.payload, str) else bytes(frame.payload)


def _joined(opcode: Opcode, parts: list[str | bytes]) -> str | bytes:
    if opcode is Opcode.TEXT:
        return "".join(map(str, parts))
    return b"".join(part for part in parts if isinstance(part, bytes))


def _code(reason: CloseReason) -> int:
    return int(reason)
