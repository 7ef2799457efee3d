"""The person who asks for a page."""

from django.http import HttpRequest

from accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """Return who asks; only for views that refuse everybody who is not logged in."""
    assert isinstance(request.user, User)
    return request.user
