"""Sessions that are over: Django leaves them in the database for ever."""

from django.contrib.sessions.models import Session
from django.utils import timezone

from bounds.pause import let_others_go_on

# Deleted in one transaction, which others wait for: some 5 ms, with what is kept of their devices.
ROWS = 50


def clear_expired_sessions() -> int:
    """Delete them in slices and return how many there were; each is announced as ended, so that no connection outlives it."""
    cleared = 0
    while expired := list(Session.objects.filter(expire_date__lt=timezone.now()).values_list("pk", flat=True)[:ROWS]):
        Session.objects.filter(pk__in=expired).delete()
        cleared += len(expired)
        let_others_go_on()
    return cleared
