"""What we write is its owner's alone: databases, keys and backups hold passwords' hashes and private messages."""

import os
import stat
from contextlib import suppress
from pathlib import Path


def keep_private() -> None:
    """Create all files from here on without any right for the group and for others; child processes inherit it."""
    os.umask(0o077)


def give_to_owner(folder: Path) -> None:
    """Give what root made in a folder to the folder's owner: the server's user could not read what a command left there."""
    owner = folder.stat()
    if os.geteuid() != 0 or owner.st_uid == 0:
        return
    # By descriptors: that user could put a link in the place of a folder meanwhile.
    for _, folders, files, place in os.fwalk(folder):
        for name in (*folders, *files):
            with suppress(FileNotFoundError):
                facts = os.stat(name, dir_fd=place, follow_symlinks=False)
                # A second name of a file can be one of root's own.
                if facts.st_uid == 0 and (facts.st_nlink == 1 or stat.S_ISDIR(facts.st_mode)):
                    os.chown(name, owner.st_uid, owner.st_gid, dir_fd=place, follow_symlinks=False)
