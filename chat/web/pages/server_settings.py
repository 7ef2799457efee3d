"""The page on which owners change the server's settings while it runs, and try whether it can send mail."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.mail_check import MailNotSent, mail_server, send_trial
from accounts.models import User
from accounts.server_form import SettingsForm
from accounts.server_settings import change_server_settings
from accounts.signed_in import signed_in
from chat.actions import limits
from chat.web.errors import page_view

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@login_required
@never_cache
@page_view
def server_settings(request: HttpRequest) -> HttpResponse:
    """Show and save them; every process has them within a second."""
    owner = _owner(request)
    form = SettingsForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/server_settings.html", {"form": form, "mail_server": mail_server()})
    with transaction.atomic():
        change_server_settings(owner, **form.chosen())
    messages.success(request, gettext("Saved."))
    return redirect("server_settings")


@login_required
@require_POST
@page_view
def mail_check(request: HttpRequest) -> HttpResponse:
    """Send a mail to the owner and say what became of it."""
    owner = _owner(request)
    limits.spend(owner.pk, "invitations")
    messages.info(request, _try_mail(owner))
    return redirect("server_settings")


def _try_mail(owner: User) -> "StrOrPromise":
    try:
        send_trial(owner)
    except MailNotSent as error:
        return gettext("The mail was not sent. The mail server's answer: %(answer)s") % {"answer": error}
    if mail_server() is None:
        return gettext("The mail was printed to the server's console: no mail server is set.")
    return gettext("The mail server accepted a mail to %(address)s. See whether it arrives.") % {"address": owner.email}


def _owner(request: HttpRequest) -> User:
    owner = signed_in(request)
    if not owner.is_superuser:
        raise PermissionDenied
    return owner
