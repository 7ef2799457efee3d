"""The texts that the browser's scripts say, in one language, as a script that may be kept permanently."""

from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.i18n import JavaScriptCatalog

DOMAIN = "djangojs"
FOR_GOOD = "public, max-age=31536000, immutable"


class Catalog(JavaScriptCatalog):
    """`/language/de/0123456789ab.js`: found only by its present version, so that nobody keeps an old one under a new name."""

    domain = DOMAIN
    packages = ["project"]  # and LOCALE_PATHS: ours alone, not what Django's admin says in its own scripts

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = kwargs["language"]
        if not _is_ours(language) or kwargs["version"] != version_of(language):
            raise Http404
        with translation.override(language):
            response = super().get(request, *args, **kwargs)
        response["Cache-Control"] = FOR_GOOD
        return response


def catalog_address(language: str) -> str:
    """Return where the browser finds the texts of this language; "" for English, which stands in the scripts."""
    version = version_of(language) if _is_ours(language) else ""
    return reverse("catalog", args=[language, version]) if version else ""


@cache
def version_of(language: str) -> str:
    """Return what changes with the catalog; "" where there is none."""
    path = Path(settings.LOCALE_PATHS[0]) / translation.to_locale(language) / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if not path.exists():
        return ""
    return sha1(path.read_bytes() + django.__version__.encode(), usedforsecurity=False).hexdigest()[:12]


def _is_ours(language: str) -> bool:
    return language in dict(settings.LANGUAGES)
