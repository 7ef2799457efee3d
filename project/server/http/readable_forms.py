"""Forms that cannot be read are refused before anything reads them: Django's page for that error would read them once more."""

from collections.abc import Callable

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

Respond = Callable[[HttpRequest], HttpResponse]


def refuse_unreadable_forms(get_response: Respond) -> Respond:
    """Middleware: answer 400 to a broken form, one with files or too many fields, and one that is not in UTF-8."""

    def answer(request: HttpRequest) -> HttpResponse:
        problem = _problem_of(request)
        return HttpResponseBadRequest(f"{problem}\n", content_type="text/plain") if problem else get_response(request)

    return answer


def _problem_of(request: HttpRequest) -> str:
    if (request.encoding or "utf-8").lower() != "utf-8":
        return "Forms must be in UTF-8."
    try:
        len(request.POST)
    except BadRequest as error:
        return str(error)
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return "This form cannot be read."
    return ""
