"""What we write is its owner's alone: databases, keys and backups hold passwords' hashes and private messages."""

import os


def keep_private() -> None:
    """Create all files from here on without any right for the group and for others; child processes inherit it."""
    os.umask(0o077)
