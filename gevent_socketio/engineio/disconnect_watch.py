"""Notices that the client of a waiting HTTP request has gone, which WSGI tells only those who write."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socket import MSG_DONTWAIT, MSG_PEEK
from typing import Any

from gevent import get_hub

_READABLE = 1


@contextmanager
def watched(environ: dict[str, Any], on_hangup: Callable[[], None]) -> Iterator[None]:
    """Call `on_hangup` from the loop if the client of this request of pywsgi's closes its connection meanwhile."""
    # gevent's socket has a raw one within, whose `recv` does not wait.
    sock = environ["wsgi.input"].rfile.raw._sock._sock
    watcher = get_hub().loop.io(sock.fileno(), _READABLE)

    def look() -> None:
        watcher.stop()  # gone, or a next request that was sent early: either way there is no more to see
        if _is_gone(sock):
            on_hangup()

    watcher.start(look)
    try:
        yield
    finally:
        watcher.close()


def _is_gone(sock: Any) -> bool:
    try:
        return not sock.recv(1, MSG_PEEK | MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True
