"""Fills an empty installation by the same actions that people use."""

from collections.abc import Iterable

from chat.actions.messages import amendments, read_markers, sending
from chat.actions.moderation import mute_kick_ban, reports
from chat.actions.rooms import creating, membership, roles
from chat.domain.protocol import Delete, Edit, React, Send
from chat.domain.types import Author
from chat.models import Room
from project.demo.backdating import backdate_messages, backdate_people
from project.demo.people import OWNER, make_people
from project.demo.rooms import ENGINEERING, ROOMS, DemoRoom, Line

People = dict[str, Author]
SITE_AGE_DAYS = 120
MUTE_SECONDS = 6 * 60 * 60


def fill() -> None:
    """Make the people, their rooms, and what they said; needs a running Redis."""
    people = make_people()
    made = {facts.name: _fill_room(facts, people) for facts in ROOMS}
    _keep_in_order(made, people)
    backdate_people(SITE_AGE_DAYS)


def _fill_room(facts: DemoRoom, people: People) -> Room:
    room = _open_room(facts, people)
    for number, line in enumerate(facts.lines, 1):
        _say(room.pk, number, line, people)
    backdate_messages(room.pk, [line.minutes_ago for line in facts.lines])
    for number, line in enumerate(facts.lines, 1):
        _change(room.pk, number, line, people)
    for handle in facts.members.split():
        unread = facts.unread if handle == OWNER else 0
        read_markers.move_read_marker(people[handle].id, room.pk, len(facts.lines) - unread)
    if facts.kind != "direct":
        creating.change_room(room.pk, state=facts.state, slow_mode=facts.slow_mode)
    return room


def _open_room(facts: DemoRoom, people: People) -> Room:
    owner, *others = (people[handle] for handle in facts.members.split())
    if facts.kind == "direct":
        return creating.open_direct_room(owner, [other.id for other in others])
    room = creating.create_room(owner, facts.name, facts.kind, facts.topic, newcomers_join=facts.state == "announcement")
    for other in others:
        membership.add_member(room.pk, other.id)
    for handle in facts.moderators.split():
        roles.set_role(room.pk, people[handle].id, "moderator")
    return room


def _say(room_id: int, number: int, line: Line, people: People) -> None:
    sent = Send(room=room_id, client_id=f"demo-{number:04}", text=line.text, reply_to=line.answers)
    sending.send_messages(people[line.author], [sent])


def _change(room_id: int, seq: int, line: Line, people: People) -> None:
    for emoji, handle in _cheers(line.cheers):
        amendments.react_to_message(people[handle].id, React(room_id, seq, emoji, on=True))
    if line.edited:
        amendments.edit_message(people[line.author].id, Edit(room_id, seq, line.edited))
    if line.deleted_by:
        amendments.delete_message(people[line.deleted_by], Delete(room_id, seq, "Advertising"))


def _cheers(cheers: str) -> Iterable[tuple[str, str]]:
    for each in cheers.split(", ") if cheers else ():
        emoji, *handles = each.split(" ")
        yield from ((emoji, handle) for handle in handles)


def _keep_in_order(made: dict[str, Room], people: People) -> None:
    """What moderators do: somebody is muted, somebody banned, and reports wait to be looked at."""
    engineering, desk, on_air = (made[name].pk for name in (ENGINEERING.name, "front desk", "on air"))
    mute_kick_ban.mute_person(people["ines"], engineering, people["quint"].id, "The same link in four rooms", MUTE_SECONDS)
    reports.report_message(people["freya"], desk, 5, "Spam or advertising: the third time today")
    reports.report_message(people["dalia"], desk, 2, "Something else: it really does tick")
    reports.report_message(people["mei"], on_air, 5, "Something else: where is the cake?")
