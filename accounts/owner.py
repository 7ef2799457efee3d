"""Whether the server has an owner: the first run is over then."""

from accounts.models import User


def has_owner() -> bool:
    """One short query; the answer is kept nowhere, since another process can give it."""
    return User.objects.filter(is_superuser=True).exists()
