"""Whether a request is meant for this site, on every path: Django asks only where it needs the name."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from accounts.auth.client_address import address_in

log = logging.getLogger(__name__)


def is_known_host(environ: dict[str, Any]) -> bool:
    """Return whether the request names one of ALLOWED_HOSTS, with any port. Below HTTP/1.1 it may name none."""
    host = environ.get("HTTP_HOST", "")
    if not host:
        return bool(environ["SERVER_PROTOCOL"] != "HTTP/1.1")
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def refuse_host(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request for somebody else; one line in the log, of which project.logs bounds the number."""
    host = environ.get("HTTP_HOST", "")
    log.warning("Unknown host: %.100s", host, extra={"address": address_in(environ), "status_code": 400})
    headers = [("Content-Type", "text/plain"), ("X-Content-Type-Options", "nosniff"), ("Connection", "close")]
    start_response("400 Bad Request", headers)
    return [b"Unknown host\n"]
