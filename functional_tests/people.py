"""The people of the stories: alice owns the server, bob is a member, carol is a third."""

from functools import cache
from typing import NamedTuple

from functional_tests.servers import Server, behind_the_scenes
from tests.live.conftest import sign_in

PASSWORD = "paper boats on a desk"


class Person(NamedTuple):
    """Somebody with an account and a session."""

    id: int
    handle: str
    name: str
    cookie: str


People = dict[str, Person]


@cache
def bring_people(server: Server, *names: str) -> People:
    """Give everyone an account and a session, under handles that nobody else on the server has."""
    handles = [name + server.suffix for name in names]
    sessions = sign_in(server, *handles)
    if server.suffix:
        behind_the_scenes(server, "name_people", dict(zip(handles, names, strict=True)))
    return {
        name: Person(sessions[handle].id, handle, name.title(), sessions[handle].cookie)
        for name, handle in zip(names, handles, strict=True)
    }


@cache
def open_house(server: Server, owner: Person) -> str:
    """Give the server to somebody, with a room that newcomers are put into; return its name."""
    return behind_the_scenes(server, "make_owner", owner.handle, f"The hall{server.suffix}")
