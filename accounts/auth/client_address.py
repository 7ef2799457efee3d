"""Where a request comes from, behind as many proxies as are trusted."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the client's IP address."""
    return address_in(request.META)


def address_in(environ: Mapping[str, Any]) -> str:
    """Return the client's IP address; that of the nearest proxy if the trusted ones named none, "" if nobody did.

    Each trusted proxy appends the address that it was called from, so only so many entries from the right can be believed.
    """
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    named = forwarded[-trusted] if 0 < trusted <= len(forwarded) else ""
    return _address(named) or _address(environ.get("REMOTE_ADDR", ""))


def network_in(environ: Mapping[str, Any]) -> str:
    """Return what one client can have many addresses of: the /64 network of an IPv6 address, an IPv4 address itself."""
    address = address_in(environ)
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if ":" in address else address


def _address(text: str) -> str:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return ""
    # As a proxy that listens on "[::]" names IPv4 addresses: they would all be one network of IPv6.
    return str(getattr(address, "ipv4_mapped", None) or address)
