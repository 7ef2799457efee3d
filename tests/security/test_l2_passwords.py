"""L2: passwords that an attacker tries first are refused; everything else of ten to 128 characters works."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.auth.bloom_filter import BloomFilter
from accounts.models import User

MAX = User(name="Maximilian Mustermann", handle="maxmu", email="max.mustermann@firma.example")


@pytest.mark.parametrize(
    "password",
    [
        "Maximilian Mustermann",
        "mustermann2026",
        "maximilian!!",
        "firma-firma1",
        "parleyparley",
        "ParleyChat1",
        "admin-admin-1",
        "iloveyou1234",
        "Passw0rd123!",
        "p4$$w0rd1234",
        "1qaz2wsx3edc",
        "qwertyuiop",
        "basketball",
        "aaaaaaaaaaaa",
        "short",
        "x" * 1025,
    ],
)
def test_what_is_tried_first_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, MAX)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "zwei blaue katzen",
        "Übermut tut selten gut",
        "maxmu-rennt-heim",
        "пароль из слов",
        "🐈🐕🐈🐕🦔🦔🐁🐁🐘🐘",
        "kT7#x" * 25 + "abc",
    ],
)
def test_what_people_think_up_works_up_to_128_characters(password):
    assert len(password) <= 128
    validate_password(password, MAX)


def test_the_sign_up_page_knows_the_name(db, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    User.objects.create_superuser("olivia@example.org", "olivia")
    facts = {"name": "Maximilian Mustermann", "username": "mm", "email": "m@example.org", "password1": "MaximilianMustermann"}
    answer = Client().post("/accounts/signup/", facts)
    assert list(answer.context["form"].errors) == ["password1"]


def test_a_filter_has_all_its_members_and_hardly_any_other():
    members = {f"member {number}" for number in range(2_000)}
    found = BloomFilter.of(members, 0.001)
    assert all(member in found for member in members)
    assert sum(f"stranger {number}" in found for number in range(10_000)) < 40
