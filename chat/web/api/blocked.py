"""Whom I block, as JSON."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from chat.actions.blocking import blocked_people
from chat.web.person_facts import person_facts, signed_in


@login_required
@require_GET
def blocked(request: HttpRequest) -> JsonResponse:
    """Return them by name; there are at most 1,000."""
    return JsonResponse({"people": [person_facts(person) for person in blocked_people(signed_in(request))]})
