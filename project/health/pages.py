"""`/healthz` and `/readyz`, outside of Django: no login, any Host header, no place in the queue of pages, no secrets."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from project.health.readiness import OK, SERVING

ALIVE, READY = "/healthz", "/readyz"

Environ = dict[str, Any]
Answer = tuple[str, dict[str, str]]


class HealthPages:
    """A WSGI application. `parts` says how each part of the installation is, in one word; it must bound its own waiting."""

    def __init__(self, parts: Callable[[], Mapping[str, str]]) -> None:
        self.is_draining = False
        self._parts = parts
        self._answers = {ALIVE: self._alive, READY: self._ready}

    def answers(self, path: str) -> bool:
        """Whether this path is one of ours."""
        return path in self._answers

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer GET and HEAD."""
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            start_response("405 Method Not Allowed", [("Allow", "GET, HEAD"), ("Content-Length", "0")])
            return []
        status, facts = self._answers[environ["PATH_INFO"]]()
        body = json.dumps(facts).encode() + b"\n"
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(status, [*headers, ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")])
        return [body] if method == "GET" else []

    def _alive(self) -> Answer:
        """That this is answered at all is the news: the event loop turns."""
        return "200 OK", {"status": OK}

    def _ready(self) -> Answer:
        parts = dict(self._parts())
        is_whole = all(word in SERVING for word in parts.values())
        status = "draining" if self.is_draining else OK if is_whole else "unavailable"
        return "200 OK" if status == OK else "503 Service Unavailable", {"status": status, **parts}
