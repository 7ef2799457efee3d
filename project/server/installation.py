"""At the start: whether the record, Redis and the secret key belong together."""

from django.conf import settings
from django.db import connection
from django.utils.crypto import pbkdf2

from chat.live.live_state import live_state
from chat.live.redis.ownership import ForeignRedis, require_own
from chat.models import Installation
from project.server.errors import StartError

# Some 20 ms: the record must not help to guess a key that somebody made up.
ITERATIONS = 50_000


def check_installation() -> None:
    """Raise StartError where one of them is another installation's. On a first start they become this one's."""
    try:
        if not accept_key() and settings.SHARES_STORES:
            raise StartError(
                "SECRET_KEY is not the one with which this installation was started before; give all processes the same. "
                "To replace it, put the old one into SECRET_KEY_FALLBACKS, or run: manage.py accept_secret_key"
            )
        require_own(live_state().client)
    except ForeignRedis as error:
        raise StartError(str(error)) from error
    finally:
        connection.close()


def accept_key(replaces_any: bool = False) -> bool:
    """Note the fingerprint of SECRET_KEY in place of none, of a fallback's, or of any; False if another key is noted."""
    this = Installation.objects.this()
    ours = _fingerprint(settings.SECRET_KEY, this)
    known = ["", ours, *(_fingerprint(key, this) for key in settings.SECRET_KEY_FALLBACKS)]
    rows = Installation.objects.filter(pk=this.pk)
    # Decided by the database: of two processes that start with different keys one is first.
    replaced = rows if replaces_any or not settings.SHARES_STORES else rows.filter(key_fingerprint__in=known)
    return bool(replaced.update(key_fingerprint=ours))


def _fingerprint(key: str, this: Installation) -> str:
    return pbkdf2(key, this.identifier, ITERATIONS).hex()
