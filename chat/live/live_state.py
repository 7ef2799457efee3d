"""The live state as one thing: what actions and the live server are given."""

from functools import cache
from secrets import token_hex

import redis
from django.conf import settings
from gevent import monkey

from chat.live.archiving import ArchivingStore
from chat.live.limits import LimitStore
from chat.live.local_limits import LocalLimits
from chat.live.messages.amendments import AmendmentStore
from chat.live.messages.catching_up import CatchUpStore
from chat.live.messages.erasing import ErasingStore
from chat.live.messages.log import LogStore
from chat.live.messages.message_view import StandingReader
from chat.live.messages.purging import PurgeStore
from chat.live.presence import PresenceStore
from chat.live.read_markers import ReadingStore
from chat.live.recovery import RecoveryStore
from chat.live.redis.client import connect
from chat.live.redis.connection import Wire
from chat.live.redis.ownership import Ownership, ownership
from chat.live.redis.pipeline import Pipeline
from chat.live.redis.runs import RunStore
from chat.live.redis.scripts import GroupedScriptRunner, ScriptRunner
from chat.live.rooms import RoomStore
from chat.live.statistics.activity import ActivityStore
from chat.live.statistics.backups import BackupStore
from chat.live.statistics.database_sizes import DatabaseSizeStore
from chat.live.statistics.health import HealthStore
from chat.live.statistics.latency import DeliveryStore
from chat.live.statistics.metrics import MetricStore
from chat.live.word_lists import KnownLists


class LiveState:
    """Every store on one pool of connections; what people wait for, or what never rests, runs by `quick` if that is given."""

    def __init__(self, client: redis.Redis, quick: ScriptRunner | None = None, owner: Ownership | None = None) -> None:
        scripts = ScriptRunner(client)
        quick = quick or scripts
        self.client = client
        self.server_id = token_hex(6)
        self.rooms = RoomStore(client, scripts)
        self.standing = StandingReader(client)
        self.log = LogStore(quick, self.standing)
        self.catching_up = CatchUpStore(quick, self.standing)
        self.amendments = AmendmentStore(quick)
        self.purging = PurgeStore(scripts)
        self.reading = ReadingStore(quick)
        self.word_lists = KnownLists()
        self.archiving = ArchivingStore(quick)
        self.erasing = ErasingStore(client, scripts)
        self.recovery = RecoveryStore(client, scripts)
        self.runs = RunStore(quick, owner)
        self.limits = LimitStore(scripts)
        self.local_limits = LocalLimits()
        self.metrics = MetricStore(client, scripts)
        self.activity = ActivityStore(client)
        self.database_sizes = DatabaseSizeStore(client)
        self.delivery = DeliveryStore(quick)
        self.health = HealthStore(client)
        self.backups = BackupStore(client, scripts)
        self.presence = PresenceStore(quick, self.server_id)


@cache
def live_state() -> LiveState:
    """Return this process's way to the live state; it holds connections, never facts."""
    owner = ownership()
    client = connect(settings.REDIS_URL, owner.admit)
    if not monkey.is_module_patched("socket"):  # a management command: nobody else waits beside it
        return LiveState(client, owner=owner)
    return LiveState(client, GroupedScriptRunner(client, Pipeline(lambda: Wire(client))), owner)
