"""Each connection is a file descriptor, of the server and of the load generator: what we start inherits our limit."""

import resource

# What a process has open beside its connections.
OTHERS = 100


def allow_many() -> None:
    """Raise the limit as far as the machine lets everybody; beyond that `ulimit -Hn` must be told."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def at_most(connections: int) -> int:
    """Return how many of these can be open here at once."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return connections if hard == resource.RLIM_INFINITY else min(connections, hard - OTHERS)
