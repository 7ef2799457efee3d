import pytest

from chat.domain import protocol
from chat.domain.errors import ChatError


@pytest.mark.parametrize("name", ["set_role", "role"])
def test_a_page_of_before_the_upgrade_is_understood(name):
    asked = protocol.parse_event(f'["{name}",{{"room":1,"user":2,"role":"moderator"}}]')
    assert asked == protocol.SetRole(room=1, user=2, role="moderator")


def test_an_unknown_name_is_refused():
    with pytest.raises(ChatError, match="There is no such event"):
        protocol.parse_event('["roles",{}]')
