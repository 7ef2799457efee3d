"""The person that a command names."""

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from accounts.models import User
from accounts.names.cleaning import normal_handle
from project.operate.command_line import is_of_another_version


def find_person(named: str) -> User:
    """Return the person with this handle, email or id; CommandError says where was looked.

    The place matters: a command that runs without the server's environment variables looks in another database.
    """
    by_id = {"pk": int(named)} if named.isascii() and named.isdigit() and len(named) < 19 else None
    try:
        by_name = {"email__iexact": named} if "@" in named.removeprefix("@") else {"handle": normal_handle(named)}
        person = User.objects.filter(**by_name).first() or (by_id and User.objects.filter(**by_id).first())
    except ValidationError:
        person = None
    except DatabaseError as error:
        if is_of_another_version(error):
            raise
        raise CommandError(f"The database at {_place()} cannot be read: {error}") from error
    if not person:
        raise CommandError(f'Nobody has the handle, email or id "{named:.100}" in the database at {_place()}.')
    return person


def _place() -> str:
    facts = connection.settings_dict
    return f"{facts['HOST'] or 'localhost'}/{facts['NAME']}" if connection.vendor == "postgresql" else str(facts["NAME"])
