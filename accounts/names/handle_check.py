"""Whether a handle is free, for the forms in which somebody chooses one."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext


def check_handle(request: HttpRequest) -> dict[str, bool | str]:
    """Return whether the handle in `username` can be had, and a text for the form: signing up would tell as well.

    Raises PermissionDenied where nobody can sign up.
    """
    adapter = get_adapter(request)
    if not adapter.is_open_for_signup(request):
        raise PermissionDenied
    try:
        handle = adapter.clean_username(request.POST.get("username", ""))
    except ValidationError as error:
        return {"free": False, "message": " ".join(error.messages)}
    return {"free": True, "message": gettext("@{handle} is free").format(handle=handle)}
