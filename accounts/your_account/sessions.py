"""The list of one's own sessions, ended one by one or all others."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.sessions.devices import devices, end_device, end_other_devices
from accounts.signed_in import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Show them. POST `session`: end this one; POST `others`: end all others."""
    user, this_key = signed_in(request), request.session.session_key or ""
    if request.method == "POST":
        if "others" in request.POST:
            end_other_devices(user, this_key)
            messages.success(request, gettext("Your other devices are logged out."))
        elif end_device(user, _number(request.POST.get("session", "")), this_key):
            messages.success(request, gettext("That device is logged out."))
        return redirect("account_sessions")
    return render(request, "accounts/sessions.html", {"devices": devices(user, this_key)})


def _number(text: str) -> int:
    """Return the number; 0, which no session has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0
