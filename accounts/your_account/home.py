"""The page that leads to everything about one's own account."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Who is logged in, and where to change it."""
    return render(request, "accounts/home.html")
