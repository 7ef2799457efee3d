"""Tells why a Redis cannot be used, in words for its administrator; never its whole address, which can hold a password."""

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

import redis
from redis.backoff import NoBackoff
from redis.connection import parse_url
from redis.exceptions import AuthenticationError, BusyLoadingError, NoPermissionError
from redis.retry import Retry

from chat.live.redis import keys

# A Redis on the network answers in milliseconds; the diagnosis asks twice at most.
ANSWER_SECONDS = 2.0
# One command of each kind that our scripts use, on a key and a channel that begin like all of ours.
PROBE = """
local key = KEYS[1]
redis.call('DEL', key)
redis.call('HSET', key, 'field', '') redis.call('DEL', key)
redis.call('RPUSH', key, '') redis.call('DEL', key)
redis.call('ZADD', key, 0, '') redis.call('DEL', key)
redis.call('SET', key, '', 'PX', 1000)
return redis.call('PUBLISH', key, '')
"""


class Problem(NamedTuple):
    """Why Redis cannot be used, and whether waiting can help."""

    text: str
    can_pass: bool


def diagnose(url: str) -> Problem | None:
    """Return what keeps us from using the Redis at this address, or None."""
    client = redis.Redis.from_url(
        url,
        protocol=2,
        socket_timeout=ANSWER_SECONDS,
        socket_connect_timeout=ANSWER_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        client.eval(PROBE, 1, keys.PROBE)
        client.info("server")
    except (redis.RedisError, OSError) as error:
        return _problem(url, error)
    finally:
        client.close()
    return None


def _problem(url: str, error: Exception) -> Problem:
    if isinstance(error, BusyLoadingError):
        return Problem("is still loading its data", can_pass=True)
    if isinstance(error, AuthenticationError):
        return Problem(_credentials(url, error), can_pass=False)
    if isinstance(error, NoPermissionError) or _is_denied_in_script(error):
        return Problem(f"does not give us the rights that we need: {str(error).partition(' script: ')[0]}", can_pass=False)
    if isinstance(error, redis.ResponseError):
        return Problem(_refusal(url, error), can_pass=False)
    causes = list(_causes(error))
    return _tls_problem(url, causes) or _network_problem(url, causes)


def _credentials(url: str, error: Exception) -> str:
    if "without any password" in str(error):
        return "has no password, but REDIS_URL gives one"
    if "required" in str(error):
        return "wants a password, and REDIS_URL gives none"
    user = urlsplit(url).username
    return f'refuses the password of user "{user}"' if user else "refuses the password"


def _is_denied_in_script(error: Exception) -> bool:
    # Redis 7.0 says the second, later ones the first; Valkey and older ones name the error's code.
    denials = ("ACL failure", "user executing the script", "NOPERM")
    return isinstance(error, redis.ResponseError) and any(denial in str(error) for denial in denials)


def _refusal(url: str, error: Exception) -> str:
    if "DB index" in str(error):
        return f"has no database {parse_url(url).get('db')}"
    return f"answered: {error}"


def _tls_problem(url: str, causes: list[BaseException]) -> Problem | None:
    scheme = urlsplit(url).scheme
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = cause.verify_message or str(cause)
            return Problem(
                f"has a certificate that is not trusted ({reason}); name its CA by ?ssl_ca_certs=/path", can_pass=False
            )
        if isinstance(cause, ssl.SSLError):
            return Problem(f"does not speak TLS there ({cause.reason}); redis:// is for a plain port", can_pass=False)
        if isinstance(cause, FileNotFoundError) and scheme == "rediss":
            return Problem(
                f"cannot be asked: a file that REDIS_URL names is missing: {cause.filename or cause}", can_pass=False
            )
        if isinstance(cause, TimeoutError) and scheme == "rediss" and _accepts(url):
            return Problem("does not answer with TLS; redis:// is for a plain port", can_pass=False)
    if scheme == "redis" and any(_is_closed(cause) for cause in causes):
        return Problem("closes the connection; rediss:// is for a port with TLS", can_pass=True)
    return None


def _network_problem(url: str, causes: list[BaseException]) -> Problem:
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            return Problem(f"cannot be found: no host has the name {urlsplit(url).hostname}", can_pass=True)
        if isinstance(cause, FileNotFoundError):
            return Problem(f"is not there: no socket {urlsplit(url).path}", can_pass=True)
        if isinstance(cause, PermissionError):
            return Problem(f"cannot be reached: no permission for {_place(url)}", can_pass=False)
        if isinstance(cause, ConnectionRefusedError):
            return Problem(f"refuses the connection: nothing listens at {_place(url)}", can_pass=True)
        if isinstance(cause, OSError) and cause.errno in (errno.EHOSTUNREACH, errno.ENETUNREACH):
            return Problem(f"cannot be reached at {_place(url)}: {cause.strerror}", can_pass=True)
    if any(isinstance(cause, TimeoutError | redis.TimeoutError) for cause in causes):
        return Problem(f"does not answer at {_place(url)}", can_pass=True)
    return Problem(f"cannot be used: {causes[0]}", can_pass=True)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came from; redis-py's own say little, and carry the socket's error behind them."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__


def _is_closed(cause: BaseException) -> bool:
    return isinstance(cause, ConnectionResetError | BrokenPipeError) or "closed by server" in str(cause)


def _accepts(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "localhost", parts.port or 6379), ANSWER_SECONDS).close()
    except OSError:
        return False
    return True


def _place(url: str) -> str:
    parts = urlsplit(url)
    return parts.path if parts.scheme == "unix" else f"{parts.hostname or 'localhost'}:{parts.port or 6379}"
