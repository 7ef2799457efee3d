"""Output that is seen at once."""

import sys
from io import TextIOWrapper


def write_by_lines() -> None:
    """Show each line at once: without a terminal (systemd, nohup, docker) Python would keep 8 KB of them back."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(line_buffering=True)
