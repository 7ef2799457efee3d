"""The language of a connection's error texts: the same as that of its page."""

from types import SimpleNamespace
from typing import cast
from wsgiref.types import WSGIEnvironment

from django.http import HttpRequest, parse_cookie

from accounts import language


def language_of(environ: WSGIEnvironment) -> str:
    """Return the language that the person chose, or else the server's or the browser's, as for a page."""
    asked = SimpleNamespace(COOKIES=parse_cookie(environ.get("HTTP_COOKIE", "")), META=environ)
    return language.language_of(cast(HttpRequest, asked))
