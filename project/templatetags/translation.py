"""What templates ask about the reader's language beyond Django's own tags."""

from django import template
from django.utils.translation import get_language

from project import catalog

register = template.Library()


@register.simple_tag
def catalog_address() -> str:
    """Return where the scripts' texts in the page's language are found; "" where none are needed."""
    return catalog.catalog_address(get_language() or "")
