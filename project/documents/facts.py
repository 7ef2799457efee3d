"""What the code says of itself: settings, error codes, addresses and keys, as rows of tables."""

import inspect
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, get_type_hints

from django.conf import settings
from django.http import JsonResponse
from django.urls import URLPattern, URLResolver, get_resolver
from marshmallow import missing

from chat.domain.errors import Code
from chat.domain.protocol import REQUESTS, ServerEvent
from chat.live.redis import keys
from project.documents.blocks import Rows
from project.environment.reading import env

# What stands for each part of a key's name.
EXAMPLES: dict[str, Any] = {
    "room_id": 7,
    "user_id": 42,
    "seq": 5,
    "client_id": "<client id>",
    "server_id": "<id>",
    "token": "<token>",
    "vendor": "sqlite",
    "name": "<name>",
    "day": date(2026, 11, 23),
    "moment": datetime(2026, 11, 23, 14, 10, tzinfo=UTC),
}


def setting_rows() -> Rows:
    """Return each environment variable with its default; None where the default depends on other settings."""
    assert settings.configured
    fields = {name: field for name, field in env._fields.items() if not name.endswith("_FILE")}
    return {f"`{name}`": [_default(field.load_default)] for name, field in fields.items()}


def error_rows() -> Rows:
    """Return the error codes."""
    return {f"`{code}`": [] for code in Code}


def request_rows() -> Rows:
    """Return the names of the events that clients send."""
    return {name: [] for name in REQUESTS}


def server_event_rows() -> Rows:
    """Return the names of the events that the server sends."""
    return {f"`{event}`": [] for event in ServerEvent}


def address_rows() -> Rows:
    """Return the addresses of pages and of JSON, with which of the two they answer; the admin's are Django's."""
    return {f"`/{path}`": [_kind_of(view)] for path, view in _addresses(get_resolver().url_patterns) if view}


def key_rows() -> Rows:
    """Return the names of keys and channels in Redis, of room 7 and user 42."""
    texts = {name: value for name, value in vars(keys).items() if name.isupper() and isinstance(value, str)}
    # Neither the endings that names share nor the pattern of all rooms' keys.
    fixed = [value for name, value in texts.items() if name[0] != "_" and value[0] != ":" and value[-1] != "*"]
    return {f"`{name}`": [] for name in [*fixed, *(_example(function) for function in _functions())]}


def _default(value: Any) -> str | None:
    if value is missing or value in (None, "", []) or isinstance(value, list):
        return None
    text = str(value).lower() if isinstance(value, bool) else str(value)
    # Those that hold a folder of this machine.
    return None if str(settings.DATA_DIR) in text or str(settings.BASE_DIR) in text else f"`{text}`"


def _addresses(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Callable[..., Any] | None]]:
    for pattern in patterns:
        path = before + _readable(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield path, pattern.callback
        elif isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            yield from _addresses(pattern.url_patterns, path)


def _readable(route: str) -> str:
    """Return a route without types, and regular expressions as their groups' names."""
    for found in ("str:", "int:"):
        route = route.replace(f"<{found}", "<")
    for group, name in ((r"(?P<key>[-:\w]+)", "<key>"), (r"(?P<uidb36>[0-9A-Za-z]+)", "<id>"), (r"(?P<key>.+)", "<key>")):
        route = route.replace(group, name)
    return route.removeprefix("^").removesuffix("$")


def _kind_of(view: Callable[..., Any]) -> str:
    return "JSON" if inspect.signature(view).return_annotation is JsonResponse else "page"


def _functions() -> Iterator[Callable[..., str]]:
    for name, function in vars(keys).items():
        is_ours = callable(function) and getattr(function, "__module__", "") == keys.__name__
        if is_ours and not name.startswith("_") and get_type_hints(function).get("return") is str:
            yield function


def _example(function: Callable[..., str]) -> str:
    parameters = inspect.signature(function).parameters
    return function(**{name: EXAMPLES[name] for name in parameters})
