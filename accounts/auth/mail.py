"""Sends mail beside the page that asked for it: how long the mail server takes would tell whether there is an account."""

import logging
from smtplib import SMTPException

import gevent
from django.core.mail import EmailMessage
from gevent import monkey

log = logging.getLogger(__name__)


def send_beside(message: EmailMessage) -> None:
    """Send soon and log why not; at once where there is no event loop, as in a management command."""
    if monkey.is_module_patched("socket"):
        gevent.spawn(_send, message)
    else:
        _send(message)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (OSError, SMTPException) as error:
        log.error("Mail could not be sent, check EMAIL_URL: %s", error)
