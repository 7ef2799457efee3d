"""Middleware: sessions are noted with their device, for the person's own list of them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.sessions.devices import note_use


def note_devices(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Note it after the page: a login gives the session its key, and a logout takes it away."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            note_use(request)
        return response

    return respond
