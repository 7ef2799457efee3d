"""The first run's page: the server, its owner and the first room."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import user_signed_up
from django import forms
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.first_run import OwnerForm, opens_setup, save_owner
from accounts.models import User
from accounts.server_form import ServerForm
from accounts.server_settings import change_server_settings
from chat.actions.rooms import creating
from chat.domain.errors import ChatError, Code
from chat.models import Room
from chat.models.rooms.room import NAME_MAX_CHARS
from chat.web.errors import page_view


class SetupForm(ServerForm, OwnerForm):
    """The server, its owner, and the first room."""

    room = forms.CharField(label=gettext_lazy("Name of the first room"), max_length=NAME_MAX_CHARS, initial="General")
    field_order = ["server_name", "signup", "name", "handle", "email", "password", "room"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = gettext_lazy("Everyone can find it, and new accounts join it automatically.")
        self.tell("room", hint=hint, autocomplete="off", dir="auto")

    def clean_room(self) -> str:
        """Say what is wrong with the name together with all the rest."""
        name: str = self.cleaned_data["room"]
        try:
            creating.check_new_name(name, "public")
        except ChatError as error:
            raise forms.ValidationError(str(error.message)) from error
        return name


@never_cache
@sensitive_post_parameters("password")
@page_view
def setup(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form to who has the link, and make them the owner; to anyone else there is nothing here."""
    if not opens_setup(token):
        raise Http404
    form = SetupForm(request.POST if request.method == "POST" else None)
    address = _set_up(request, form) if form.is_valid() else None
    if address:
        return redirect(address)
    return render(request, "accounts/setup.html", {"form": form})


def _set_up(request: HttpRequest, form: SetupForm) -> str | None:
    """Return where to go on, or None with what is wrong written into the form."""
    owner, address = form.unsaved_owner(), "/"
    try:
        room = _make_owner_and_room(owner, form)
        address = reverse("room", args=[room.slug])
    except IntegrityError:
        form.add_error("handle", gettext("This handle or email was taken just now."))
        return None
    except ChatError as error:
        if error.code is not Code.UNAVAILABLE:  # Else it is all saved, and Redis learns of it when it answers again.
            form.add_error("room", error.message)
            return None
    user_signed_up.send(sender=User, request=request, user=owner)
    get_adapter(request).login(request, owner)
    return address


@transaction.atomic
def _make_owner_and_room(owner: User, form: SetupForm) -> Room:
    """All or nothing: a refused room must leave the link good for another try."""
    if not save_owner(owner):
        raise Http404
    change_server_settings(owner, **form.chosen())
    return creating.create_room(owner, form.cleaned_data["room"], kind="public", newcomers_join=True)
