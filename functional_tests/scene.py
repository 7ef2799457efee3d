"""Run in a server's environment: arranges what no page and no event can, as `make_owner` and a past of several days."""

import json
import os
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

SENT_AT = re.compile(rb'"sent_at":\d+')


def name_people(names: dict[str, str]) -> str:
    """Let people be called by their names, whatever handles were left for them."""
    from accounts.models import User

    return str(sum(User.objects.filter(handle=handle).update(name=name.title()) for handle, name in names.items()))


def make_owner(handle: str, room_name: str) -> str:
    """Put a person where the first run puts its opener: the server is theirs, and so is a room for newcomers."""
    from accounts.models import User
    from chat.actions.rooms.creating import create_room

    User.objects.filter(handle=handle).update(is_staff=True, is_superuser=True)
    return create_room(User.objects.get(handle=handle), room_name, "public", newcomers_join=True).name


def hold_word(handle: str, room_id: int, word: str) -> str:
    """Let a room's moderators look at every message that has this word, before anybody else does."""
    from accounts.models import User
    from chat.actions.moderation.word_rules import set_word_rule

    return set_word_rule(User.objects.get(handle=handle), room_id, "word", word, "hold").pattern


def spread(room_id: int, days: int) -> str:
    """Make a room's messages as old as if they were written from noon on, a minute apart, on each of the last days."""
    from chat.live.live_state import live_state
    from chat.live.redis import keys

    client: Any = live_state().client
    messages = client.lrange(keys.log(room_id), 0, -1)
    per_day = -(-len(messages) // days)
    today = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    for index, message in enumerate(messages):
        sent = today - timedelta(days=days - index // per_day) + timedelta(minutes=index % per_day)
        client.lset(keys.log(room_id), index, SENT_AT.sub(b'"sent_at":%d' % (sent.timestamp() * 1000), message, count=1))
    return str(per_day)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"
    import django

    django.setup()
    acts: dict[str, Callable[..., str]] = {
        "name_people": name_people,
        "make_owner": make_owner,
        "hold_word": hold_word,
        "spread": spread,
    }
    print(acts[sys.argv[1]](*json.loads(sys.argv[2])))
