"""The pages of the door that differ from allauth's own."""

from http import HTTPStatus
from typing import Any

from allauth.account import views as allauth
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator

from accounts.auth.even_time import takes_even_time
from accounts.auth.login_limits import remember_browser
from accounts.auth.login_log import note_too_many
from accounts.models import User
from accounts.server_settings import current

PAUSE_SECONDS = 300


class LogInView(allauth.LoginView):
    """Log in; says with the status too that it was tried too often."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        _ask_the_stores()
        return super().get(*args, **kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if self.request.user.is_authenticated:
            remember_browser(response, self.request.user.pk)
        return response

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        if form.has_error("password", "too_many_login_attempts"):
            note_too_many(self.request)
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response["Retry-After"] = str(PAUSE_SECONDS)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"signup": current().signup} | super().get_context_data(**kwargs)


def _ask_the_stores() -> None:
    """Raise the error of a store that does not answer now: a form that nobody could send would be a trap."""
    cache.get("login")
    User.objects.exists()


@method_decorator(takes_even_time, name="dispatch")
class SignUpView(allauth.SignupView):
    """Sign up, unless the owners decided otherwise."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        _ask_the_stores()
        return super().get(*args, **kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except IntegrityError:  # Someone else took it between our look and our insert.
            form.add_error("username", get_adapter().error_messages["username_taken"])
            response = self.form_invalid(form)
        return response

    def closed(self) -> HttpResponse:
        why = {"by_invitation": current().signup == "invite"}
        return render(self.request, "account/signup_closed.html", why, status=HTTPStatus.FORBIDDEN)


@method_decorator(takes_even_time, name="dispatch")
class AskResetView(allauth.PasswordResetView):
    """Ask for the link to a new password."""


class ResetAskedView(allauth.PasswordResetDoneView):
    """Says where the link went: without a mail server, to the console of this one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"sends_mail": settings.SENDS_MAIL} | super().get_context_data(**kwargs)
