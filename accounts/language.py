"""The language in which somebody is answered: their own choice, or else the server's, or else their browser's."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import get_language_from_request

from accounts.server_settings import BY_BROWSER, known


def language_of(request: HttpRequest) -> str:
    """Return the code of one of our languages; asks no database, since a page without one has a language, too."""
    default: str = known("default_language")
    if default == BY_BROWSER or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in dict(settings.LANGUAGES):
        return get_language_from_request(request)
    return default


class ServerLocale(LocaleMiddleware):
    """Django's, with the language that the owners chose for those who chose none."""

    def process_request(self, request: HttpRequest) -> None:
        translation.activate(language_of(request))
        request.LANGUAGE_CODE = translation.get_language()
