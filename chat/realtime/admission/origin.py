"""Checks which page opened a connection: browsers send cookies with any page's request, so it must be one of ours."""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit


def is_ours(environ: Mapping[str, Any], origins: Collection[str]) -> bool:
    """Return whether the request came from a page of ours.

    Browsers name the origin of every WebSocket and of every request to another site, but not of a GET to their own: for
    those, the first request of long polling, Sec-Fetch-Site or the referring page tells it. Without any it is refused.
    """
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None:
        return origin in origins
    if environ.get("HTTP_UPGRADE"):
        return False
    site = environ.get("HTTP_SEC_FETCH_SITE")
    return site == "same-origin" if site is not None else _origin_of(environ.get("HTTP_REFERER", "")) in origins


def _origin_of(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
