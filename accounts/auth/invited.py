"""A sign-up by invitation: what makes an invitation valid is the chat's to say, and it marks the request."""

from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest


class Invited(NamedTuple):
    """The request came by a valid invitation; `new_since`: what an account that it creates inherits from the inviter."""

    new_since: datetime | None


def mark_invited(request: HttpRequest, new_since: datetime | None) -> None:
    """Let this request create an account, whatever SIGNUP says."""
    request.invited = Invited(new_since)  # type: ignore[attr-defined]  # a mark of ours on Django's request


def invited(request: HttpRequest) -> Invited | None:
    """Return the mark; None for everybody else."""
    mark: Invited | None = getattr(request, "invited", None)
    return mark
