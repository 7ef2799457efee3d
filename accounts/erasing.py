"""An account without the person: the row stays, since messages refer to its number, and says nothing of them."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from accounts.models import AccountDeletion, DataExport, User
from accounts.sessions.devices import forget_devices
from accounts.sessions.open_sessions import end_sessions


def close_account(user: User) -> None:
    """Let nobody in any more, and close every connection."""
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    end_sessions(user.pk)


def anonymise(user: User, handle: str, name: str) -> None:
    """Replace everything that says who it was."""
    with transaction.atomic():
        EmailAddress.objects.filter(user=user).delete()
        Authenticator.objects.filter(user=user).delete()
        forget_devices(user)
        DataExport.objects.filter(user=user).delete()
        AccountDeletion.objects.filter(user=user).delete()
        entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
        entries.update(object_repr=name, change_message="")
        user.groups.clear()
        user.user_permissions.clear()
        user.handle, user.name, user.email = handle, name, f"{handle}@invalid"
        user.is_staff = user.is_superuser = False
        user.last_login = None
        user.save()
