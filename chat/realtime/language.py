"""The language in which a connection is told why something was refused: the one that its page is in."""

from types import SimpleNamespace
from typing import cast
from wsgiref.types import WSGIEnvironment

from django.http import HttpRequest, parse_cookie
from django.utils.translation import get_language_from_request


def language_of(environ: WSGIEnvironment) -> str:
    """Return what was chosen by hand, or else what the browser asks for, as for a page."""
    asked = SimpleNamespace(COOKIES=parse_cookie(environ.get("HTTP_COOKIE", "")), META=environ)
    return get_language_from_request(cast(HttpRequest, asked))
