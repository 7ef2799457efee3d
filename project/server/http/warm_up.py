"""What Django loads with its first page (views, forms, templates, translations), loaded before anyone waits for it."""

from io import BytesIO
from typing import Any

from django.conf import settings

from chat.web.setup_pending import OF_WARM_UP
from project.server.http.pages import Application

PAGES = ("/accounts/login/", "/offline/")


def warm_up(application: Application) -> None:
    """Ask for a page in each language: with the first request of a new process it would stop the loop for 200 ms."""
    for language, _ in settings.LANGUAGES:
        for path in PAGES:
            response: Any = application(_request(path, language), lambda *_: None)
            response.close()  # gives back the database connection


def _request(path: str, language: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": settings.PUBLIC_URL.partition("://")[2],
        "HTTP_ACCEPT_LANGUAGE": language,
        "REMOTE_ADDR": "127.0.0.1",
        OF_WARM_UP: True,
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http",
    }
