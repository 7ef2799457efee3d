"""Who may do what: every act, in every kind of room, by everyone, to everyone."""

import json
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from chat.domain.policy import PERMISSIONS, TABLE, Act, Rank, may, rank_of
from chat.domain.types import Kind, Role
from chat.moderators_group import MAY

OUTSIDER, MEMBER, MODERATOR, OWNER, STAFF, SITE_OWNER = Rank
NOBODY = None
# Said again beside the table, act by act: the least rank in public, private and direct rooms.
LEAST = {
    Act.JOIN: (OUTSIDER, NOBODY, NOBODY),
    Act.LEAVE: (MEMBER, MEMBER, NOBODY),
    Act.INVITE: (MEMBER, MODERATOR, NOBODY),
    Act.MAKE_INVITATION: (MEMBER, MODERATOR, NOBODY),
    Act.SEE_INVITATIONS: (MODERATOR, MODERATOR, NOBODY),
    Act.ANSWER_REQUEST: (NOBODY, MODERATOR, NOBODY),
    Act.CHANGE_ROOM: (MODERATOR, MODERATOR, NOBODY),
    Act.CHANGE_WORDS: (MODERATOR, MODERATOR, NOBODY),
    Act.ARCHIVE_ROOM: (OWNER, OWNER, NOBODY),
    Act.MUTE: (MODERATOR, MODERATOR, NOBODY),
    Act.KICK: (MODERATOR, MODERATOR, NOBODY),
    Act.BAN: (MODERATOR, MODERATOR, NOBODY),
    Act.DELETE: (MODERATOR, MODERATOR, STAFF),
    Act.RESTORE_AUTHORS: (STAFF, STAFF, STAFF),
    Act.PURGE: (MODERATOR, MODERATOR, STAFF),
    Act.HANDLE_REPORT: (MODERATOR, MODERATOR, STAFF),
    Act.CHANGE_ROLE: (OWNER, OWNER, NOBODY),
    Act.HAND_OVER: (OWNER, OWNER, NOBODY),
    Act.SANCTION_SITE: (STAFF, STAFF, STAFF),
    Act.CHANGE_SITE_WORDS: (STAFF, STAFF, STAFF),
    Act.INVITE_TO_SITE: (STAFF, STAFF, STAFF),
    Act.CREATE_ROOM: (STAFF, STAFF, STAFF),
}
KINDS = get_args(Kind)
# What no permission of Django's gives: it takes a role in the room.
BY_ROLE_ALONE = {Act.JOIN, Act.LEAVE, Act.INVITE}


def test_no_act_is_forgotten() -> None:
    assert set(LEAST) == set(TABLE) == set(Act)
    assert set(PERMISSIONS) == set(Act) - BY_ROLE_ALONE


def test_the_moderators_group_holds_every_permission_of_the_sites_staff() -> None:
    assert set(PERMISSIONS.values()) <= {f"{label}.{codename}" for label, codenames in MAY.items() for codename in codenames}


@pytest.mark.parametrize("act", Act)
def test_an_act_needs_a_rank(act: Act) -> None:
    for kind, least in zip(KINDS, LEAST[act], strict=True):
        allowed = {rank for rank in Rank if may(rank, act, kind)}
        assert allowed == {rank for rank in Rank if least is not None and rank >= least}


@pytest.mark.parametrize("act", Act)
def test_nobody_acts_on_an_equal_or_on_somebody_above(act: Act) -> None:
    for kind, actor, target in product(KINDS, Rank, Rank):
        assert may(actor, act, kind, target) == (may(actor, act, kind) and actor > target)


@pytest.mark.parametrize(
    ("role", "is_staff", "is_site_owner", "rank"),
    [
        *((role, True, True, SITE_OWNER) for role in (None, *get_args(Role))),
        *((role, False, True, SITE_OWNER) for role in (None, *get_args(Role))),
        *((role, True, False, STAFF) for role in (None, *get_args(Role))),
        (None, False, False, OUTSIDER),
        ("member", False, False, MEMBER),
        ("moderator", False, False, MODERATOR),
        ("owner", False, False, OWNER),
    ],
)
def test_who_has_power_on_the_site_has_it_in_every_room(role: Role, is_staff: bool, is_site_owner: bool, rank: Rank) -> None:
    assert rank_of(role, is_staff, is_site_owner) is rank


@pytest.mark.parametrize("act", [Act.INVITE, Act.MAKE_INVITATION])
def test_who_can_invite_is_as_the_page_has_it(act):
    for case in json.loads((Path(__file__).parents[2] / "rules/inviting.json").read_text()):
        assert may(rank_of(case["role"]), act, case["kind"]) is case["invites"], case
