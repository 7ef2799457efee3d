"""Why there is no backup, or why one is not restored: one line, and nothing is left behind."""

from project.server.errors import StartError


class BackupError(StartError):
    """Ends the command with this line."""
