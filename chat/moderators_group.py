"""The group "Moderators": site owners add people to it, and give them staff status."""

from collections.abc import Collection

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet

from chat.models import GrantedPermission

NAME = "Moderators"
MAY = {
    "accounts": ("view_user",),
    "chat": (
        "view_room",
        "change_room",
        "view_membership",
        "add_membership",
        "change_membership",
        "delete_membership",
        "view_message",
        "change_message",
        "view_sanction",
        "add_sanction",
        "change_sanction",
        "view_report",
        "change_report",
        "view_invitation",
        "add_invitation",
        "change_invitation",
        "view_joinrequest",
        "change_joinrequest",
        "view_moderationlog",
        "view_wordrule",
        "add_wordrule",
        "change_wordrule",
        "delete_wordrule",
    ),
    "sessions": ("delete_session",),
}


def update_moderators_group(using: str = "default", **_facts: object) -> None:
    """Give the group each permission of MAY once. The owner can take it away, and it stays away."""
    wanted = {f"{label}.{codename}" for label, codenames in MAY.items() for codename in codenames}
    granted = GrantedPermission.objects.using(using)
    if Group.objects.using(using).filter(name=NAME).exists():
        wanted -= set(granted.values_list("name", flat=True))
    if wanted:
        with transaction.atomic(using):
            group, _ = Group.objects.using(using).get_or_create(name=NAME)
            group.permissions.add(*_permissions(wanted, using))
            granted.bulk_create(map(GrantedPermission, wanted), ignore_conflicts=True)


def _permissions(names: Collection[str], using: str) -> "QuerySet[Permission]":
    # Django makes permissions at the same signal, and may not have come to ours yet.
    for label in MAY:
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    any_of = Q()
    for name in names:
        label, codename = name.split(".")
        any_of |= Q(content_type__app_label=label, codename=codename)
    return Permission.objects.using(using).filter(any_of)
