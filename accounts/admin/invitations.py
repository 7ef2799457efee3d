"""Links to sign up, for who runs the server: made once, told once, taken back at will."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from accounts.invitations import make_invitation, revoke_invitation
from accounts.models import Invitation
from accounts.signed_in import signed_in


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The list of links, and the form for a new one."""

    fields = ("most_uses", "ends_at")
    list_display = ("id", "by", "created_at", "uses", "most_uses", "ends_at", "revoked_at")
    list_select_related = ("by",)
    actions = ("revoke",)

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        """A link is not changed: it is taken back, and another one made."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Invitation, form: "forms.ModelForm[Invitation]", change: bool) -> None:
        made, link = make_invitation(signed_in(request), obj.most_uses, obj.ends_at)
        obj.pk = made.pk
        words = (
            "" if settings.SIGNUP == "invite" else gettext(" Note that SIGNUP is {setting}.").format(setting=settings.SIGNUP)
        )
        self.message_user(
            request, gettext("Copy the link now; it won't be shown again: {link}").format(link=link) + words, messages.WARNING
        )

    @admin.action(description=gettext_lazy("Revoke the links"), permissions=["add"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        actor = signed_in(request)
        with transaction.atomic():
            revoked = sum(revoke_invitation(actor, invitation) for invitation in queryset)
        self.message_user(request, gettext("{count} revoked.").format(count=revoked))
