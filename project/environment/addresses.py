"""Where people find the server: its public address, the host names it answers to, and the sender of its mail."""

import re
from collections.abc import Sequence
from email.utils import parseaddr
from urllib.parse import SplitResult, urlsplit

from project.environment.host_names import canonical_host

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
# Where to listen, which no browser can open from elsewhere.
UNSPECIFIED = ("0.0.0.0", "[::]")  # noqa: S104
# What a browser leaves out.
USUAL_PORTS = {"http": 80, "https": 443}
SENDER = re.compile(r"[^<>\r\n]*<([^<>\s]+)>|([^<>\s]+)")
LOCAL_PART = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}")


def public_url(text: str) -> SplitResult:
    """Return the address that people open, as browsers write an origin. Raises ValueError unless it is scheme, host and port.

    Browsers send the host in lower case and ASCII, and leave the usual port out: any other form of it would match no origin.
    """
    scheme, _, rest = text.rstrip("/").partition("://")
    scheme = scheme.lower()
    found = re.fullmatch(r"([\w.-]+|\[[0-9a-fA-F:.]+\])(?::(\d+))?", rest)
    if scheme not in USUAL_PORTS or not found:
        raise ValueError(
            f'PUBLIC_URL "{text}" must be http or https and a host, with nothing after it, as in https://chat.example'
        )
    try:
        host = canonical_host(found[1])
    except ValueError as error:
        raise ValueError(f'PUBLIC_URL "{text}" names no host: {error}') from error
    if host in UNSPECIFIED:
        raise ValueError(f'PUBLIC_URL "{text}" must be the address that people open; {host} is one for HOST alone')
    port = int(found[2]) if found[2] else USUAL_PORTS[scheme]
    if not 1 <= port <= 65535:
        raise ValueError(f'PUBLIC_URL "{text}" must have a port from 1 to 65535, or none')
    return urlsplit(f"{scheme}://{host}" if port == USUAL_PORTS[scheme] else f"{scheme}://{host}:{port}")


def allowed_hosts(names: Sequence[str], public: SplitResult) -> list[str]:
    """Return the host names that are answered, the public one among them. Raises ValueError."""
    given = [_allowed_host(name) for text in names if (name := text.strip())]
    ours = _host_of(public)
    return given if ours in given or "*" in given else [*given, ours]


def _allowed_host(text: str) -> str:
    """A name, one with a dot in front for a whole domain, or * for every host."""
    if text == "*":
        return text
    try:
        return text[: text.startswith(".")] + canonical_host(text.removeprefix("."))
    except ValueError as error:
        raise ValueError(
            f'ALLOWED_HOSTS "{text}" must be a host name without scheme, port or path, as in chat.example or [::1]'
        ) from error


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
    found = SENDER.fullmatch(text)
    address = (found[1] or found[2]) if found else ""
    # Mail programs must read the same address from it: names can hold quotes, commas and comments.
    if parseaddr(text)[1] != address or not _is_mail_address(address):
        raise ValueError(f'DEFAULT_FROM_EMAIL "{text}" must be a mail address, as in Parley <chat@example.org>')
    return text


def _is_mail_address(text: str) -> bool:
    local, _, domain = text.rpartition("@")
    try:
        canonical_host(domain)
    except ValueError:
        return False
    return bool(LOCAL_PART.fullmatch(local))


def _host_of(public: SplitResult) -> str:
    """The host as a browser sends it: lower case, IPv6 in brackets."""
    name = public.hostname or ""
    return f"[{name}]" if ":" in name else name
