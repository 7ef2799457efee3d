"""The live state as one thing: what actions and the live server are given."""

from functools import cache
from secrets import token_hex

import redis
from django.conf import settings

from chat.stores.amendments import AmendmentStore
from chat.stores.archiving import ArchivingStore
from chat.stores.catching_up import CatchUpStore
from chat.stores.connection import connect
from chat.stores.log import LogStore
from chat.stores.presence import PresenceStore
from chat.stores.reading import ReadingStore
from chat.stores.recovery import RecoveryStore
from chat.stores.rooms import RoomStore
from chat.stores.script import ScriptRunner
from chat.stores.standing import StandingReader


class LiveState:
    """Every store on one pool of connections."""

    def __init__(self, client: redis.Redis) -> None:
        scripts = ScriptRunner(client)
        self.client = client
        self.server_id = token_hex(6)
        self.rooms = RoomStore(client, scripts)
        self.standing = StandingReader(client)
        self.log = LogStore(scripts, self.standing)
        self.catching_up = CatchUpStore(scripts, self.standing)
        self.amendments = AmendmentStore(scripts)
        self.reading = ReadingStore(scripts)
        self.archiving = ArchivingStore(client, scripts)
        self.recovery = RecoveryStore(client, scripts)
        self.presence = PresenceStore(client, scripts, self.server_id)


@cache
def live_state() -> LiveState:
    """Return this process's way to the live state; it holds connections, never facts."""
    return LiveState(connect(settings.REDIS_URL))
