"""Pages in the reader's language: as the browser asks, as the person chose, and the scripts' texts with them."""

import gzip
import re

import pytest
from django.urls import reverse

LOG_IN = reverse("account_login")


@pytest.fixture(autouse=True)
def _cache_in_memory(settings):
    """The login page asks the cache first, and there is no Redis here."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def catalog_of(response) -> str | None:
    found = re.search(r'<script defer src="(/language/[^"]+)"', response.content.decode())
    return found[1] if found else None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "language"), [("de-CH,de;q=0.9,en;q=0.5", "de"), ("en-GB", "en"), ("tlh", "en"), ("", "en"), ("\x00;;q=,,", "en")]
)
def test_a_page_comes_in_the_language_that_the_browser_asks_for(client, asked, language):
    response = client.get(LOG_IN, headers={"accept-language": asked})
    assert f'<html lang="{language}" dir="ltr">' in response.content.decode()
    assert ("Sprache" in response.content.decode()) == (language == "de")


@pytest.mark.django_db
def test_who_chooses_a_language_comes_back_to_the_page_in_it_and_it_stays(client):
    chosen = client.post(reverse("set_language"), {"language": "de"}, headers={"referer": f"http://testserver{LOG_IN}"})
    assert (chosen.status_code, chosen["Location"]) == (302, f"http://testserver{LOG_IN}")
    assert '<html lang="de"' in client.get(LOG_IN, headers={"accept-language": "en"}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["tlh", "../../etc", "<b>", ""])
def test_a_language_that_there_is_not_changes_nothing(client, language):
    client.post(reverse("set_language"), {"language": language})
    assert '<html lang="en"' in client.get(LOG_IN).content.decode()


@pytest.mark.django_db
def test_choosing_leads_to_nobody_elses_site(client):
    chosen = client.post(reverse("set_language"), {"language": "de", "next": "https://mallory.example/"})
    assert "mallory" not in chosen["Location"]


@pytest.mark.django_db
def test_the_scripts_texts_come_as_a_script_that_is_kept_for_good(client):
    address = catalog_of(client.get(LOG_IN, headers={"accept-language": "de"}))
    assert address
    catalog = client.get(address, headers={"accept-encoding": "gzip"})
    assert catalog.status_code == 200
    assert catalog["Content-Type"].startswith("text/javascript")
    assert "immutable" in catalog["Cache-Control"]
    assert "Nachricht an" in gzip.decompress(catalog.content).decode()


@pytest.mark.django_db
def test_english_needs_no_catalog(client):
    assert catalog_of(client.get(LOG_IN)) is None


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/language/de/000000000000.js", "/language/en/.js", "/language/tlh/000000000000.js"])
def test_no_catalog_is_found_by_another_name(client, address):
    assert client.get(address).status_code == 404
