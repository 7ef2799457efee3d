"""The page about permissions says what the policy says."""

from chat.policy import Act
from project.management.commands.write_permissions import PAGE, permissions_page


def test_the_page_is_as_the_command_would_write_it() -> None:
    assert PAGE.read_text() == permissions_page(), "manage.py write_permissions"


def test_every_act_has_a_line() -> None:
    lines = permissions_page().splitlines()
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines[-len(Act) :]] == [act.value for act in Act]
