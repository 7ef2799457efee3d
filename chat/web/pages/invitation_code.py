"""The QR code of an invitation, for phones that look at a screen."""

from io import BytesIO

import segno
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.signed_in import signed_in
from chat.actions.rooms.invitations import own_invitation
from chat.web.errors import page_view

# Of 25 to 37 modules; the quiet zone that the standard asks for.
BORDER_MODULES = 4


@login_required
@require_safe
@page_view
def invitation_code(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Return the code of one's own good invitation, black on white in both themes: cameras expect that."""
    link = str(own_invitation(signed_in(request), invitation_id).link())
    drawing = BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(drawing, kind="svg", border=BORDER_MODULES, dark="#000", light="#fff", xmldecl=False, omitsize=True)
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")
