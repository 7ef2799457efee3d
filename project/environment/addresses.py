"""Where people find the server: its public address, the host names it answers to, and the sender of its mail."""

import re
from collections.abc import Sequence
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import SplitResult, urlsplit

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
HOST_NAME = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*|\[[0-9a-fA-F:.]+\]")


def public_url(text: str) -> SplitResult:
    """Return the address that people open. Raises ValueError unless it is scheme, host and port alone."""
    if not re.fullmatch(r"https?://([\w.-]+|\[[0-9a-fA-F:.]+\])(:\d+)?", text):
        raise ValueError(
            f'PUBLIC_URL "{text}" must be http or https and a host, with nothing after it, as in https://chat.example'
        )
    parts = urlsplit(text)
    try:
        is_port = parts.port != 0
    except ValueError:
        is_port = False
    if not is_port:
        raise ValueError(f'PUBLIC_URL "{text}" must have a port from 1 to 65535, or none')
    return parts


def allowed_hosts(names: Sequence[str], public: SplitResult) -> list[str]:
    """Return the host names that are answered, the public one among them. Raises ValueError."""
    for name in names:
        if not HOST_NAME.fullmatch(name):
            raise ValueError(
                f'ALLOWED_HOSTS "{name}" must be a host name without scheme, port or path, as in chat.example or [::1]'
            )
    ours = _host_of(public)
    return [*names] if ours in names or "*" in names else [*names, ours]


def origins(public: SplitResult) -> list[str]:
    """Return the origins that a browser can connect from. On the own machine, localhost has three names."""
    port = f":{public.port}" if public.port else ""
    names = LOCAL_NAMES if public.hostname == "localhost" else ()
    return sorted({public.geturl(), *(f"{public.scheme}://{name}{port}" for name in names)})


def trusted_proxies(count: int, is_chosen: bool, public: SplitResult) -> int:
    """Return how many proxies are trusted. Raises ValueError for https without a proxy, unless 0 was chosen knowingly.

    Parley speaks no TLS itself, so https means a proxy. If it is not trusted, everybody has the proxy's address, and the
    limits per address lock everybody out together.
    """
    if public.scheme == "https" and count == 0 and not is_chosen:
        raise ValueError(
            "PUBLIC_URL is https, so a proxy stands in front: set TRUSTED_PROXIES=1 if it sets X-Forwarded-For and"
            " X-Forwarded-Proto (0 to treat all visitors as one address)"
        )
    return count


def sender(text: str, public: SplitResult) -> str:
    """Return the sender of our mail, noreply at the public host by default. Raises ValueError."""
    if not text:
        return f"Parley <noreply@{_host_of(public)}>"
    try:
        address = Address(addr_spec=parseaddr(text)[1])
    except Exception:  # the parser of the standard library raises IndexError, too
        address = Address()
    if not address.username or not address.domain:
        raise ValueError(f'DEFAULT_FROM_EMAIL "{text}" must be a mail address, as in Parley <chat@example.org>')
    return text


def _host_of(public: SplitResult) -> str:
    """The host as a browser sends it: lower case, IPv6 in brackets."""
    name = public.hostname or ""
    return f"[{name}]" if ":" in name else name
