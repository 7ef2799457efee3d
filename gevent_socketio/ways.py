"""Whether what is known of the sockets is still so."""

from typing import ClassVar


class Ways:
    """Counts, for this process, how often the way to any client has changed.

    Who keeps a list of sockets to write to compares: a list that outlived a change could write past frames that wait.
    """

    changes: ClassVar[int] = 0
