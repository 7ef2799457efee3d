"""What goes on in rooms, beside what the record says of them: asked once a page, whatever the number of rooms."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest

from chat.admin.framework.panels import moment_ms
from chat.archive.maintenance.message_counts import messages_since
from chat.domain.errors import ChatError
from chat.domain.types import PersonHere, RoomId
from chat.live.live_state import live_state

# A week has every day of the week in it.
DAYS = 7


class Activity(NamedTuple):
    """One room: who is there (None: Redis does not answer), messages a day over the last week, when one was sent last (ms)."""

    here: list[PersonHere] | None
    messages_a_day: float
    last_sent: int | None

    @property
    def online(self) -> str:
        return "?" if self.here is None else str(len(self.here))

    @property
    def a_day(self) -> str:
        return (
            f"{self.messages_a_day:.0f}"
            if self.messages_a_day >= 10 or not self.messages_a_day
            else f"{self.messages_a_day:.1f}"
        )

    @property
    def last(self) -> str:
        return moment_ms(self.last_sent) if self.last_sent else "-"


def activity_of(room_ids: Sequence[RoomId]) -> list[Activity]:
    """Return what goes on in each room."""
    week_ago = datetime.now(UTC) - timedelta(days=DAYS)
    sent = messages_since(round(week_ago.timestamp() * 1000), room_ids)
    try:
        here: Sequence[list[PersonHere] | None] = live_state().presence.who(room_ids)
        last = live_state().activity.last_sent(room_ids)
    except ChatError:
        here, last = [None] * len(room_ids), [None] * len(room_ids)
    return [
        Activity(people, sent.get(room_id, 0) / DAYS, newest)
        for room_id, people, newest in zip(room_ids, here, last, strict=True)
    ]


class RoomList(ChangeList):
    """The list of rooms, each with its activity."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = activity_of([room.pk for room in self.result_list])
        for room, activity in zip(self.result_list, found, strict=True):
            room.activity = activity
