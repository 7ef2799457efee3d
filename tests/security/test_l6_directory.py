"""L6: rooms are many and never go; the directory showed all of them to everybody: 600 rooms took 528 ms and 1,154 kB."""

import re

import pytest

from tests.security.record import run_beside

ROOMS = 3_000
_OPEN = """
from chat.models import Room
Room.objects.bulk_create(
    [Room(name=f"Boat {number}", slug=f"boat-{number}", topic="Planks " * 30, folded_name=f"boat {number}")
     for number in range(int(sys.argv[1]))], batch_size=500)
"""
_CLOSE = "from chat.models import Room; Room.objects.filter(slug__startswith='boat-').delete()"


@pytest.fixture
def many_rooms(server):
    run_beside(server, _OPEN, ROOMS)
    yield
    run_beside(server, _CLOSE)


def test_l6_three_thousand_rooms_keep_nobody_waiting_and_come_in_pages(bystander, mallory, many_rooms):
    def prepare():
        mal = mallory()
        asked = [{}, {"q": "boat"}, {"q": "boat 29", "show": "new"}, {"show": "archived"}, {"page": "99"}, {"q": "b o a t 1 2"}]

        def browse():
            for parameters in asked:
                answer = mal.get("/rooms/", **parameters)
                assert answer.status_code == 200
                assert answer.text.count("data-join=") <= 30
                assert len(answer.content) < 200_000

        return browse

    bystander.is_not_kept_waiting(prepare)
    found = mallory().get("/rooms/", q="boat 299").text
    names = re.findall(r"<h2><a [^>]*><bdi>([^<]*)</bdi>", found)
    assert sorted(names) == sorted(f"Boat {number}" for number in range(ROOMS) if "299" in str(number))
