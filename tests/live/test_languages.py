"""What is refused at the socket is told in the language of the page that asked; the code is the same in every language."""

import pytest

from tests.support.wire_client import WireClient


@pytest.fixture
def speaking(server, people):
    """A connection of Alice's whose browser keeps this choice of a language."""
    opened = []

    def connect(language):
        opened.append(WireClient(server.port, f"{people['alice'].cookie}; language={language}"))
        return opened[-1]

    yield connect
    for client in opened:
        client.close()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Es gibt nichts zu senden."),
        ("en", "There is nothing to send."),
        ("tlh", "There is nothing to send."),
        ('"', "There is nothing to send."),
    ],
)
def test_a_refusal_is_told_in_the_language_of_the_page(speaking, language, words):
    alice = speaking(language)
    room = alice.call("create", {"kind": "private", "name": "Sea", "topic": ""})["room"]["id"]
    refused = alice.call(
        "send", {"room": room, "client_id": "01890a5d-ac96-774b-bcce-b302099a8057", "text": "  ", "reply_to": None}
    )
    assert refused["error"] == {"code": "empty", "message": words}


def test_who_is_not_let_in_is_told_so_in_their_language(server):
    stranger = WireClient(server.port, "language=de")
    assert stranger.refusal
    assert stranger.refusal["message"] == "Melde dich zuerst an."
    stranger.close()
