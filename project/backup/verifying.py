"""Whether a backup could be restored here: unpacked, checked and thrown away."""

from pathlib import Path

from django.conf import settings

from project.backup import archive_file
from project.backup.content import live_state_fault, unpack
from project.backup.manifest import Manifest, refuse_newer
from project.backup.progress import Progress
from project.backup.staging import Staging


def verify(path: Path, progress: Progress) -> tuple[Manifest, str]:
    """Return what the backup holds, and why its live state cannot be used here, if so. Raises StartError."""
    # First: what a newer version packs, this one may not know.
    refuse_newer(archive_file.read_manifest(path))
    with Staging(settings.DATA_DIR) as folder:
        manifest = unpack(path, folder, progress)
        return manifest, live_state_fault(manifest, folder)
