"""The group "Moderators": whoever runs the server puts people into it, and makes them staff."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

NAME = "Moderators"
MAY = {
    "accounts": ("view_user", "view_invitation", "add_invitation"),
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


def make_moderators_group(using: str = "default", **_: object) -> None:
    """Make the group once, after the tables are there; what an owner changes about it stays as they left it."""
    if Group.objects.using(using).filter(name=NAME).exists():
        return
    # Django makes permissions at the same signal, and may not have come to ours yet.
    for label in MAY:
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    wanted = Q()
    for label, codenames in MAY.items():
        wanted |= Q(content_type__app_label=label, codename__in=codenames)
    group = Group.objects.using(using).create(name=NAME)
    group.permissions.set(Permission.objects.using(using).filter(wanted))
