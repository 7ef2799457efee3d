"""A person as JSON tells of them."""

from typing import Any

from accounts.models import User


def person_facts(user: User | None) -> dict[str, Any] | None:
    """Return id, handle and name."""
    return None if user is None else {"id": user.pk, "handle": user.handle, "name": user.name}
