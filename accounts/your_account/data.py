"""One's own data as a zip: asked for here, written by the server beside its other work, and fetched here."""

from collections.abc import Iterator
from datetime import timedelta

from allauth.account.decorators import reauthentication_required
from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import DataExport, DataExportPart
from accounts.signed_in import signed_in

KEPT = timedelta(days=3)


@login_required
@reauthentication_required(app="allauth.account")
@rate_limit(action="export_data")
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest) -> HttpResponse:
    """Say how far the export is. POST asks for one, instead of the last."""
    export = DataExport.objects.filter(user=signed_in(request)).first()
    if request.method != "POST":
        until = export.finished_at + KEPT if export and export.finished_at else None
        return render(request, "accounts/data.html", {"export": export, "until": until})
    if export is None or export.finished_at:
        if export:
            drop_export(export)
        DataExport.objects.get_or_create(user=signed_in(request))
    return redirect("account_data")


@login_required
@reauthentication_required(app="allauth.account")
@require_safe
def download(request: HttpRequest) -> StreamingHttpResponse:
    """Send the zip, a piece at a time."""
    user = signed_in(request)
    export = DataExport.objects.filter(user=user, finished_at__gt=timezone.now() - KEPT).first()
    if export is None:
        raise Http404
    response = StreamingHttpResponse(_pieces(export), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="parley-{user.handle}.zip"'
    response["Content-Length"] = str(export.size)
    return response


def drop_export(export: DataExport) -> None:
    """Delete an export; its pieces first, without reading them."""
    parts = DataExportPart.objects.filter(export=export)
    parts._raw_delete(parts.db)
    export.delete()


def _pieces(export: DataExport) -> Iterator[bytes]:
    parts = DataExportPart.objects.filter(export=export)
    for number in range(parts.count()):
        yield bytes(parts.get(number=number).content)
