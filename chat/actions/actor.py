"""Who acts: an account in a page or the admin, an author on a connection. Both have a number."""

from typing import Protocol


class Person(Protocol):
    """Anybody with an id."""

    @property
    def id(self) -> int: ...
