"""The last backup, as Pulse shows it: when, how large, whether it was checked, when the next is due, and what went wrong."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from chat.admin.framework.panels import moment
from chat.live.statistics.backups import LastBackup

# A backup of a large installation to a slow drive takes as long; later than this none is being made.
GRACE = timedelta(hours=2)


class BackupSummary(NamedTuple):
    """When it was made, as text; what else there is to say; whether somebody has to act."""

    made: str
    says: str
    is_bad: bool


def summary(now: datetime, last: LastBackup) -> BackupSummary:
    """Return it; only backups that the server shall make by itself can be late."""
    made = moment(_at(last.made_at)) if last.made_at else gettext("none")
    checked = [gettext("{size}, read back and checked.").format(size=filesizeformat(last.size))] if last.made_at else []
    if not settings.BACKUP_DIR:
        off = gettext("The server creates none: BACKUP_DIR is not set.")
        return BackupSummary(made, " ".join([*checked, off]), is_bad=False)
    is_late = last.due_at is not None and now > _at(last.due_at) + GRACE
    says = [*checked, *_failure(last), *_next(now, last, is_late)]
    return BackupSummary(made, " ".join(says), is_bad=is_late or last.failed_at is not None or last.made_at is None)


def _failure(last: LastBackup) -> list[str]:
    if last.failed_at is None:
        return []
    return [gettext("The attempt on {moment} failed: {error}.").format(moment=moment(_at(last.failed_at)), error=last.error)]


def _next(now: datetime, last: LastBackup, is_late: bool) -> list[str]:
    if last.due_at is None:
        return []
    due = _at(last.due_at)
    if is_late:
        return [gettext("The next one is overdue since {moment}.").format(moment=moment(due))]
    if due <= now:
        return [gettext("The next one is being created.")]
    return [gettext("The next one is due on {moment}.").format(moment=moment(due))]


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
