"""Whether a handle is free, asked by the sign-up form while somebody types."""

from allauth.core import ratelimit
from django.http import HttpRequest, JsonResponse

from accounts.auth.invited import mark_invited
from accounts.names.handle_check import check_handle
from chat.actions.rooms.invitations import creates_accounts, invitation_by_token
from chat.domain.errors import ChatError, Code
from chat.web.errors import json_form


@json_form
def handle(request: HttpRequest) -> JsonResponse:
    """Answer where sign-up is open to everybody."""
    return _checked(request)


@json_form
def invited_handle(request: HttpRequest, token: str) -> JsonResponse:
    """Answer the form of an invitation."""
    if creates_accounts(invitation_by_token(token)):
        mark_invited(request, None)
    return _checked(request)


def _checked(request: HttpRequest) -> JsonResponse:
    if not ratelimit.consume(request, action="check_handle"):
        raise ChatError(Code.RATE_LIMITED)
    return JsonResponse(check_handle(request))
