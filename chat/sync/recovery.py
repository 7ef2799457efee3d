"""After Redis restarted or lost data: each live room is found intact, or rebuilt from the record and the archive."""

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from secrets import token_hex

from django.conf import settings
from django.db.models import QuerySet

from chat.archive import restoring
from chat.archive.recounting import Blockers, recount
from chat.domain.errors import unavailable
from chat.domain.types import Position, RoomId, Turned, UserId
from chat.live.live_state import live_state
from chat.live.recovery import Counts, LiveRoom, RestoredLog, Returning, Tail
from chat.models import ArchiveState, Block, Membership, Room, Sanction, WordRule

log = logging.getLogger(__name__)

# Few enough that a room that is asked for meanwhile is not kept waiting by one step.
ROOMS_PER_STEP = 100
REPORT_SECONDS = 5.0
# Whoever else recovers the same room at the same moment is done after one of these.
ATTEMPTS = 5


def recover(room_ids: Iterable[RoomId]) -> int:
    """Make live rooms agree with this run of Redis, the record and the archive; return how many had to be rebuilt.

    Any number of processes may do this at once. Raises ChatError unavailable.
    """
    ids = sorted(set(room_ids))
    return sum(_recover_some(ids[start : start + ROOMS_PER_STEP]) for start in range(0, len(ids), ROOMS_PER_STEP))


def recover_all() -> int:
    """Recover every room there is, and note that all are well in this run of Redis; return how many had to be rebuilt."""
    rebuilt = 0
    for _ in range(ATTEMPTS):
        token = live_state().runs.begin_check()
        rebuilt += _recover_visibly(Room.objects.every_id())
        if live_state().runs.end_check(token):
            return rebuilt
    raise unavailable()


def recover_unchecked(room_ids: Iterable[RoomId]) -> None:
    """Recover these rooms, unless all were checked in this run of Redis. Raises ChatError unavailable."""
    if not is_checked():
        recover(room_ids)


def is_checked() -> bool:
    """Whether all rooms were checked in this run of Redis. Raises ChatError unavailable."""
    run_id, checked = live_state().runs.now_and_checked()
    return checked == run_id


def watch() -> None:
    """Recover all rooms if Redis has restarted or was emptied since they were last checked."""
    if not is_checked():
        rebuilt = recover_all()
        log.warning("Redis was restarted or emptied: all rooms were checked, %s rebuilt from the record and archive", rebuilt)


def _recover_visibly(room_ids: Sequence[RoomId]) -> int:
    """The same as `recover`; where it takes long, the log says how far it is."""
    rebuilt, reported_at = 0, time.monotonic()
    for done in range(0, len(room_ids), ROOMS_PER_STEP):
        if time.monotonic() - reported_at > REPORT_SECONDS:
            log.info("%s of %s rooms are checked against the record", done, len(room_ids))
            reported_at = time.monotonic()
        rebuilt += _recover_some(room_ids[done : done + ROOMS_PER_STEP])
    return rebuilt


def _recover_some(room_ids: Sequence[RoomId]) -> int:
    rebuilt = 0
    for _ in range(ATTEMPTS):
        done, room_ids = _attempt(room_ids)
        rebuilt += done
        if not room_ids:
            return rebuilt
    raise unavailable()


def _attempt(room_ids: Sequence[RoomId]) -> tuple[int, list[RoomId]]:
    """Return how many were rebuilt, and which rooms somebody else changed meanwhile."""
    store = live_state().recovery
    run_id, _ = live_state().runs.now_and_checked()
    # Live first: the record can only have gone on since, so that a live version above it comes from another past.
    live = dict(zip(room_ids, store.look(room_ids), strict=True))
    versions = dict(Room.objects.filter(pk__in=room_ids).values_list("pk", "version"))
    lost = [room_id for room_id in room_ids if room_id in versions and live[room_id].run_id != run_id]
    # What archivers hold in their hands may be what Redis has lost: from here on it is refused, and only then is read.
    archived = restoring.raise_fences(lost)
    live.update(zip(lost, store.look(lost, {room_id: state.epoch for room_id, state in archived.items()}), strict=True))

    intact = [room_id for room_id in lost if _is_intact(live[room_id], versions[room_id], archived[room_id])]
    began = zip(intact, store.begin_epochs({pk: archived[pk].epoch for pk in intact}, run_id, token_hex(6)), strict=True)
    overtaken = [room_id for room_id, ours in began if not ours]

    different = {room_id for room_id, version in versions.items() if live[room_id].version != version}
    rooms = Room.objects.in_bulk(sorted(different.union(lost).difference(intact)))
    rebuilt = [room_id for room_id, room in rooms.items() if _rebuild(run_id, live[room_id], room, archived.get(room_id))]
    return len(rebuilt), [*overtaken, *(room_id for room_id in rooms if room_id not in rebuilt)]


def _is_intact(live: LiveRoom, version: int, archived: ArchiveState) -> bool:
    has_log = live.length > 0 or live.seq == 0
    whole = not live.is_torn and live.knows_archive and live.seq >= archived.seq and live.rev >= archived.rev
    return live.version == version and has_log and whole


def _rebuild(run_id: str, live: LiveRoom, room: Room, archived: ArchiveState | None) -> bool:
    members = [Returning(membership.member(), _marker(membership)) for membership in _memberships(room.pk)]
    blockers = Block.objects.in_room(room.pk)
    messages = _restored_log(live, room.pk, archived, members, blockers) if archived else None
    sanctions = Sanction.objects.in_force().of_room(room.pk).by_person()
    rules = WordRule.objects.of_room(room.pk)
    return live_state().recovery.rebuild(
        run_id, live, room.facts(), room.version, members, messages, sanctions, rules, blockers
    )


def _memberships(room_id: RoomId) -> QuerySet[Membership]:
    return Membership.objects.filter(room=room_id).select_related("user")


def _marker(membership: Membership) -> Turned | None:
    return None if membership.last_read is None else Turned(membership.read_turn, membership.last_read)


def _restored_log(
    live: LiveRoom, room_id: RoomId, archived: ArchiveState, members: Sequence[Returning], blockers: Blockers
) -> RestoredLog:
    """The live log where it goes further, the archive where that does; numbers never go back."""
    # A room that never heard of the epoch that was archived last comes from another past, which the archive has overtaken.
    if not live.knows_archive:
        live = live._replace(epoch="", seq=0, rev=0, length=0)
    if archived.seq > live.seq:
        for sent in restoring.sent_lately(room_id, live.seq):
            live_state().recovery.remember_sent(room_id, sent)
    seq, rev = max(live.seq, archived.seq), max(live.rev, archived.rev)
    messages = restoring.newest_messages(room_id, live.seq if live.length else 0, archived.seq, settings.HOT_MESSAGES)
    drops_log = live.length == 0 or len(messages) < archived.seq - live.seq
    if drops_log and seq > archived.seq:
        messages = []
    amendments, complete_above = restoring.amendments(room_id, seq - len(messages) - (0 if drops_log else live.length) + 1)
    ends = {**restoring.ends_of(room_id), **({live.epoch: (seq, rev)} if live.epoch else {})}
    return RestoredLog(
        epoch=token_hex(6),
        seq=seq,
        rev=rev,
        revisions_from=complete_above,
        archived_rev=archived.rev,
        archived_epoch=archived.epoch,
        drops_log=drops_log,
        drops_amendments=not live.epoch,
        ends={epoch: (min(seq, end_seq), min(rev, end_rev)) for epoch, (end_seq, end_rev) in ends.items()},
        messages=messages,
        amendments=amendments,
        counts=_counts(live, room_id, archived, members, blockers),
    )


def _counts(
    live: LiveRoom, room_id: RoomId, archived: ArchiveState, members: Sequence[Returning], blockers: Blockers
) -> Counts:
    there: Mapping[UserId, Turned] = {}
    tail = Tail([], {})
    if live.epoch:
        [there] = live_state().archiving.read_markers([room_id])
        tail = live_state().recovery.tail(room_id, live, Position(live.epoch, archived.seq, archived.rev))
    recorded = {member.id: marker.seq for member, marker in members if marker}
    markers = {user: min(seq, there[user].seq) if user in there else seq for user, seq in recorded.items()}
    early = [user for user, seq in markers.items() if seq < recorded[user]]
    return recount(room_id, max(live.seq, archived.seq), markers, early, tail, blockers)
