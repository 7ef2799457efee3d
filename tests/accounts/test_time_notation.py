"""Pages of the server show times as the person's browser does: by its cookie, in 12 or 24 hours."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.time_notation import follow_cookie, in_notation
from chat.admin.framework.panels import moment
from chat.domain.types import LiveSanction
from chat.web.pages.banned import ban_page

AFTERNOON = datetime(2026, 11, 23, 15, 4, 5, tzinfo=UTC)
BAN = LiveSanction("ban", int(AFTERNOON.timestamp() * 1000), "spam")


def _page(cookie: str | None, draw: Callable[[HttpRequest], str]) -> str:
    """What a page of somebody with this cookie says."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    if cookie is not None:
        request.COOKIES["hours"] = cookie
    return follow_cookie(lambda asked: HttpResponse(draw(asked)))(request).content.decode()


@pytest.mark.parametrize(
    ("cookie", "admin"),
    [(None, "23 Nov 2026, 15:04"), ("24", "23 Nov 2026, 15:04"), ("12", "23 Nov 2026, 3:04 PM"), ("x", "23 Nov 2026, 15:04")],
)
def test_the_admin_says_times_as_the_chat_does(cookie: str | None, admin: str) -> None:
    assert _page(cookie, lambda _: moment(AFTERNOON)) == admin


def test_the_page_of_a_ban_says_its_end_so_too() -> None:
    def draw(request: HttpRequest) -> str:
        return ban_page(request, BAN, is_from_site=False).content.decode()

    assert "23 November 2026, 15:04 UTC" in _page("24", draw)
    assert "23 November 2026, 3:04 PM UTC" in _page("12", draw)


def test_the_next_request_has_its_own_notation() -> None:
    assert _page("12", lambda _: in_notation("H:i:s")) == "g:i:s A"
    assert in_notation("H:i:s") == "H:i:s"
