"""Whom I block, as JSON."""

from django.http import HttpRequest, JsonResponse

from accounts.signed_in import signed_in
from chat.actions.blocking import blocked_people
from chat.web.errors import json_view
from chat.web.person_facts import person_facts


@json_view
def blocked(request: HttpRequest) -> JsonResponse:
    """Return them by name; there are at most 1,000."""
    return JsonResponse({"people": [person_facts(person) for person in blocked_people(signed_in(request))]})
