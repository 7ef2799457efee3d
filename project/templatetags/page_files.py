"""What a page names of the static files: its styles, and the modules that its script waits for."""

from functools import cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from project.assets import import_map as imports
from project.assets.module_graph import loaded_with, reachable_from
from project.assets.stylesheets import STYLES

# Imported on demand, and at once: the page is drawn before, but the connection should not wait for one request more.
NEEDED_SOON = (imports.IMPORTS["socket.io-client"],)

register = template.Library()


@register.simple_tag
def styles() -> SafeString:
    """Return the links to the styles of our own pages."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(name),) for name in STYLES))


@register.simple_tag
def import_map() -> SafeString:
    """Return the text of the import map, exactly as the Content-Security-Policy knows it."""
    return mark_safe(imports.import_map(settings.STATIC_URL))  # noqa: S308 - made of our own names alone


@register.simple_tag
def module(entry: str, *soon: str) -> SafeString:
    """Return the script of a page, and links to all that it imports, so that they come at once and not one after the other.

    `soon`: modules that it imports when it sees what page it is on.
    """
    return _module(entry, soon)


@cache
def _module(entry: str, soon: tuple[str, ...]) -> SafeString:
    """Made once in a process, in which neither the modules nor their addresses change: some 170 links took 14 ms a page."""
    # Of low priority, since nothing is seen before the styles are there.
    link = '<link rel="modulepreload" href="{}" fetchpriority="low">'
    names = [*loaded_with(entry, *soon), *(name for name in NEEDED_SOON if name in reachable_from(entry))]
    preloads = format_html_join("\n", link, ((static(name),) for name in names))
    script = format_html_join("", '\n<script type="module" src="{}"></script>', [(static(entry),)])
    return preloads + script
