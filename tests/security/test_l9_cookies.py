"""L9: with https no sibling sub-domain can plant a cookie; pages behind the login are kept by no cache."""

import pytest
from django.test import Client

from accounts.models import User
from tests.project.settings_process import settings_in

NAMES = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME", "KNOWN_BROWSER_COOKIE_NAME")


def test_with_https_every_cookie_is_this_hosts_alone(tmp_path):
    plain = {"DATA_DIR": str(tmp_path / "data")}
    https = plain | {"PUBLIC_URL": "https://chat.example", "TRUSTED_PROXIES": "1"}
    environments = [https, https | {"HSTS_SUBDOMAINS": "true"}, plain]
    one, all_of_them, none = settings_in(environments, *NAMES, "SECURE_HSTS_INCLUDE_SUBDOMAINS")
    assert all(one[name].startswith("__Host-") for name in NAMES)
    assert (one["SECURE_HSTS_INCLUDE_SUBDOMAINS"], all_of_them["SECURE_HSTS_INCLUDE_SUBDOMAINS"]) == (False, True)
    assert not any(none[name].startswith("__") for name in NAMES)


@pytest.mark.parametrize("path", ["/", "/rooms/", "/people/", "/reports/", "/accounts/password/change/", "/admin/"])
def test_a_page_behind_the_login_is_stored_by_nobody(transactional_db, live, path):
    client = Client()
    client.force_login(User.objects.create_superuser("olivia@example.org", "olivia"))
    answer = client.get(path)
    assert "no-store" in answer.get("Cache-Control", ""), answer
    assert "private" in answer["Cache-Control"]
