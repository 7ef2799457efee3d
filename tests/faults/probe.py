"""A process of its own that asks a server for WebSocket pongs: the longest wait is the longest stall of the server's loop.

What either of the two spent waiting for a processor that others held does not count: that is the machine's, not the loop's.
Prints `ready`, then, when its input ends, the milliseconds of the longest wait.
"""

import json
import socket
import sys
import threading
import time
from pathlib import Path

from tests.faults.frames import PING, PONG, TEXT, FrameReader, frame
from tests.faults.wire import handshake

PAUSE_SECONDS = 0.01


def main(port: int, cookie: str, origin: str, pid: int) -> None:
    """Measure until the input ends."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(handshake(port, cookie, origin))
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(4096)
    reader = FrameReader()
    reader.feed(head.partition(b"\r\n\r\n")[2])
    connection.sendall(frame(TEXT, b"40/chat,"))  # who is in no namespace is shown out in time
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    print("ready", flush=True)
    longest = 0.0
    while not ended.is_set():
        before = time.monotonic() - _queued(pid)
        _ask(connection, reader)
        longest = max(longest, time.monotonic() - _queued(pid) - before)
        time.sleep(PAUSE_SECONDS)
    print(json.dumps(round(longest * 1000, 1)), flush=True)


def _ask(connection: socket.socket, reader: FrameReader) -> None:
    connection.sendall(frame(PING, b"probe"))
    answered = False
    while not answered:
        received = connection.recv(65536)
        assert received, "the server hung up"
        for opcode, payload in reader.feed(received):
            answered = answered or opcode == PONG
            if payload == b"2":  # Engine.IO's own question, else the server hangs up
                connection.sendall(frame(TEXT, b"3"))


def _queued(pid: int) -> float:
    """Seconds for which a process and this one were ready to run and had no processor."""
    waits = (Path(f"/proc/{who}/schedstat").read_text().split()[1] for who in (pid, "self"))
    return sum(map(int, waits)) / 1e9


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
