"""The live state as one thing: what actions and the live server are given."""

from functools import cache
from secrets import token_hex

import redis
from django.conf import settings
from gevent import monkey

from chat.stores.activity import ActivityStore
from chat.stores.amendments import AmendmentStore
from chat.stores.archiving import ArchivingStore
from chat.stores.backups import BackupStore
from chat.stores.catching_up import CatchUpStore
from chat.stores.connection import connect
from chat.stores.database_sizes import DatabaseSizeStore
from chat.stores.delivery import DeliveryStore
from chat.stores.erasing import ErasingStore
from chat.stores.health import HealthStore
from chat.stores.limits import LimitStore
from chat.stores.local_limits import LocalLimits
from chat.stores.log import LogStore
from chat.stores.metrics import MetricStore
from chat.stores.ownership import Ownership, ownership
from chat.stores.pipeline import Pipeline
from chat.stores.presence import PresenceStore
from chat.stores.purging import PurgeStore
from chat.stores.reading import ReadingStore
from chat.stores.recovery import RecoveryStore
from chat.stores.rooms import RoomStore
from chat.stores.runs import RunStore
from chat.stores.script import GroupedScriptRunner, ScriptRunner
from chat.stores.standing import StandingReader
from chat.stores.wire import Wire
from chat.stores.word_lists import KnownLists


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
