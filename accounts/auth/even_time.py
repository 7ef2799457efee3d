"""Pages that take the same time whatever they found: what differs by milliseconds can be measured over a network."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Above what the slower way takes: 60 to 120 ms for a sign-up with its password, on a slow machine.
EVEN_SECONDS = 0.4


def takes_even_time(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorator of a view: answer a POST no sooner than EVEN_SECONDS after it came."""

    @wraps(view)
    def evened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        began = time.monotonic()
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            time.sleep(max(0.0, began + EVEN_SECONDS - time.monotonic()))  # gevent's, in the server: only this request waits
        return response

    return evened
