"""Whether a request is meant for this site, on every path: Django asks only where it needs the name."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host


def is_known_host(environ: dict[str, Any]) -> bool:
    """Return whether the request names one of ALLOWED_HOSTS, with any port. Below HTTP/1.1 it may name none."""
    host = environ.get("HTTP_HOST", "")
    if not host:
        return bool(environ["SERVER_PROTOCOL"] != "HTTP/1.1")
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def refuse_host(start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request for somebody else."""
    headers = [("Content-Type", "text/plain"), ("X-Content-Type-Options", "nosniff"), ("Connection", "close")]
    start_response("400 Bad Request", headers)
    return [b"Unknown host\n"]
