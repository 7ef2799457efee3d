"""Staff by their permissions. `is_staff` opens the admin and gives no power; permissions and groups do."""

from collections.abc import Collection

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from accounts.models import User


def staff_with(permissions: Collection[str]) -> QuerySet[User]:
    """Return the active staff who hold one of these permissions ("app.codename"), and all active site owners."""
    wanted = Q(pk__in=[])
    for permission in permissions:
        app_label, codename = permission.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    held = Permission.objects.filter(wanted)
    holders = User.objects.filter(Q(user_permissions__in=held) | Q(groups__permissions__in=held))
    return User.objects.filter(Q(is_superuser=True) | Q(is_staff=True, pk__in=holders.values("pk")), is_active=True)
