"""Staff who must have a second factor: until they do, no page but those of their account is theirs, and no connection."""

from collections.abc import Callable, Collection, Mapping

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import User
from accounts.signed_in import signed_in


def is_required_of(user: User) -> bool:
    """Tell whether this person must have one."""
    return settings.STAFF_SECOND_FACTOR and (user.is_staff or user.is_superuser)


def without_required(users: Collection[User]) -> set[int]:
    """Return the ids of those who must have a factor and have none; one query, and none where nobody must."""
    required = {user.pk for user in users if is_required_of(user)}
    if not required:
        return set()
    has_one = Authenticator.objects.filter(user__in=required, type=Authenticator.Type.TOTP)
    return required - set(has_one.values_list("user_id", flat=True))


def only_with_required(users: Mapping[int, User]) -> dict[int, User]:
    """Leave out those who must have a factor and have none."""
    lacking = without_required(users.values())
    return {user_id: user for user_id, user in users.items() if user_id not in lacking}


def ask_staff_for_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: lead staff without the factor to the page where they set it up."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not settings.STAFF_SECOND_FACTOR or request.path.startswith((reverse("account"), reverse("set_language"))):
            return get_response(request)
        if not request.user.is_authenticated or not without_required([signed_in(request)]):
            return get_response(request)
        return redirect(f"{reverse('mfa_activate_totp')}?required")

    return respond
