"""The moderators' way around the admin: the screens that they may open, with what waits for them."""

from typing import Any

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from chat.models import JoinRequest, Report

register = template.Library()

SCREENS = (
    ("pulse", gettext_noop("Pulse"), "chat.view_moderationlog"),
    ("admin:chat_report_changelist", gettext_noop("Reports"), "chat.view_report"),
    ("admin:chat_joinrequest_changelist", gettext_noop("Requests"), "chat.view_joinrequest"),
    ("admin:accounts_user_changelist", gettext_noop("People"), "accounts.view_user"),
    ("admin:chat_room_changelist", gettext_noop("Rooms"), "chat.view_room"),
    ("admin:chat_message_changelist", gettext_noop("Messages"), "chat.view_message"),
    ("admin:chat_sanction_changelist", gettext_noop("Sanctions"), "chat.view_sanction"),
    ("admin:chat_invitation_changelist", gettext_noop("Invitations"), "chat.view_invitation"),
    ("admin:chat_wordrule_changelist", gettext_noop("Words"), "chat.view_wordrule"),
    ("admin:chat_moderationlog_changelist", gettext_noop("Log"), "chat.view_moderationlog"),
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
            tabs.append({"url": url, "title": gettext(title), "is_open": request.path.startswith(url), "waiting": waiting})
    return {"tabs": tabs}


def _waiting(title: str, user_id: int) -> int:
    if title == "Requests":
        return JoinRequest.objects.filter(state=JoinRequest.State.OPEN).count()
    if title != "Reports":
        return 0
    return Report.objects.exclude(author=user_id).exclude(state=Report.State.RESOLVED).count()
