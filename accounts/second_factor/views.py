"""The pages of the second factor that differ from allauth's own."""

from http import HTTPStatus

from allauth.mfa.base import views as base
from allauth.mfa.base.forms import BaseAuthenticateForm
from django.http import HttpResponse

from accounts.auth.login_limits import remember_browser
from accounts.auth.login_log import note_too_many
from accounts.auth.views import PAUSE_SECONDS


class CodeView(base.AuthenticateView):
    """The code after the password; says with the status too that it was tried too often."""

    def form_valid(self, form: BaseAuthenticateForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if self.request.user.is_authenticated:
            remember_browser(response, self.request.user.pk)
        return response

    def form_invalid(self, form: BaseAuthenticateForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        if form.has_error("code", "too_many_login_attempts"):
            note_too_many(self.request)
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response["Retry-After"] = str(PAUSE_SECONDS)
        return response
