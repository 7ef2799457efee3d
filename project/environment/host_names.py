"""Names of hosts as they stand in settings, and as browsers and resolvers know them."""

import ipaddress
import re

# Resolvers raise errors of their own kind for an empty label or one that is too long (RFC 1035, 2.3.4).
NAME = re.compile(r"(?=.{1,253}$)[\w-]{1,63}(\.[\w-]{1,63})*", re.ASCII)


def canonical_host(text: str) -> str:
    """Return a host as a browser sends it: lower case, ASCII, IPv6 shortened and in brackets. Raises ValueError."""
    if text.startswith("["):
        return f"[{ipaddress.IPv6Address(text[1:-1])}]"
    try:
        name = text.encode("idna").decode().lower()
    except UnicodeError as error:
        raise ValueError("no host has such a name") from error
    if not NAME.fullmatch(name):
        raise ValueError("no host has such a name")
    return name


def is_host(text: str) -> bool:
    """Whether a resolver can be asked for this: a name, or an address without brackets (IPv6 with a zone, too)."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        try:
            canonical_host(text)
        except ValueError:
            return False
    return True
