"""Siblings of the findings, by address: numbers no database holds, sorting by a thousand columns, questions by expression.

olga is an owner of the site, mallory somebody with an account.
"""

import pytest
import requests

HUGE = "9" * 40
NUMBERS = [
    "/rooms/{slug}/purge/{huge}/",
    "/rooms/{slug}/{huge}/",
    "/rooms/{slug}/{huge}/deleted/",
    "/rooms/{slug}/sanctions/?user={huge}",
    "/reports/?after={huge}",
    "/mentions/?after={huge}",
    "/search/?q=a&after={huge}",
    "/rooms/?page={huge}",
]
LISTS = ["chat/message", "chat/report", "chat/sanction", "chat/moderationlog", "chat/invitation", "chat/wordrule",
         "chat/membership", "accounts/user", "auth/group"]  # fmt: skip

CHOICE = "app_label=chat&model_name=membership&field_name=user"


@pytest.fixture
def owner(server, people):
    session = requests.Session()
    session.headers["Cookie"] = people["olga"].cookie
    return lambda path: session.get(server.url + path, timeout=60, allow_redirects=False).status_code


@pytest.mark.parametrize("path", NUMBERS)
def test_a_number_that_no_database_holds_is_no_error_of_the_server(mallory, path):
    mal = mallory()
    assert mal.get(path.format(slug=mal.room["slug"], huge=HUGE)).status_code < 500


@pytest.mark.parametrize("name", LISTS)
def test_nor_is_it_in_a_list_of_the_admin(owner, name):
    for parameter in ("room", "user", "author", "id__exact", "p"):
        assert owner(f"/admin/{name}/?{parameter}={HUGE}") < 500, parameter


def test_a_list_is_not_sorted_by_a_thousand_columns(owner):
    assert owner("/admin/chat/moderationlog/?o=" + "1." * 1_500) == 400
    assert owner("/admin/chat/moderationlog/?o=1.-2.3") == 200


def test_no_list_is_asked_by_a_regular_expression(owner):
    for lookup in ("handle__regex", "handle__iregex"):
        assert owner(f"/admin/accounts/user/?{lookup}=(a%2B)%2B$") == 400


@pytest.mark.parametrize("path", ["accounts/user/?q=", "chat/membership/?q=", f"autocomplete/?{CHOICE}&term="])
def test_no_list_is_searched_for_hundreds_of_words(owner, path):
    """Each word was looked for in every row: 500 of them took 5 s of the loop, with 20,000 people."""
    assert owner(f"/admin/{path}{'+'.join('a' * 11)}") == 400
    assert owner(f"/admin/{path}{'a' * 301}") == 400
    assert owner(f"/admin/{path}{'+'.join('a' * 10)}") == 200
