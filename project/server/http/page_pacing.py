"""Pages take turns: those that come at once enter one by one, and everybody's messages go on in between."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

import gevent
from django.http import HttpRequest, HttpResponse
from gevent import monkey

# A page takes 5 to 10 ms of the loop. Of those that come at once the next one waits for as long again, so that half of the
# time is left to everybody's messages. One that comes by itself enters at once.
PACE_SECONDS = 0.016
# Who has waited so long goes on as soon as the loop has come round to its sockets: pages must not pile up.
PATIENCE_SECONDS = 2.0
TURN_SECONDS = 0.001


def one_by_one(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a hundred log-ins that begin in the same turn of the loop would keep it for half a second."""
    if not monkey.is_module_patched("threading"):
        return get_response

    door, entered = Lock(), 0.0

    def answer(request: HttpRequest) -> HttpResponse:
        nonlocal entered
        came = monotonic()
        with door:
            pace = PACE_SECONDS if monotonic() - came < PATIENCE_SECONDS else 0
            gevent.sleep(max(TURN_SECONDS, entered + pace - monotonic()))
            entered = monotonic()
        return get_response(request)

    return answer
