"""Find a person to invite or to write to."""

from django.db.models import Q
from django.http import HttpRequest, JsonResponse

from accounts.models import User
from accounts.signed_in import signed_in
from chat.archive.long_reads import off_the_loop
from chat.web.errors import json_view

FOUND_AT_MOST = 20


@json_view
def people(request: HttpRequest) -> JsonResponse:
    """Return a few active people whose handle or name has the words; who is online is not told here."""
    me = signed_in(request)
    query = request.GET.get("q", "").strip().removeprefix("@")[:60]
    found = User.objects.filter(is_active=True).exclude(pk=me.pk)
    if query:
        found = found.filter(Q(handle__icontains=query) | Q(name__icontains=query))
    with off_the_loop():
        rows = list(found.order_by("name", "id").values("id", "handle", "name")[:FOUND_AT_MOST])
    return JsonResponse({"people": rows})
