"""The server in templates; a builtin library, since every page and mail names it."""

from django import template

from accounts.server_settings import current

register = template.Library()


@register.simple_tag
def server_name() -> str:
    """Return what the owners call this server."""
    return current().server_name


@register.simple_tag
def welcome_text() -> str:
    """Return what the owners tell everyone who comes in."""
    return current().welcome_text
