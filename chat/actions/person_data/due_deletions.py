"""Accounts whose people asked to delete them two weeks ago, and did not come back: erased as by the command."""

import logging

from django.utils import timezone

from accounts.models import AccountDeletion
from chat.actions.person_data.erasing import begin_erasure, continue_erasures
from chat.domain.errors import ChatError, Code

log = logging.getLogger(__name__)


def erase_due_accounts() -> int:
    """Erase them and return how many; called about once a minute by a server. Raises ChatError unavailable."""
    due = list(AccountDeletion.objects.filter(due_at__lte=timezone.now()).order_by("due_at"))
    for deletion in due:
        _begin(deletion)
    if due:
        continue_erasures()
    return len(due)


def _begin(deletion: AccountDeletion) -> None:
    try:
        begin_erasure(deletion.user_id, deletion.deletes_messages)
    except ChatError as error:
        if error.code is not Code.FORBIDDEN:
            raise
        log.warning("Person %s asked to delete their account, and is the only owner: it stays", deletion.user_id)
    deletion.delete()
