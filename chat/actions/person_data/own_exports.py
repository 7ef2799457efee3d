"""The exports that people asked for on their page, written one after the other beside everything else."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import DataExport, DataExportPart
from accounts.your_account.data import KEPT, drop_export
from bounds.pause import let_others_go_on
from chat.actions.person_data.exporting import person_parts
from chat.actions.person_data.files import fill_zip

log = logging.getLogger(__name__)

# A process that began it writes until then; if it has not finished by then, it was killed.
STOPPED_AFTER = timedelta(minutes=10)
PART_BYTES = 256 * 1024


def write_asked_exports() -> None:
    """Write what people asked for; called every few seconds by a server. Raises ChatError unavailable; tried again later."""
    while (export := _claim()) is not None:
        _write(export)


def drop_old_exports() -> int:
    """Delete exports that were there for long enough; return how many."""
    old = list(DataExport.objects.filter(finished_at__lt=timezone.now() - KEPT))
    for export in old:
        drop_export(export)
        let_others_go_on()
    return len(old)


def _claim() -> DataExport | None:
    """Take one that nobody is writing; of several processes one gets it."""
    now = timezone.now()
    is_free = Q(began_at=None) | Q(began_at__lt=now - STOPPED_AFTER)
    for export in DataExport.objects.filter(is_free, finished_at=None).order_by("asked_at")[:1]:
        mine = DataExport.objects.filter(is_free, pk=export.pk, finished_at=None).update(began_at=now)
        return export if mine else None
    return None


def _write(export: DataExport) -> None:
    DataExportPart.objects.filter(export=export).delete()  # of a process that was killed
    pieces = _Pieces(export)
    fill_zip(pieces, person_parts(export.user))
    pieces.close()
    with transaction.atomic():
        DataExport.objects.filter(pk=export.pk).update(finished_at=timezone.now(), size=pieces.size)
    log.info("The export of person %s is ready: %s bytes", export.pk, pieces.size)


class _Pieces:
    """A file that can only be written to, and is kept in pieces; each is a transaction of its own."""

    def __init__(self, export: DataExport) -> None:
        self._export = export
        self._pending = bytearray()
        self._number = 0
        self.size = 0

    def write(self, content: bytes) -> int:
        self._pending += content
        while len(self._pending) >= PART_BYTES:
            self._keep(PART_BYTES)
        return len(content)

    def flush(self) -> None:
        """Nothing: the zip's writer asks for it after each file."""

    def close(self) -> None:
        """Keep what is left."""
        if self._pending:
            self._keep(len(self._pending))

    def _keep(self, size: int) -> None:
        content = bytes(self._pending[:size])
        del self._pending[:size]
        DataExportPart.objects.create(export=self._export, number=self._number, content=content)
        self._number += 1
        self.size += len(content)
        let_others_go_on()
