"""The processes that another one started, from /proc: a bare machine has no pgrep."""

from pathlib import Path


def children_of(pid: int) -> dict[int, str]:
    """Return each child's process id and the name of its program."""
    found = {}
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (thread / "children").read_text().split()):
            found[child] = Path(f"/proc/{child}/comm").read_text().strip()
    return found
