"""A WebSocket server that says whatever a test wants: also what no honest server would."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

# Texts to send for a text that came; called with "" when a connection is there.
Script = Callable[[str], list[str]]


@contextmanager
def scripted_server(script: Script) -> Iterator[int]:
    """Serve on the port that this yields."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_accept, args=(listener, script), daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, script: Script) -> None:
    with suppress(OSError):  # the test is over
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=_serve, args=(connection, script), daemon=True).start()


def _serve(connection: socket.socket, script: Script) -> None:
    with connection, connection.makefile("rb") as stream:
        while stream.readline().strip():
            pass
        connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")
        text: str | None = ""
        while text is not None:
            connection.sendall(b"".join(_frame(answer) for answer in script(text)))
            text = _read(stream)


def _frame(text: str) -> bytes:
    payload = text.encode()
    length = bytes([len(payload)]) if len(payload) < 126 else b"\x7e" + len(payload).to_bytes(2, "big")
    return b"\x81" + length + payload


def _read(stream) -> str | None:
    head = stream.read(2)
    if len(head) < 2 or head[0] != 0x81:
        return None
    length = head[1] & 127
    if length == 126:
        length = int.from_bytes(stream.read(2), "big")
    mask, payload = stream.read(4), stream.read(length)
    return bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload)).decode()
