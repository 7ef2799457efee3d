"""Where an invitation link leads: the name of the room, and the way in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.signed_in import signed_in
from chat.actions.moderation.sanctions import refuse_the_banned
from chat.actions.rooms.invitations import accept_invitation, room_invited_to
from chat.web.errors import page_view


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@page_view
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before going in: a link that is only fetched, as by a preview, is not used up."""
    if request.method == "POST":
        return redirect("room", accept_invitation(signed_in(request), token).slug)
    room = room_invited_to(token)
    refuse_the_banned(room.pk, signed_in(request).pk)
    return render(request, "chat/invited.html", {"room": room})
