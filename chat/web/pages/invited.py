"""Where an invitation link leads: into the room with one press, for people without an account by creating one here."""

import logging
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.auth.invited import mark_invited
from accounts.auth.views import SignUpView
from accounts.models import User
from accounts.signed_in import signed_in
from chat.actions.moderation.sanctions import refuse_the_banned
from chat.actions.rooms.invitations import (
    accept_invitation,
    creates_accounts,
    enter,
    inherited_newness,
    invitation_by_token,
    is_in,
)
from chat.domain.errors import ChatError, Code
from chat.models import Invitation
from chat.web.errors import page_view

log = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@page_view
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before going in: a link that is only fetched, as by a preview, is not used up."""
    try:
        invitation = invitation_by_token(token)
    except ChatError as error:
        if error.code is not Code.NOT_FOUND:
            raise
        return _over(request)
    if request.user.is_authenticated:
        return _enter(request, invitation, token)
    if not creates_accounts(invitation):
        return render(request, "chat/invited.html", {"invitation": invitation, "login_url": _login_url(request)})
    mark_invited(request, inherited_newness(invitation))
    form: HttpResponse = SignUpByInvitation.as_view(invitation=invitation, token=token)(request)
    return form


class SignUpByInvitation(SignUpView):
    """The sign-up, in the name of the inviter; its account comes into the invitation's room."""

    # Both are given by as_view, which takes only what the class has.
    invitation: Invitation = cast(Invitation, None)
    token = ""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        # Two may have come by a link that is good for one.
        if not Invitation.objects.claim(self.token):
            return _over(self.request)
        response = super().form_valid(form)
        user = getattr(self, "user", None)
        if user is None:
            Invitation.objects.give_back(self.token)
        else:
            _put_in(user, self.invitation)
        return response

    def get_success_url(self) -> str:
        return _address(self.invitation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        handle_check = reverse("invited_handle", args=[self.token])
        return context | {"invitation": self.invitation, "login_url": _login_url(self.request), "handle_check": handle_check}


def _enter(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    user = signed_in(request)
    if request.method == "POST":
        return redirect(_address(accept_invitation(user, token)))
    if is_in(user, invitation):
        return redirect(_address(invitation))
    if invitation.room_id:
        refuse_the_banned(invitation.room_id, user.pk)
    return render(request, "chat/invited.html", {"invitation": invitation})


def _put_in(user: User, invitation: Invitation) -> None:
    """The account exists, whatever happens now: where the room refuses it, the redirect leads to the room's door."""
    try:
        enter(user, invitation)
    except ChatError as error:
        log.warning("Person %s is not in room %s by invitation %s: %s", user.pk, invitation.room_id, invitation.pk, error.code)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "chat/invitation_over.html", status=HTTPStatus.NOT_FOUND)


def _address(invitation: Invitation) -> str:
    return reverse("room", args=[invitation.room.slug]) if invitation.room else "/"


def _login_url(request: HttpRequest) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': request.path})}"
