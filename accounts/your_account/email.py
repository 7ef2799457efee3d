"""Changing one's email: the new one holds once its owner has opened the link that was sent there."""

from typing import Any

from allauth.account import forms, views
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy

from accounts.auth.even_time import takes_even_time
from accounts.auth.forms import DoorForm
from accounts.models import User
from accounts.signed_in import signed_in


def pending_emails(user: User) -> "QuerySet[EmailAddress]":
    """Return the address that a person wants to change to, if any; their own can be unconfirmed, too."""
    pending: QuerySet[EmailAddress] = EmailAddress.objects.filter(user=user, verified=False).exclude(email__iexact=user.email)
    return pending


class ChangeEmailForm(DoorForm, forms.AddEmailForm):
    """The new email."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tell("email", label=gettext_lazy("New email"), autocomplete="email")

    def save(self, request: HttpRequest) -> EmailAddress:
        """Replace what was pending. allauth would also drop a present email that was never confirmed."""
        pending_emails(self.user).delete()
        address, _ = EmailAddress.objects.get_or_create(user=self.user, email=self.cleaned_data["email"])
        send_verification_email_to_address(request, address)
        return address


# An answer that came sooner for a free email would tell who has an account.
@method_decorator(takes_even_time, name="dispatch")
class ChangeEmailView(views.EmailView):
    """The present email, the pending one, and the form; without a mail server a sentence instead."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.SENDS_MAIL:
            return self.get(request, *args, **kwargs)
        if "cancel" in request.POST:
            pending_emails(signed_in(request)).delete()
            return HttpResponseRedirect(self.success_url)
        # Not allauth's own acts on addresses: here there is one, and it is changed.
        return super(views.EmailView, self).post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {"sends_mail": settings.SENDS_MAIL, "pending": pending_emails(signed_in(self.request)).first()}
        return super().get_context_data(**kwargs) | facts
