"""allauth's rate limits, where it has no setting: under a clock that is set back, and without addresses in the cache's keys.

What was counted before the clock was set back lies in the future and would not lapse. Keys end in Redis's log and in backups.
"""

import hmac
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest

# How far the clocks of several processes may be apart.
CLOCK_SKEW_SECONDS = 5


def forget_the_future() -> None:
    """Let allauth leave out of its counts what is said to happen later; it has no setting for that."""
    apply_rate = ratelimit.apply_rate
    if not hasattr(apply_rate, "__wrapped__"):
        ratelimit.apply_rate = _forgetting(apply_rate)


def hash_addresses() -> None:
    """Let allauth count an address under a name from which nobody without the SECRET_KEY can tell it."""
    get_ip = ratelimit.get_ip
    if not hasattr(get_ip, "__wrapped__"):
        ratelimit.get_ip = _hashing(get_ip)


def _hashing(get_ip: Any) -> Any:
    @wraps(get_ip)
    def hashed(request: HttpRequest) -> str:
        return hmac.digest(settings.SECRET_KEY.encode(), get_ip(request).encode(), "sha256").hex()[:32]

    return hashed


def _forgetting(apply_rate: Any) -> Any:
    @wraps(apply_rate)
    def bounded(history: list[float], now: float, *args: Any, **options: Any) -> Any:
        return apply_rate([at for at in history if at <= now + CLOCK_SKEW_SECONDS], now, *args, **options)

    return bounded
