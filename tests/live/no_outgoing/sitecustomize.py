"""Put on a server's PYTHONPATH: notes whatever it connects or sends to, or asks a name server for, in OUTGOING_LOG.

gevent's own resolver and sockets end in the same calls of the interpreter, so nothing that is written in Python escapes.
"""

import os
import sys
from typing import Any

LOG = os.environ["OUTGOING_LOG"]
WATCHED = {
    f"socket.{call}"
    for call in ("connect", "sendto", "sendmsg", "getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo")
}


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event in WATCHED:
        with open(LOG, "a") as log:  # noqa: PTH123  # pathlib may not be imported yet
            log.write(f"{event} {arguments[1:] if event.startswith(('socket.connect', 'socket.send')) else arguments}\n")


sys.addaudithook(_note)
