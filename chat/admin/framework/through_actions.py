"""What the screens have in common: a refusal of chat.actions is shown in the form, not as a server error."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from chat.domain.errors import ChatError, Code, Words

SAVED_NOT_LIVE = gettext_lazy("Saved. The live rooms do not answer at the moment and will show it as soon as they do.")


class RefusableForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that its view can render again with the words of a refusal."""

    refusal: ChatError | None = None

    def clean(self) -> dict[str, Any] | None:
        if self.refusal:
            raise forms.ValidationError(self.refusal.message)
        return super().clean()


class ThroughActionsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """An admin whose changes are made by chat.actions."""

    form = RefusableForm

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ChatError as error:
            if error.code is Code.UNAVAILABLE:
                return self._back_to_list(request)
            # The transaction is undone; the same request is shown again, now with a form that says why.
            request.refusal = error  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[Any]:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"refusal": getattr(request, "refusal", None)})

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except ChatError as error:
            return self._back_to_list(request, error)

    def do_to_each(self, request: HttpRequest, chosen: Iterable[Any], act: Callable[[Any], object], done: Words) -> None:
        """Do something to every row that was chosen in the list; say how often, and what was refused."""
        count = 0
        for each in chosen:
            try:
                act(each)
                count += 1
            except ChatError as error:
                self.message_user(request, f"{each}: {error.message}", messages.ERROR)
        self.message_user(request, f"{count} {done}.", messages.SUCCESS if count else messages.WARNING)

    def _back_to_list(self, request: HttpRequest, error: ChatError | None = None) -> HttpResponse:
        """Nothing raises `unavailable` before the commit: what was asked is saved, and repeated until it is live."""
        refused = error is not None and error.code is not Code.UNAVAILABLE
        level = messages.ERROR if refused else messages.WARNING
        self.message_user(request, str(error) if refused else SAVED_NOT_LIVE, level)
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
