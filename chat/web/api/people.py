"""Find a person to invite or to write to."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from accounts.models import User

FOUND_AT_MOST = 20


@login_required
@require_GET
def people(request: HttpRequest) -> JsonResponse:
    """Return a few active people whose handle or name has the words; who is online is not told here."""
    assert request.user.pk
    query = request.GET.get("q", "").strip().removeprefix("@")[:60]
    found = User.objects.filter(is_active=True).exclude(pk=request.user.pk)
    if query:
        found = found.filter(Q(handle__icontains=query) | Q(name__icontains=query))
    rows = found.order_by("name", "id").values("id", "handle", "name")[:FOUND_AT_MOST]
    return JsonResponse({"people": list(rows)})
