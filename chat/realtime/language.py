"""The language in which a connection is told why something was refused: the one that its page is in."""

from types import SimpleNamespace
from typing import cast

from django.http import HttpRequest, parse_cookie
from django.utils.translation import get_language_from_request

from gevent_socketio.socketio.session import Environ


def language_of(environ: Environ) -> str:
    """Return what was chosen by hand, or else what the browser asks for, as for a page."""
    asked = SimpleNamespace(COOKIES=parse_cookie(environ.get("HTTP_COOKIE", "")), META=environ)
    return get_language_from_request(cast(HttpRequest, asked))
