"""Pages take turns: those that come at once enter one by one, and everybody's messages go on in between."""

from collections.abc import Callable
from threading import Lock

import gevent
from django.http import HttpRequest, HttpResponse
from gevent import monkey

# The loop has to come round to its sockets; a wait of nothing at all would end before it does.
TURN_SECONDS = 0.001

_door = Lock()


def one_by_one(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a hundred log-ins that begin in the same turn of the loop would keep it for half a second."""
    if not monkey.is_module_patched("threading"):
        return get_response

    def answer(request: HttpRequest) -> HttpResponse:
        with _door:
            gevent.sleep(TURN_SECONDS)
        return get_response(request)

    return answer
