"""The fields for the server's settings, as the set-up and the settings page have them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from accounts.auth.forms import DoorForm
from accounts.names.cleaning import clean_name
from accounts.server_settings import (
    BY_BROWSER,
    MESSAGE_MOST_CHARS,
    SERVER_NAME_MAX_CHARS,
    WELCOME_MAX_CHARS,
    current,
    is_fixed,
)

SIGN_UP = (
    ("open", gettext_lazy("Anyone who finds the page")),
    ("invite", gettext_lazy("Only people with an invitation link")),
    ("closed", gettext_lazy("Only people whom the owners invite")),
)
CREATORS = (
    ("everyone", gettext_lazy("Everyone")),
    ("staff", gettext_lazy("Only those who run this server")),
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
        for name, value in self._settings_here().items():
            field = self.fields[name]
            field.initial = value
            if isinstance(field.widget, forms.RadioSelect):
                field.widget.attrs.pop("class")  # of boxes for text
            if is_fixed(name):
                field.disabled = True
                field.help_text = format_lazy(
                    gettext_lazy("Set by the variable {variable} of the server's environment."), variable=name.upper()
                )

    def clean_server_name(self) -> str:
        return clean_name(self.cleaned_data["server_name"])

    def chosen(self) -> dict[str, object]:
        """Return the settings by name; only for a valid form."""
        return {name: self.cleaned_data[name] for name in self._settings_here()}

    def _settings_here(self) -> dict[str, Any]:
        return {name: value for name, value in current()._asdict().items() if name in self.fields}


def _number(label: Any, most: int, least: int = 0, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=help_text)


class SettingsForm(ServerForm):
    """All of the server's settings."""

    welcome_text = forms.CharField(
        label=gettext_lazy("Welcome text"),
        required=False,
        max_length=WELCOME_MAX_CHARS,
        help_text=gettext_lazy("Shown to everyone who logs in, creates an account or opens an invitation."),
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    create_rooms = forms.ChoiceField(label=gettext_lazy("Who can create rooms"), choices=CREATORS, widget=forms.RadioSelect)
    default_language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=[(BY_BROWSER, gettext_lazy("As each browser asks for")), *settings.LANGUAGES],
        help_text=gettext_lazy("For people who did not choose a language themselves."),
    )
    message_max_chars = _number(gettext_lazy("Longest message, in characters"), MESSAGE_MOST_CHARS, 1)
    most_own_rooms = _number(
        gettext_lazy("Most rooms that one person can own"), 100_000, help_text=gettext_lazy("0 is no limit.")
    )
    newcomer_minutes = _number(
        gettext_lazy("How long an account is new, in minutes"),
        60 * 24 * 30,
        help_text=gettext_lazy("Messages of new accounts have two limits. Invited people are not new. 0 turns this off."),
    )
    newcomer_links = _number(gettext_lazy("Links in a message of a new account"), MESSAGE_MOST_CHARS)
    newcomer_mentions = _number(gettext_lazy("Mentions in a message of a new account"), MESSAGE_MOST_CHARS)

    def clean_welcome_text(self) -> str:
        """One kind of line break, so that an unchanged text is not saved as a change."""
        text: str = self.cleaned_data["welcome_text"]
        return text.replace("\r\n", "\n").strip()
