"""A process of its own that asks a server for WebSocket pongs: the longest wait is the longest stall of the server's loop.

What either of the two spent waiting for a processor that others held does not count: that is the machine's, not the loop's.
Prints `ready`, then, when its input ends, the milliseconds of the longest wait.
"""

import json
import sys
import threading
import time
from pathlib import Path

from wsproto.events import Pong, TextMessage

from tests.support.wire_socket import WireSocket

PAUSE_SECONDS = 0.01


def main(port: int, cookie: str, origin: str, pid: int) -> None:
    """Measure until the input ends."""
    connection = WireSocket(port, cookie, origin)
    connection.send("40/chat,")  # a client without a namespace is disconnected after a while
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    print("ready", flush=True)
    longest = 0.0
    while not ended.is_set():
        before = time.monotonic() - _queued(pid)
        _ask(connection)
        longest = max(longest, time.monotonic() - _queued(pid) - before)
        time.sleep(PAUSE_SECONDS)
    print(json.dumps(round(longest * 1000, 1)), flush=True)


def _ask(connection: WireSocket) -> None:
    connection.ping(b"probe")
    while not isinstance(event := connection.receive(), Pong):
        if isinstance(event, TextMessage) and event.data == "2":  # Engine.IO's own ping, else the server disconnects
            connection.send("3")


def _queued(pid: int) -> float:
    """Seconds for which a process and this one were ready to run and had no processor."""
    waits = (Path(f"/proc/{who}/schedstat").read_text().split()[1] for who in (pid, "self"))
    return sum(map(int, waits)) / 1e9


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
