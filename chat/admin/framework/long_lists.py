"""Lists that stay fast however long they get: nothing counts a million rows to say how many pages there are."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from chat.domain.errors import Words
from chat.models.moderation.sanction import REASON_MAX_CHARS

PER_PAGE = 50
# Nobody reads further than this; who looks for something older filters or searches.
COUNTED_ROWS = 2_000


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts only as far as one may turn the pages."""

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]  # the admin lists nothing else
        # In the order of the list: the database then goes the way that it goes for the list itself.
        return rows[:COUNTED_ROWS].values("pk").count()


class LongListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """An admin of what there may be millions of."""

    paginator = BoundedPaginator
    list_per_page = PER_PAGE
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_title: Words = ""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Called by what it shows, not by what Django would have one do with it."""
        title = self.list_title or capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title} | (extra_context or {}))


class ReasonActionForm(ActionForm):
    """Beside the choice of what to do with the selected rows: why."""

    reason = forms.CharField(
        max_length=REASON_MAX_CHARS,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Why"), "aria-label": gettext_lazy("Reason")}),
    )


class InputFilter(admin.SimpleListFilter):
    """A filter into which one writes: a list of all rooms or people would be too long to choose from."""

    template = "admin/chat/input_filter.html"
    kind = "text"

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(request, *args)
        self.others = [(name, value) for name, value in request.GET.items() if name not in (self.parameter_name, "p", "e")]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("", "")]

    def choices(self, changelist: ChangeList) -> Any:
        without = changelist.get_query_string(remove=[str(self.parameter_name)])
        yield {"value": self.value() or "", "others": self.others, "kind": self.kind, "without": without}
