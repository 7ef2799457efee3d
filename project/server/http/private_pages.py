"""Pages behind the login are kept by nobody: not by a proxy, and not by a shared computer's browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def keep_out_of_caches(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: say so of every answer to a person who is logged in, unless the view said something else."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return answer
