"""People, for who runs the server. Nobody is deleted here, since messages refer to them: an account is deactivated."""

import allauth.account.admin  # registers EmailAddress
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401  (registers UserSession)
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.account.signals import user_signed_up
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import AnonymousUser, Group
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.names.cleaning import clean_handle, clean_name
from accounts.names.impersonation import refuse_lookalike_handle, refuse_lookalike_name
from accounts.server_settings import current

# The admin has no log-in of its own, so that nothing can be tried there that the limits of ours do not count.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = lazy(lambda: current().server_name, str)()
# allauth's own screen would change an address behind its person's back; here they are changed together.
admin.site.unregister(EmailAddress)
# Nor are secrets of codes to be read.
admin.site.unregister(Authenticator)
# The keys of sessions let their reader in. What an administrator needs is on the person's screen.
admin.site.unregister(UserSession)
admin.site.unregister(Group)

_POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")


def is_above(actor: AbstractBaseUser | AnonymousUser, person: User) -> bool:
    """Whether somebody ranks above another on the site: owners above everyone, staff above those who are not staff."""
    if not isinstance(actor, User):
        return False
    return actor.is_superuser or (actor.is_staff and not (person.is_staff or person.is_superuser))


class PersonRules(forms.ModelForm):  # type: ignore[type-arg]
    """Name, handle and email by the rules of signing up."""

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if name != self.instance.name:
            refuse_lookalike_name(name, self.instance)
        return name

    def clean_handle(self) -> str:
        handle = self.cleaned_data["handle"]
        if handle == self.instance.handle:
            return str(handle)
        handle = clean_handle(handle)
        refuse_lookalike_handle(handle, self.instance)
        return handle

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class PersonForm(PersonRules, UserChangeForm):  # type: ignore[type-arg]
    """Of somebody who is here."""


class NewPersonForm(PersonRules, AdminUserCreationForm):  # type: ignore[type-arg]
    """Of somebody new, and a first password."""


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]
    """The list of people and the screen of one."""

    form = PersonForm
    add_form = NewPersonForm
    list_display = ("name", "handle", "email", "is_active", "is_staff", "date_joined", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser")
    search_fields = ("name", "handle", "email")
    ordering = ("-date_joined",)
    readonly_fields = ("date_joined", "last_login")
    fieldsets = (
        (None, {"fields": ("name", "handle", "email", "password", "is_active")}),
        (gettext_lazy("Permissions"), {"fields": _POWERS, "classes": ("collapse",)}),
        (gettext_lazy("Dates"), {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = ((None, {"fields": ("name", "handle", "email", "usable_password", "password1", "password2")}),)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody changes an equal or somebody above: whoever sets somebody's password has their powers."""
        is_allowed = obj is None or obj == request.user or is_above(request.user, obj)
        return is_allowed and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Only an owner gives power, and nobody locks themselves out."""
        fields = self.readonly_fields if request.user.is_superuser else (*self.readonly_fields, *_POWERS)
        return (*fields, "is_active", "is_staff", "is_superuser") if obj == request.user else fields

    def save_model(self, request: HttpRequest, obj: User, form: "forms.ModelForm[User]", change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            user_signed_up.send(sender=User, request=request, user=obj)
        elif "email" in form.changed_data:
            _replace_address(obj)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin):
    """What a group may do: whoever could change it would give themselves every permission."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser and super().has_delete_permission(request, obj)


def _replace_address(user: User) -> None:
    """The old address must no longer open the account; whoever runs the server vouches for the new one."""
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
