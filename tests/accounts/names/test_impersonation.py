"""Nobody takes a name that others would take for somebody else's."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from accounts.names.cleaning import clean_name
from accounts.names.impersonation import refuse_lookalike_handle, refuse_lookalike_name
from accounts.names.skeleton import skeleton
from tests.accounts.conftest import PASSWORD

NAMES = json.loads((Path(__file__).parents[2] / "rules/skeletons.json").read_text())


@pytest.fixture
def olivia(make_person) -> User:
    olivia: User = make_person("olivia.m", name="Olivia Berg", is_staff=True, is_superuser=True)
    return olivia


# A staff name is also protected as it is, as the handle, and with signs beside it.
@pytest.mark.parametrize("name", [*NAMES["alike"], NAMES["taken"], "Olivia  Berg \u2713", "olivia.m"], ids=ascii)
def test_mallory_cannot_be_called_like_the_owner(olivia, name):
    with pytest.raises(ValidationError):
        refuse_lookalike_name(clean_name(name))


@pytest.mark.parametrize(
    "name", ["Parley", "admin", "A\u0501min", "Parley Support", "The M\u043ederator", "adrnin", "Root", "Staff!"]
)
def test_mallory_cannot_be_called_like_an_office(db, name):
    with pytest.raises(ValidationError):
        refuse_lookalike_name(clean_name(name))


@pytest.mark.parametrize("name", NAMES["different"])
def test_others_keep_their_own_names(olivia, name):
    refuse_lookalike_name(clean_name(name))


def test_two_members_may_share_a_name_but_not_its_looks(make_person):
    make_person("anna", name="Anna Marin")
    refuse_lookalike_name("Anna Marin")
    refuse_lookalike_name("anna marin")
    with pytest.raises(ValidationError):
        refuse_lookalike_name("Аnna Marin")  # a Cyrillic letter
    with pytest.raises(ValidationError):
        refuse_lookalike_name("Anna Ma rin")


@pytest.mark.parametrize("handle", ["a1ice", "al1ce", "aiice", "adm1n", "parIey".lower(), "adrnin", "olivia-m.", "0livia.m"])
def test_a_handle_that_looks_like_another_one_is_refused(olivia, alice, handle):
    with pytest.raises(ValidationError):
        refuse_lookalike_handle(handle)


def test_a_handle_of_ones_own_is_free(olivia, alice):
    for handle in ("bob", "alice2", "olivia.b"):
        refuse_lookalike_handle(handle)


def test_whoever_is_here_keeps_their_name(olivia, make_person):
    namesake = make_person("namesake", name="Olivia Berg")
    refuse_lookalike_name("Olivia Berg", olivia)
    namesake.refresh_from_db()
    assert namesake.name_skeleton == skeleton("Olivia Berg")


def test_signing_up_as_the_owner_is_refused(olivia, mallory):
    answer = mallory.post(
        reverse("account_signup"),
        {"name": "Оlivia Berg", "username": "mallory", "email": "mallory@example.org", "password1": PASSWORD},
    )
    assert "could be mistaken for the staff" in answer.content.decode()
    assert not User.objects.filter(handle="mallory").exists()


def test_signing_up_with_a_lookalike_handle_is_refused(alice, mallory):
    answer = mallory.post(
        reverse("account_signup"), {"name": "Mal", "username": "a1ice", "email": "mallory@example.org", "password1": PASSWORD}
    )
    assert "looks too much like another" in answer.content.decode()
    assert not User.objects.filter(handle="a1ice").exists()
