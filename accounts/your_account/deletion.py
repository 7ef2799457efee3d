"""Deleting one's own account: it is erased in two weeks, unless its person logs in and keeps it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.models import AccountDeletion, User
from accounts.owner import is_only_owner
from accounts.sessions.devices import end_other_devices
from accounts.signed_in import signed_in

DELETED_AFTER = timedelta(days=14)
# In a session that began while the deletion was pending: without it no page asks the database.
_PENDING = "account_deletion_pending"


def watch() -> None:
    """Begin; called once, when the apps are ready."""
    user_logged_in.connect(_on_login, dispatch_uid="accounts.your_account.deletion.login")


@login_required
@reauthentication_required(app="allauth.account")
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    """Ask for it: every session ends, this one, too."""
    user = signed_in(request)
    if AccountDeletion.objects.filter(user=user).exists():
        return redirect("account_keep")
    if request.method != "POST" or is_only_owner(user):
        facts = {"is_only_owner": is_only_owner(user), "days": DELETED_AFTER.days}
        return render(request, "accounts/delete.html", facts)
    due_at = timezone.now() + DELETED_AFTER
    deletes = request.POST.get("messages") == "delete"
    AccountDeletion.objects.get_or_create(user=user, defaults={"due_at": due_at, "deletes_messages": deletes})
    get_adapter().send_notification_mail("account/email/account_deletion", user, {"days": DELETED_AFTER.days})
    end_other_devices(user, request.session.session_key or "")
    logout(request)
    told = gettext("Your account will be deleted in %(days)d days. To keep it, log in before.")
    messages.success(request, told % {"days": DELETED_AFTER.days})
    return redirect("account_login")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep_account(request: HttpRequest) -> HttpResponse:
    """Where a login leads while the deletion is pending; POST keeps the account."""
    user = signed_in(request)
    deletion = AccountDeletion.objects.filter(user=user).first()
    if deletion is not None and request.method != "POST":
        return render(request, "accounts/keep.html", {"deletion": deletion})
    if deletion is not None:
        deletion.delete()
        messages.success(request, gettext("Your account stays."))
    request.session.pop(_PENDING, None)
    return redirect("account")


def offer_to_keep(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: at the login to an account that is going to be deleted, its person decides first."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.session.get(_PENDING) and not request.path.startswith((reverse("account"), reverse("set_language"))):
            return redirect("account_keep")
        return get_response(request)

    return respond


def _on_login(request: HttpRequest, user: User, **_: Any) -> None:
    if AccountDeletion.objects.filter(user=user).exists():
        request.session[_PENDING] = True
