"""The moderators' way around the admin: the screens that they may open, with what waits for them."""

from typing import Any

from django import template
from django.template import RequestContext
from django.urls import reverse

from chat.models import JoinRequest, Report

register = template.Library()

SCREENS = (
    ("pulse", "Pulse", "chat.view_moderationlog"),
    ("admin:chat_report_changelist", "Reports", "chat.view_report"),
    ("admin:chat_joinrequest_changelist", "Requests", "chat.view_joinrequest"),
    ("admin:accounts_user_changelist", "People", "accounts.view_user"),
    ("admin:chat_room_changelist", "Rooms", "chat.view_room"),
    ("admin:chat_message_changelist", "Messages", "chat.view_message"),
    ("admin:chat_sanction_changelist", "Sanctions", "chat.view_sanction"),
    ("admin:chat_invitation_changelist", "Links", "chat.view_invitation"),
    ("admin:chat_wordrule_changelist", "Words", "chat.view_wordrule"),
    ("admin:chat_moderationlog_changelist", "Log", "chat.view_moderationlog"),
)


@register.inclusion_tag("admin/chat/tabs.html", takes_context=True)
def moderation_tabs(context: RequestContext) -> dict[str, Any]:
    """Draw one tab a screen; the one that is open is marked."""
    request = context["request"]
    tabs = []
    for name, title, permission in SCREENS:
        if request.user.has_perm(permission):
            url = reverse(name)
            waiting = _waiting(title, request.user.pk)
            tabs.append({"url": url, "title": title, "is_open": request.path.startswith(url), "waiting": waiting})
    return {"tabs": tabs}


def _waiting(title: str, user_id: int) -> int:
    if title == "Requests":
        return JoinRequest.objects.filter(state=JoinRequest.State.OPEN).count()
    if title != "Reports":
        return 0
    return Report.objects.exclude(author=user_id).exclude(state=Report.State.RESOLVED).count()
