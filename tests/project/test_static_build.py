"""What a browser loads: how much it is, and how it is sent."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from project.static_build import build
from project.static_version import ESBUILD, static_version

BUDGET_BYTES = 150_000

pytestmark = pytest.mark.skipif(not (settings.BASE_DIR / ESBUILD).exists(), reason="npm has installed nothing")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The static files of this very tree."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "STATIC_ROOT", tmp_path_factory.mktemp("static") / "now")
        build()
        assert settings.STATIC_ROOT
        yield settings.STATIC_ROOT


def test_all_scripts_together_stay_within_their_budget(built: Path) -> None:
    # Ours and the libraries', what is loaded only when it is asked for as well; the admin's and allauth's are not the chat's.
    scripts = {path.name: len(gzip.compress(path.read_bytes())) for path in (built / "js").rglob("*.js")}
    assert sum(scripts.values()) < BUDGET_BYTES, scripts


def test_the_page_s_script_waits_for_no_other(built: Path) -> None:
    # What it imports before it runs would be asked for only after it has come.
    script = (built / "js/app.js").read_text()
    assert not re.search(r"""\bfrom\s*["']\./|\bimport\s*["']""", script)
    assert re.findall(r"""import\(["']([^"']+)["']\)""", script) == ["./emoji_names.js"]


def test_what_was_built_is_not_built_again(built: Path) -> None:
    before = (built / "js/app.js").stat()
    build()
    assert (built / "js/app.js").stat() == before


def test_files_are_sent_compressed_and_may_be_kept_for_good(built: Path) -> None:
    serve = WhiteNoiseMiddleware(lambda _: HttpResponse(status=404))
    request = RequestFactory().head(f"{settings.STATIC_URL}js/app.js", headers={"Accept-Encoding": "gzip, br"})
    answer = serve(request)
    assert answer.status_code == 200
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Content-Type"].startswith("text/javascript")
    assert re.fullmatch(r"max-age=3\d{7}, public(, immutable)?", answer["Cache-Control"])
    assert int(answer["Content-Length"]) < BUDGET_BYTES


def test_any_change_is_another_version(tmp_path: Path) -> None:
    for name in ("static/js/app.js", "static/css/base.css", "package-lock.json", "requirements.txt", "project/static_build.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before")
    versions = {static_version(tmp_path)}
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        path.write_text("after")
        versions.add(static_version(tmp_path))
    assert len(versions) == 6
