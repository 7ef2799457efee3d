"""Django behind the server: gives each request an id, and counts those under way, so that a stop can wait for them."""

from collections.abc import Callable, Iterable
from typing import Any

from project.logs.request_ids import HEADER, request_id

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class Pages:
    """A WSGI application around another one."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._under_way = 0

    def is_busy(self) -> bool:
        """Whether a request is being answered."""
        return self._under_way > 0

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer a request."""
        self._under_way += 1
        try:
            with request_id(environ) as chosen:
                return self._application(environ, _adding((HEADER, chosen), start_response))
        finally:
            self._under_way -= 1


def _adding(header: tuple[str, str], start_response: Any) -> Any:
    def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        return start_response(status, [*headers, header], *error)

    return start
