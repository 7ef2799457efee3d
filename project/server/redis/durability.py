"""Refuses a Redis that can lose what it acknowledged."""

from django.conf import settings

from chat.domain.errors import ChatError
from chat.live.redis.client import connect
from chat.live.redis.durability import PROMISED, UNKNOWN, broken_promises
from project.server.errors import StartError
from project.server.store_wait import redis_problem


def require_durable_redis() -> None:
    """Raise StartError unless REQUIRE_DURABLE is off; our own Redis is durable by how it is started."""
    if settings.EMBEDDED_REDIS or not settings.REQUIRE_DURABLE:
        return
    client = connect(settings.REDIS_URL)
    try:
        broken = broken_promises(client)
    except ChatError as error:
        raise StartError(redis_problem()) from error
    finally:
        client.close()
    if broken:
        raise StartError(
            f"The Redis at REDIS_URL can lose acknowledged messages: {', '.join(_as_text(*one) for one in broken.items())}."
            " Set this in its redis.conf, or REQUIRE_DURABLE=false to accept the loss"
        )


def _as_text(name: str, value: str) -> str:
    if value == UNKNOWN:
        return f"{name} could not be verified (it must be {PROMISED[name]})"
    return f"{name} is {value} (must be {PROMISED[name]})"
