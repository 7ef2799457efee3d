"""Detects that the client of a waiting HTTP request has disconnected, which WSGI reports only to those that write."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socket import MSG_DONTWAIT, MSG_PEEK
from typing import Any
from wsgiref.types import WSGIEnvironment

from gevent import get_hub

_READABLE = 1


@contextmanager
def disconnect_watch(environ: WSGIEnvironment, on_disconnect: Callable[[], None]) -> Iterator[None]:
    """Call `on_disconnect` from the loop if the client of this request of pywsgi's disconnects within the block."""
    # The raw socket in gevent's: its `recv` never waits.
    sock = environ["wsgi.input"].rfile.raw._sock._sock
    watcher = get_hub().loop.io(sock.fileno(), _READABLE)

    def check() -> None:
        watcher.stop()  # readable means either disconnected, or a next request sent early: the answer stays the same
        if _is_disconnected(sock):
            on_disconnect()

    watcher.start(check)
    try:
        yield
    finally:
        watcher.close()


def _is_disconnected(sock: Any) -> bool:
    try:
        return not sock.recv(1, MSG_PEEK | MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True
