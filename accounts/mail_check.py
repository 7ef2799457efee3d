"""A mail by which owners see whether the server can send any."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext

from accounts.auth.mail import sender
from accounts.models import User
from accounts.server_settings import current

ANSWER_MAX_CHARS = 300


class MailNotSent(Exception):
    """The mail server's answer, or why there is none, in one line."""


def mail_server() -> str | None:
    """Return the host that EMAIL_URL names, with its port; None where mail is printed to the console."""
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}" if settings.SENDS_MAIL else None


def send_trial(to: User) -> None:
    """Send it now, within EMAIL_TIMEOUT; raises MailNotSent."""
    name = current().server_name
    words = gettext("Test mail")  # beside the f-string: before Python 3.12 texts within one are not found
    subject = f"[{name}] {words}"
    text = gettext("%(server)s can send mail.") % {"server": name}
    try:
        EmailMessage(subject, text, sender(), [to.email]).send()
    except (OSError, SMTPException) as error:
        raise MailNotSent(" ".join(str(error).split())[:ANSWER_MAX_CHARS] or type(error).__name__) from error
