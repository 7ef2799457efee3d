"""What a Redis that is not ours must be set to, so that an acknowledgement means "on disk"."""

import redis

from chat.stores.connection import answering

PROMISED = {
    "appendonly": "yes",
    "appendfsync": "always",
    "no-appendfsync-on-rewrite": "no",
    "maxmemory-policy": "noeviction",
}


def broken_promises(client: redis.Redis) -> dict[str, str]:
    """Return the settings that let an acknowledged message be lost, with what they are; "unknown" if it may not tell."""
    with answering():
        found = {name: _read(client, name) for name in PROMISED}
    return {name: value for name, value in found.items() if value != PROMISED[name]}


def _read(client: redis.Redis, name: str) -> str:
    try:
        answer = client.config_get(name)
    except redis.ResponseError:  # hosted ones often refuse CONFIG
        return "unknown"
    texts = {_text(key): _text(value) for key, value in answer.items()}
    return texts.get(name, "unknown")


def _text(value: bytes | str | None) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
