"""What lets the chat be installed, and open without a connection. Nothing here is about anybody."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from accounts.server_settings import current
from chat.web.page_facts import limits
from project.assets.emoji_names import EMOJI_NAMES
from project.assets.js_catalog import catalog_address
from project.assets.module_graph import reachable_from
from project.assets.stylesheets import STYLES

# The brand's colour and the desk's: css/tokens.css.
THEME = "#0b5a70"
PAPER = "#f6f4ef"
# All that the shell and the page it becomes may load, besides the modules.
FILES = ("js/theme.js", "js/old_browser.js", EMOJI_NAMES, *STYLES, "favicon.svg", "favicon-news.svg", "favicon-calls.svg")
ICONS = (("icons/icon-192.png", "192x192", "any"), ("icons/icon-512.png", "512x512", "any"))
MASKABLE = ("icons/icon-512-maskable.png", "512x512", "maskable")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What an installed Parley is called and looks like."""
    icons = [
        {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": use} for name, sizes, use in (*ICONS, MASKABLE)
    ]
    about = {
        "id": "/",
        "name": current().server_name,
        "short_name": current().server_name,
        "description": gettext("Live chat for a team or a community, on your own machine."),
        "lang": get_language(),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": THEME,
        "background_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(about, content_type="application/manifest+json")


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The page of a room without a room, and without a session: rendered with no request, so that nothing of it gets in."""
    response = HttpResponse(render_to_string("chat/offline.html", {"page": {"limits": limits()}, "nothing": None}))
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's script, at the root since a worker rules what lies below its address; another one with every version."""
    catalog = catalog_address(get_language() or "")
    about = {
        "version": f"{settings.STATIC_VERSION} {get_language()}",
        "statics": settings.STATIC_URL,
        "shell": reverse("shell"),
        "files": [*(static(name) for name in (*FILES, *reachable_from("js/app.js"))), *([catalog] if catalog else [])],
    }
    script = f"import {{ serve }} from {json.dumps(static('js/service_worker.js'))};\nserve({json.dumps(about)});\n"
    response = HttpResponse(script, content_type="text/javascript")
    # Browsers ask for it again and again, and each time must hear of the version that is served now.
    response["Cache-Control"] = "no-cache"
    response["Vary"] = "Cookie, Accept-Language"
    return response
