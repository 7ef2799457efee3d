"""The word lists, of the site and of rooms."""

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from accounts.signed_in import signed_in
from chat.actions.moderation.word_rules import drop_word_rule, set_word_rule
from chat.admin.framework.autocomplete import AutocompleteAdmin
from chat.admin.framework.filters import RoomFilter
from chat.admin.framework.long_lists import LongListAdmin
from chat.admin.framework.panels import Cell, room_link
from chat.admin.framework.through_actions import ThroughActionsAdmin
from chat.models import Room, WordRule


@admin.register(WordRule)
class WordRuleAdmin(AutocompleteAdmin, LongListAdmin, ThroughActionsAdmin):
    """What is not welcome. A rule gets another effect; with other words it is another rule."""

    list_title = gettext_lazy("Blocked words")
    fields = ("room", "kind", "pattern", "effect")
    list_display = ("pattern", "kind", "effect", "where")
    list_filter = ("effect", "kind", RoomFilter)
    list_select_related = ("room",)
    search_fields = ("pattern",)
    autocomplete_fields = ("room",)

    def get_readonly_fields(self, request: HttpRequest, obj: WordRule | None = None) -> tuple[str, ...]:
        return ("where", "kind", "pattern") if obj else ()

    def get_fields(self, request: HttpRequest, obj: WordRule | None = None) -> tuple[str, ...]:
        return ("where", "kind", "pattern", "effect") if obj else self.fields

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Room, Room]", request: HttpRequest, **kwargs: object
    ) -> "forms.ModelChoiceField[Room] | None":
        rooms = Room.objects.exclude(kind=Room.Kind.DIRECT)
        return super().formfield_for_foreignkey(db_field, request, **(kwargs | {"queryset": rooms}))

    def save_model(self, request: HttpRequest, obj: WordRule, form: "forms.ModelForm[WordRule]", change: bool) -> None:
        kept = set_word_rule(signed_in(request), obj.room_id, obj.kind, obj.pattern, obj.effect)  # type: ignore[arg-type]  # the choices are the rule's
        obj.pk, obj.pattern = kept.pk, kept.pattern

    def delete_model(self, request: HttpRequest, obj: WordRule) -> None:
        drop_word_rule(signed_in(request), obj.room_id, obj.kind, obj.pattern)  # type: ignore[arg-type]  # the choices are the rule's

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[WordRule]) -> None:
        self.do_to_each(request, queryset, lambda rule: self.delete_model(request, rule), gettext("dropped"))

    @admin.display(description=gettext_lazy("where"), ordering="room")
    def where(self, rule: WordRule) -> Cell:
        return room_link(rule.room, gettext("all rooms"))
