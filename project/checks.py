"""What can be said of an installation that starts, but does not keep its promises.

`serve.py` says these at its start; `manage.py check --deploy` says them with Django's own.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register  # noqa: A004 (Django's name for it)

from chat.domain.errors import ChatError
from chat.live.redis.client import connect
from chat.live.redis.durability import PROMISED, UNKNOWN, broken_promises
from project.server.store_wait import redis_problem

TAG = "parley"
OUR_OWN = ("localhost", "127.0.0.1", "::1")


@register(TAG, deploy=True)
def check_redis(**_: Any) -> list[CheckMessage]:
    """A Redis that is not ours has to answer and to keep what it acknowledged."""
    if settings.EMBEDDED_REDIS:
        return []
    client = connect(settings.REDIS_URL)
    try:
        broken = broken_promises(client)
    except ChatError:
        return [Warning(f"{redis_problem()}.", id="parley.W001")]
    finally:
        client.close()
    return [_not_as_promised(name, value) for name, value in broken.items()]


@register(TAG, deploy=True)
def check_address(**_: Any) -> list[CheckMessage]:
    """What others can reach must not show its insides, nor send passwords in the clear."""
    found: list[CheckMessage] = []
    if settings.DEBUG and settings.HOST not in OUR_OWN:
        found.append(Warning(f"DEBUG shows our insides to everyone who reaches {settings.HOST}.", id="parley.W003"))
    if settings.PUBLIC_URL.startswith("http:") and not _is_local(settings.PUBLIC_URL):
        hint = "Put a proxy that speaks https in front, and set PUBLIC_URL to its address."
        found.append(Warning(f"Passwords travel in the clear to {settings.PUBLIC_URL}.", hint=hint, id="parley.W004"))
    return found


@register(TAG, deploy=True)
def check_names(**_: Any) -> list[CheckMessage]:
    """A misspelt variable has no effect."""
    return [
        Warning(f"Nothing reads {found.name}.", hint=found.meant and f"Is {found.meant} meant?", id="parley.W005")
        for found in settings.MISSPELT
    ]


@register(TAG, deploy=True)
def check_proxies(**_: Any) -> list[CheckMessage]:
    """The limits of log-ins and sign-ups count by address."""
    if not settings.PUBLIC_URL.startswith("https:") or settings.TRUSTED_PROXIES:
        return []
    hint = "Set TRUSTED_PROXIES to the number of proxies in front."
    return [Warning("All visitors have the proxy's address and share its limits.", hint=hint, id="parley.W006")]


def _not_as_promised(name: str, value: str) -> CheckMessage:
    if value == UNKNOWN:
        return Warning(
            f"Redis does not tell its {name}: whether an acknowledged message can be lost is not known.",
            hint=f"Its provider must have set it to {PROMISED[name]}.",
            id="parley.W002",
        )
    return Warning(
        f'Redis has {name} "{value}": an acknowledged message can be lost.',
        hint=f"Set {name} to {PROMISED[name]} in its redis.conf.",
        id="parley.W002",
    )


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in OUR_OWN
