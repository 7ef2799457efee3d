"""Invitations by email: alice owns the room, bob is a member, mallory is new and would like to mail the world."""

import pytest
from django.core import mail
from django.utils import timezone

from chat.actions.rooms import invitation_mail, invitations
from chat.domain.errors import ChatError
from chat.models import Invitation, ModerationLog


@pytest.fixture(autouse=True)
def _sends_mail(settings):
    settings.SENDS_MAIL = True


def _send(person, room, *addresses, language="en"):
    return invitation_mail.mail_invitation(person, room.pk, addresses, language)


def _refused(act, *args):
    with pytest.raises(ChatError) as refused:
        act(*args)
    return refused.value


def test_everybody_gets_a_mail_of_their_own_with_the_link(cast):
    assert _send(cast.alice, cast.room, "nora@example.org", " oskar@example.org", "nora@example.org") == 2
    link = invitations.shared_invitation(cast.alice, cast.room.pk).link()
    assert [message.to for message in mail.outbox] == [["nora@example.org"], ["oskar@example.org"]]
    assert {message.subject for message in mail.outbox} == {"[Parley] alice invites you to Lounge at Parley"}
    assert all(str(link) in str(message.body) for message in mail.outbox)
    assert ModerationLog.objects.order_by("-pk")[0].details["mails"] == 2


def test_the_mail_is_in_the_inviters_language_and_names_are_no_markup(cast):
    cast.alice.name = "Al & Ice"
    cast.alice.save()
    _send(cast.alice, cast.room, "nora@example.org", language="de")
    assert mail.outbox[0].subject == "[Parley] Al & Ice lädt dich in Lounge bei Parley ein"


def test_one_wrong_address_and_nobody_gets_any(cast):
    refused = _refused(_send, cast.alice, cast.room, "nora@example.org", "nora@\nBcc: all@example.org")
    assert refused.code == "bad_request"
    assert not mail.outbox
    assert not Invitation.objects.exists()


def test_who_could_create_no_link_mails_none(cast, settings):
    hidden = cast.open_room("Hidden", "private")
    assert _refused(_send, cast.bob, hidden, "nora@example.org").code == "forbidden"
    assert _refused(_send, cast.carol, hidden, "nora@example.org").code == "not_found"
    settings.NEWCOMER_MINUTES, cast.bob.new_since = 60, timezone.now()
    cast.bob.save()
    assert "New members" in str(_refused(_send, cast.bob, cast.room, "nora@example.org").message)
    settings.SENDS_MAIL = False
    assert "sends no mail" in str(_refused(_send, cast.alice, cast.room, "nora@example.org").message)
    assert not mail.outbox
