"""Sends mail beside the page that asked for it: how long the mail server takes would tell whether there is an account."""

import logging
from email.utils import formataddr, parseaddr
from smtplib import SMTPException

import gevent
from django.conf import settings
from django.core.mail import EmailMessage
from gevent import monkey

from accounts.server_settings import current

log = logging.getLogger(__name__)


def sender() -> str:
    """Return the sender of our mail: the server by its name, unless the environment names another one."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((current().server_name if name in ("", "Parley") else name, address))


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
