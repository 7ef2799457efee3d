"""The refusals of chat.actions as pages tell them."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from chat.errors import ChatError, Code

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def refusing(view: View[P]) -> View[P]:
    """Decorator: who may not see that there is something finds nothing, who may see it and not more is told so."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ChatError as error:
            if error.code in (Code.FORBIDDEN, Code.NOT_MEMBER):
                raise PermissionDenied(error.message) from error
            if error.code is Code.NOT_FOUND:
                raise Http404 from error
            raise

    return answer
