"""The ways into rooms, as the admin has them: links that are taken back, and requests that are answered; live at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from chat.actions.rooms import invitations
from chat.domain.errors import ChatError
from chat.models import Invitation, JoinRequest
from tests.chat.admin.conftest import SCRIPT

LINKS = "/admin/chat/invitation/"
REQUESTS = "/admin/chat/joinrequest/"


def listed(screens, path: str, **query) -> list[int]:
    return [one.pk for one in screens.client.get(path, query).context["cl"].result_list]


@pytest.fixture
def link(scene):
    """Makes a link into alice's room; returns it and its secret."""

    def make(most_uses=None) -> tuple[Invitation, str]:
        made = invitations.make_invitation(scene.alice, scene.room.pk, most_uses, 3_600)
        return made, str(made.link()).split("/")[-2]

    return make


@pytest.fixture
def asked(scene) -> JoinRequest:
    """Bob at the door of alice's cellar."""
    return scene.ask_to_join(scene.open_room("Cellar", "private"), scene.bob, SCRIPT[:60])


def test_a_link_is_taken_back_and_nobody_comes_in_by_it(scene, mona, link):
    made, token = link()
    assert mona.act(made, "revoke") == ["The link was revoked."]
    with pytest.raises(ChatError, match="Nothing here"):
        invitations.accept_invitation(scene.carol, token)
    assert scene.log()[-1][:2] == ("revoke", "mona")
    assert "/revoke/now/" not in mona.text(f"{LINKS}{made.pk}/change/")


def test_several_are_taken_back_from_the_list(mona, link):
    chosen = [link()[0].pk, link(5)[0].pk]
    assert mona.choose(LINKS, "revoke_selected", chosen) == ["2 revoked."]
    assert mona.choose(LINKS, "revoke_selected", chosen) == ["0 revoked."]


def test_links_are_filtered_by_what_they_are_worth_by_room_and_by_maker(scene, mona, link):
    good, used, over, revoked = (link(most_uses)[0] for most_uses in (5, 1, None, None))
    Invitation.objects.filter(pk=used.pk).update(uses=1)
    Invitation.objects.filter(pk=over.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    mona.act(revoked, "revoke")
    assert listed(mona, LINKS, state="good") == [good.pk]
    assert listed(mona, LINKS, state="over") == [revoked.pk, over.pk, used.pk]
    assert len(listed(mona, LINKS, who="alice", **{"in": "lounge"})) == 4
    assert listed(mona, LINKS, who="bob") == []


def test_no_screen_tells_what_a_link_is(mona, link):
    made, token = link()
    for page in (mona.text(LINKS), mona.text(f"{LINKS}{made.pk}/change/")):
        assert token not in page
        assert made.token_hash not in page


@pytest.mark.parametrize(("act", "state"), [("accept", "accepted"), ("decline", "declined")])
def test_a_request_is_answered_and_who_asked_is_told(scene, mona, asked, ear, act, state):
    [said] = mona.act(asked, act, answer="Because it is Tuesday")
    assert said.startswith("bob (@bob) was")
    told = [one.payload for one in ear.heard() if one.event == "request" and one.channel == f"user:{{{scene.bob.pk}}}:events"]
    assert [(one["state"], one["answer"]) for one in told] == [(state, "Because it is Tuesday")]
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by, asked.answer) == (state, scene.mona, "Because it is Tuesday")
    assert asked.room.memberships.filter(user=scene.bob).exists() == (act == "accept")
    assert scene.log()[-1] == (act, "mona", "bob", "Because it is Tuesday")
    assert f"/{act}/now/" not in mona.text(f"{REQUESTS}{asked.pk}/change/")


def test_the_queue_shows_who_waits_and_the_past_when_asked(scene, mona, asked):
    answered = scene.ask_to_join(scene.open_room("Attic", "private"), scene.carol)
    mona.act(answered, "decline", answer="")
    assert listed(mona, REQUESTS) == [asked.pk]
    assert listed(mona, REQUESTS, state="declined") == [answered.pk]
    assert listed(mona, REQUESTS, state="all") == [asked.pk, answered.pk]
    assert listed(mona, REQUESTS, state="all", whom="carol") == [answered.pk]
    assert listed(mona, REQUESTS, state="all", **{"in": "cellar"}) == [asked.pk]
    assert 'aria-label="1 waiting"' in mona.text(REQUESTS)


def test_words_are_shown_as_words(mona, asked):
    for page in (mona.text(REQUESTS), mona.text(f"{REQUESTS}{asked.pk}/change/")):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_the_lists_ask_the_same_few_questions_however_long_they_are(scene, mona, link, django_assert_max_num_queries):
    for n in range(12):
        link()
        scene.ask_to_join(scene.open_room(f"Room {n}", "private"), scene.bob)
    for path in (LINKS, REQUESTS):
        with django_assert_max_num_queries(12):
            assert len(listed(mona, path)) == 12


def test_an_invitation_is_created_here_and_told_once(scene, mona):
    facts = {"room": "", "most_uses": "2", "ends_at_0": "2099-01-01", "ends_at_1": "12:00"}
    answer = mona.client.post(f"{LINKS}add/", facts, follow=True)
    [told] = [str(message) for message in answer.context["messages"] if "Copy the link" in str(message)]
    invitation = invitations.invitation_by_token(told.split("/")[-2])
    assert (invitation.by, invitation.room, invitation.most_uses) == (scene.mona, None, 2)
    assert scene.log()[-1][:2] == ("invitation", "mona")


def test_staff_without_the_permission_create_none(scene):
    browser = Client()
    browser.force_login(scene.sally)
    assert browser.get(f"{LINKS}add/").status_code == 403
