"""Acts beside what a screen shows: small forms, each of which asks one of chat.actions and says what came of it."""

from collections.abc import Callable, Sequence
from http import HTTPMethod
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.signed_in import signed_in
from chat.admin.framework.panels import Panel
from chat.admin.framework.through_actions import SAVED_NOT_LIVE
from chat.domain.errors import ChatError, Code, Words
from chat.models.moderation.sanction import REASON_MAX_CHARS


class ActForm(forms.Form):
    """What an act asks for; `about` is what the screen shows."""

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about


class ReasonForm(ActForm):
    """An act that has to be justified."""

    reason = forms.CharField(max_length=REASON_MAX_CHARS)


class ScreenAct(NamedTuple):
    """One act: who may do it, on which objects it makes sense, and what does it and returns words for the moderator.

    What `is_in_record` stands even while the live rooms do not answer, and is repeated until it is live.
    """

    name: str
    label: Words
    permission: str
    run: Callable[[User, Any, dict[str, Any]], str]
    form: type[ActForm] = ActForm
    concerns: Callable[[Any], bool] = lambda _about: True
    destroys: bool = False
    is_in_record: bool = True


def may_view(request: HttpRequest, model: type[Model]) -> bool:
    """Whether who asks could open that model's own screens: a panel beside another object shows nobody more than they do."""
    label, name = model._meta.app_label, model._meta.model_name
    return any(request.user.has_perm(f"{label}.{action}_{name}") for action in ("view", "change"))


class ActingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A screen with acts above, and panels below what Django shows of an object."""

    change_form_template = "admin/chat/screen.html"
    acts: Sequence[ScreenAct] = ()

    def panels(self, request: HttpRequest, about: Any) -> list[Panel]:
        """Return what else there is to know."""
        return []

    def get_urls(self) -> list[URLPattern]:
        acted = self.admin_site.admin_view(self.act_view)
        return [path("<int:object_id>/<slug:act>/now/", acted, name=f"{self._name}_act"), *super().get_urls()]

    @method_decorator(require_POST)
    def act_view(self, request: HttpRequest, object_id: int, act: str) -> HttpResponse:
        """Do it, and go back to what it was done to; a form that is not right is shown again."""
        about = self.get_object(request, str(object_id))
        chosen = next((each for each in self.acts if each.name == act), None)
        if about is None or chosen is None:
            raise Http404
        if not self._may(request, chosen, about):
            raise PermissionDenied
        form = chosen.form(request.POST, about=about, auto_id=f"id_{act}_%s")
        if not form.is_valid():
            return self._show_again(request, object_id, act, form)
        self._do(request, chosen, about, form.cleaned_data)
        return redirect(reverse(f"admin:{self._name}_change", args=[object_id]))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            # The object is named below it.
            context |= {
                "title": capfirst(self.opts.verbose_name),
                "acts": self._offered(request, obj),
                "panels": self.panels(request, obj),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    @property
    def _name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _may(self, request: HttpRequest, act: ScreenAct, about: Any) -> bool:
        return self.has_view_permission(request, about) and request.user.has_perm(act.permission) and act.concerns(about)

    def _do(self, request: HttpRequest, act: ScreenAct, about: Any, asked: dict[str, Any]) -> None:
        try:
            self.message_user(request, act.run(signed_in(request), about, asked), messages.SUCCESS)
        except ChatError as error:
            late = act.is_in_record and error.code is Code.UNAVAILABLE
            self.message_user(request, SAVED_NOT_LIVE if late else error.message, messages.WARNING if late else messages.ERROR)

    def _show_again(self, request: HttpRequest, object_id: int, act: str, form: ActForm) -> HttpResponse:
        request.method = HTTPMethod.GET  # a POST to Django's own screen would save what it shows
        request.wrong_form = act, form  # type: ignore[attr-defined]
        return self.change_view(request, str(object_id))

    def _offered(self, request: HttpRequest, about: Any) -> list[dict[str, Any]]:
        wrong, wrong_form = getattr(request, "wrong_form", ("", None))
        return [
            {
                "act": act,
                "url": reverse(f"admin:{self._name}_act", args=[about.pk, act.name]),
                "form": wrong_form if act.name == wrong else act.form(about=about, auto_id=f"id_{act.name}_%s"),
                "is_open": act.name == wrong,
            }
            for act in self.acts
            if self._may(request, act, about)
        ]
