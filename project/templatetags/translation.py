"""What templates ask about the reader's language beyond Django's own tags."""

from django import template
from django.utils.translation import get_language

from project.assets import js_catalog

register = template.Library()


@register.simple_tag
def catalog_address() -> str:
    """Return where the scripts' texts in the page's language are found; "" where none are needed."""
    return js_catalog.catalog_address(get_language() or "")
