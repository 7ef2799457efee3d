"""Whose wrong passwords are counted together: the account's as the database knows it, however it was spelt.

A browser in which the person was logged in before has a count of its own ("device cookies", OWASP): otherwise anybody who
knows a handle could keep its owner out by wrong tries.
"""

import hashlib
from secrets import token_urlsafe

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.models import User

_SALT = "accounts.known_browser"
_MAX_AGE_SECONDS = 365 * 24 * 60 * 60


def login_key(request: HttpRequest, email: str = "", handle: str = "") -> str:
    """Return the name under which a log-in's tries are counted; one query, whether there is such an account or not."""
    account = account_key(email, handle)
    device = _device_of(request, account)
    return f"{account}:{device}" if device else account


def account_key(email: str = "", handle: str = "") -> str:
    """Return the name of the account itself; one that is not there is counted like one that is."""
    typed = (email or handle).strip().lower()
    found = User.objects.filter(email__iexact=typed) if email else User.objects.filter(handle=typed)
    user_id = found.values_list("pk", flat=True).first()
    return f"account:{user_id or hashlib.sha256(typed.encode(errors='surrogatepass')).hexdigest()}"


def remember_browser(response: HttpResponse, user_id: int) -> None:
    """Let this browser's later tries for this account be counted by themselves."""
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        signing.dumps({"account": f"account:{user_id}", "device": token_urlsafe(12)}, salt=_SALT),
        max_age=_MAX_AGE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _device_of(request: HttpRequest, account: str) -> str:
    """Return the browser's own mark, or "" where nobody was logged in to this account before."""
    try:
        known = signing.loads(request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, ""), salt=_SALT, max_age=_MAX_AGE_SECONDS)
    except signing.BadSignature:
        return ""
    return str(known["device"]) if known["account"] == account else ""
