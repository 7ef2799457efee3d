"""The page on which owners change the server's settings while it runs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from accounts.server_form import ServerForm
from accounts.server_settings import change_server_settings
from accounts.signed_in import signed_in
from chat.web.errors import page_view


@login_required
@never_cache
@page_view
def server_settings(request: HttpRequest) -> HttpResponse:
    """Show and save them; every process has them within a second."""
    owner = signed_in(request)
    if not owner.is_superuser:
        raise PermissionDenied
    form = ServerForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/server_settings.html", {"form": form})
    with transaction.atomic():
        change_server_settings(owner, **form.server_settings()._asdict())
    messages.success(request, gettext("Saved."))
    return redirect("server_settings")
