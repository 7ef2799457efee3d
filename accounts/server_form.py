"""The fields for the server's settings, as the set-up and the settings page have them."""

from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from accounts.auth.forms import DoorForm
from accounts.names.cleaning import clean_name
from accounts.server_settings import SERVER_NAME_MAX_CHARS, ServerSettings, current, is_fixed

SIGN_UP = (
    ("open", gettext_lazy("Anyone who finds the page")),
    ("invite", gettext_lazy("Only people with an invitation link")),
    ("closed", gettext_lazy("Only people whom the owners invite")),
)


class ServerForm(DoorForm):
    """The server's name, and who can join. What the environment decides is shown, and cannot be changed."""

    server_name = forms.CharField(
        label=gettext_lazy("Name of the server"),
        max_length=SERVER_NAME_MAX_CHARS,
        help_text=gettext_lazy("Your team's or community's name: it appears in titles, mail and invitations."),
        widget=forms.TextInput({"autocomplete": "organization", "dir": "auto"}),
    )
    signup = forms.ChoiceField(label=gettext_lazy("Who can create an account"), choices=SIGN_UP, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signup"].widget.attrs.pop("class")  # of boxes for text
        for name, value in current()._asdict().items():
            self.fields[name].initial = value
            if is_fixed(name):
                self.fields[name].disabled = True
                self.fields[name].help_text = format_lazy(
                    gettext_lazy("Set by the variable {variable} of the server's environment."), variable=name.upper()
                )

    def clean_server_name(self) -> str:
        return clean_name(self.cleaned_data["server_name"])

    def server_settings(self) -> ServerSettings:
        """Return what was chosen; only for a valid form."""
        return ServerSettings(**{name: cast(Any, self.cleaned_data[name]) for name in ServerSettings._fields})
