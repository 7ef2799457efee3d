"""Middleware: the loop goes on while the admin reads, which may be a list of 20,000 people in any order."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from chat.archive.long_reads import off_the_loop

Respond = Callable[[HttpRequest], HttpResponse]


def read_off_the_loop(get_response: Respond) -> Respond:
    """Run the queries of the admin's pages beside the loop; a form that is sent writes in the usual way."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and request.path.startswith(reverse("admin:index")):
            with off_the_loop():
                return get_response(request)
        return get_response(request)

    return respond
