"""What stands between a right password and being logged in."""

from allauth.account.stages import EmailVerificationStage
from django.http import HttpResponse


class VerifyNewcomersStage(EmailVerificationStage):
    """Ask for a verified address once, before the first log-in: turning mail on must not lock out who is already in."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        if user and (user.is_staff or user.last_login):
            return None, True
        result: tuple[HttpResponse | None, bool] = super().handle()
        return result
