"""The two addresses that load balancers ask."""

import json

import pytest

from project.health.pages import HealthPages


def ask(pages, path, method="GET"):
    started = []
    body = b"".join(
        pages({"PATH_INFO": path, "REQUEST_METHOD": method}, lambda status, headers: started.append((status, headers)))
    )
    [(status, headers)] = started
    return int(status[:3]), dict(headers), body


@pytest.mark.parametrize(
    ("parts", "draining", "status", "said"),
    [
        ({"redis": "ok", "disk": "ok"}, False, 200, "ok"),
        ({"redis": "ok", "disk": "full"}, False, 503, "unavailable"),
        ({"redis": "ok", "durability": "waived"}, False, 200, "ok"),
        ({"redis": "ok", "rooms": "recovering"}, False, 200, "ok"),
        ({"redis": "ok", "disk": "ok"}, True, 503, "draining"),
    ],
)
def test_readyz_says_one_word_a_part_and_as_a_whole(parts, draining, status, said):
    pages = HealthPages(lambda: parts)
    pages.is_draining = draining
    found, headers, body = ask(pages, "/readyz")
    assert (found, json.loads(body)) == (status, {"status": said, **parts})
    assert (headers["Cache-Control"], headers["Content-Type"]) == ("no-store", "application/json")


def test_healthz_asks_nobody_and_is_ok_while_the_process_drains():
    pages = HealthPages(lambda: pytest.fail("healthz must not look at the stores"))
    pages.is_draining = True
    assert ask(pages, "/healthz")[::2] == (200, b'{"status": "ok"}\n')


def test_head_has_no_body_and_nothing_is_posted():
    pages = HealthPages(dict)
    assert ask(pages, "/readyz", "HEAD")[::2] == (200, b"")
    status, headers, _ = ask(pages, "/readyz", "POST")
    assert (status, headers["Allow"]) == (405, "GET, HEAD")
