"""Whether the server has an owner: the first run is over then."""

from accounts.models import User

# Once somebody has an account this never changes back, so that a process asks no more.
_is_set_up = False


def has_owner() -> bool:
    """One short query; the answer is kept nowhere, since another process can give it."""
    return User.objects.filter(is_superuser=True).exists()


def is_set_up() -> bool:
    """Whether anybody has an account: the first is the owner's."""
    global _is_set_up
    _is_set_up = _is_set_up or User.objects.exists()
    return _is_set_up


def is_only_owner(user: User) -> bool:
    """Tell whether the site would have no owner without this person."""
    return user.is_superuser and not User.objects.filter(is_superuser=True).exclude(pk=user.pk).exists()
