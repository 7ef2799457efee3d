"""The word lists: of one room, and of all."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from chat.actions.actor import Person
from chat.actions.authorization import authorise, authorise_on_site
from chat.actions.moderation.moderation_log import record_act
from chat.domain.errors import bad_request
from chat.domain.policy import Act
from chat.domain.text import measure
from chat.domain.types import RoomId
from chat.domain.word_filter import Effect, RuleKind, clean_pattern
from chat.models import ModerationLog, WordRule
from chat.sync.projection import record_change, record_change_everywhere

PATTERN_MAX_CHARS = 100
# Each message is compared with every rule of its room and of the site: 400 of them take 20 ms at worst.
MOST_RULES = 200


def set_word_rule(actor: Person, room_id: RoomId | None, kind: RuleKind, pattern: str, effect: Effect) -> WordRule:
    """Add a rule, or give an existing one another effect; without a room, in all rooms.

    Raises not_found, not_member, forbidden or bad_request.
    """
    _authorise(actor, room_id)
    measure(pattern, PATTERN_MAX_CHARS)
    pattern = clean_pattern(kind, pattern)
    if len(pattern) > PATTERN_MAX_CHARS:
        raise bad_request(format_lazy(gettext_lazy("At most {most} characters are allowed."), most=PATTERN_MAX_CHARS))
    with transaction.atomic():
        rules = WordRule.objects.filter(room=room_id)
        rule = rules.filter(kind=kind, pattern=pattern).first()
        if rule is None and rules.count() >= MOST_RULES:
            raise bad_request(format_lazy(gettext_lazy("A list has at most {most} rules."), most=MOST_RULES))
        rule = rule or WordRule(room_id=room_id, kind=kind, pattern=pattern)
        rule.effect = effect
        rule.save()
        _keep(actor, room_id, {"kind": kind, "pattern": pattern, "effect": effect})
    return rule


def drop_word_rule(actor: Person, room_id: RoomId | None, kind: RuleKind, pattern: str) -> None:
    """Take a rule off the list; nothing happens where there is none. Raises not_found, not_member or forbidden."""
    _authorise(actor, room_id)
    with transaction.atomic():
        dropped, _ = WordRule.objects.filter(room=room_id, kind=kind, pattern=pattern).delete()
        if dropped:
            _keep(actor, room_id, {"kind": kind, "pattern": pattern, "effect": "none"})


def rules_for(actor: Person, room_id: RoomId) -> QuerySet[WordRule]:
    """Return what holds in a room, the site's rules among it; raises not_found, not_member or forbidden."""
    authorise(actor, Act.CHANGE_WORDS, room_id, only_reads=True)
    return WordRule.objects.filter(Q(room=room_id) | Q(room=None))


def _authorise(actor: Person, room_id: RoomId | None) -> None:
    if room_id is None:
        authorise_on_site(actor, Act.CHANGE_SITE_WORDS)
    else:
        authorise(actor, Act.CHANGE_WORDS, room_id)


def _keep(actor: Person, room_id: RoomId | None, rule: dict[str, Any]) -> None:
    record_act(ModerationLog.Action.WORDS, actor.id, room_id, **rule)
    if room_id is None:
        record_change_everywhere()
    else:
        record_change(room_id)
