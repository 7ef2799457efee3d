"""A person as JSON tells of them."""

from typing import Any

from django.http import HttpRequest

from accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """Return who asks; only for views that `login_required` or `json_view` guards."""
    assert isinstance(request.user, User)
    return request.user


def person_facts(user: User | None) -> dict[str, Any] | None:
    """Return id, handle and name."""
    return None if user is None else {"id": user.pk, "handle": user.handle, "name": user.name}
