"""The language of a connection's error texts: the same as that of its page."""

from types import SimpleNamespace
from typing import cast
from wsgiref.types import WSGIEnvironment

from django.http import HttpRequest, parse_cookie
from django.utils.translation import get_language_from_request


def language_of(environ: WSGIEnvironment) -> str:
    """Return the language that the person chose, or else the one that the browser asks for, as for a page."""
    asked = SimpleNamespace(COOKIES=parse_cookie(environ.get("HTTP_COOKIE", "")), META=environ)
    return get_language_from_request(cast(HttpRequest, asked))
