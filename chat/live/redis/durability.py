"""What a Redis that is not ours must be set to, so that an acknowledgement means "on disk"."""

import redis

from chat.live.redis.client import answering

# In the place of a setting's value: nobody told it.
UNKNOWN = "unknown"
PROMISED = {
    "appendonly": "yes",
    "appendfsync": "always",
    "no-appendfsync-on-rewrite": "no",
    "maxmemory-policy": "noeviction",
}


def broken_promises(client: redis.Redis) -> dict[str, str]:
    """Return the settings that let an acknowledged message be lost, with what they are; UNKNOWN if Redis does not tell."""
    with answering():
        found = {name: _read(client, name) for name in PROMISED}
        if UNKNOWN in found.values():
            found |= _read_info(client)
    return {name: value for name, value in found.items() if value != PROMISED[name]}


def _read_info(client: redis.Redis) -> dict[str, str]:
    """What INFO tells where CONFIG is forbidden: whether there is a log at all and what is evicted, not how often it syncs."""
    try:
        facts = client.info("persistence") | client.info("memory")
    except redis.ResponseError:
        return {}
    found = {"appendonly": "yes" if facts.get("aof_enabled") else "no"}
    return found | ({"maxmemory-policy": str(facts["maxmemory_policy"])} if "maxmemory_policy" in facts else {})


def _read(client: redis.Redis, name: str) -> str:
    try:
        answer = client.config_get(name)
    except redis.ResponseError:  # hosted ones often refuse CONFIG
        return UNKNOWN
    texts = {_text(key): _text(value) for key, value in answer.items()}
    return texts.get(name, UNKNOWN)


def _text(value: bytes | str | None) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
