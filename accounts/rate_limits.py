"""allauth's rate limits under a clock that is set back: what was counted before lies in the future and would not lapse."""

from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit

# How far the clocks of several processes may be apart.
CLOCK_SKEW_SECONDS = 5


def forget_the_future() -> None:
    """Let allauth leave out of its counts what is said to happen later; it has no setting for that."""
    apply_rate = ratelimit.apply_rate
    if not hasattr(apply_rate, "__wrapped__"):
        ratelimit.apply_rate = _forgetting(apply_rate)


def _forgetting(apply_rate: Any) -> Any:
    @wraps(apply_rate)
    def bounded(history: list[float], now: float, *args: Any, **options: Any) -> Any:
        return apply_rate([at for at in history if at <= now + CLOCK_SKEW_SECONDS], now, *args, **options)

    return bounded
