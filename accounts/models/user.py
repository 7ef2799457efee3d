"""The person who signs in: an email to log in with, a handle to be called by, a name to be shown."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.names.skeleton import SKELETON_MAX_CHARS, skeleton

HANDLE_PATTERN = r"[a-z0-9](?:[a-z0-9._-]{0,28}[a-z0-9])?"
valid_handle = RegexValidator(
    rf"\A{HANDLE_PATTERN}\Z", gettext_lazy("A handle has 1 to 30 lowercase letters a-z, digits, and . _ - between them.")
)


class UserManager(BaseUserManager["User"]):
    """Makes people from the command line and from forms."""

    def create_user(self, email: str, handle: str, password: str | None = None, **facts: object) -> "User":
        """Return a saved user whose name defaults to the handle."""
        user = self.model(email=self.normalize_email(email).lower(), handle=handle, **facts)
        user.name = user.name or handle
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, handle: str, password: str | None = None, **facts: object) -> "User":
        """Return a saved site owner."""
        return self.create_user(email, handle, password, is_staff=True, is_superuser=True, **facts)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `id` is the number that Redis and the wire know them by."""

    email = models.EmailField(gettext_lazy("email"), unique=True)
    handle = models.CharField(gettext_lazy("handle"), max_length=30, unique=True, validators=[valid_handle])
    name = models.CharField(gettext_lazy("name"), max_length=60)
    # How both look: what new names are compared with.
    name_skeleton = models.CharField(max_length=SKELETON_MAX_CHARS, default="", editable=False, db_index=True)
    handle_skeleton = models.CharField(max_length=SKELETON_MAX_CHARS, default="", editable=False, db_index=True)
    is_active = models.BooleanField(gettext_lazy("active"), default=True)
    is_staff = models.BooleanField(
        gettext_lazy("staff"),
        default=False,
        help_text=gettext_lazy(
            "Can open the admin, and nothing else. What they see there, and whether they moderate, follows from their "
            "groups and permissions: put moderators into the group Moderators."
        ),
    )
    # From when the limits of NEWCOMER_ count; null: they never apply, as to those whom somebody invited.
    new_since = models.DateTimeField(null=True, editable=False)
    date_joined = models.DateTimeField(gettext_lazy("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["handle"]

    class Meta:
        verbose_name = gettext_lazy("user")
        verbose_name_plural = gettext_lazy("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
            models.UniqueConstraint(Lower("handle"), name="one_account_per_handle"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (@{self.handle})"

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save, with the skeletons of the name and the handle as they are now."""
        self.name_skeleton, self.handle_skeleton = skeleton(self.name), skeleton(self.handle)
        if update_fields is not None:
            update_fields = {*update_fields, "name_skeleton", "handle_skeleton"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
