"""What a browser loads: how much it is, and how it is sent."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from project.assets.build import build
from project.assets.emoji_names import EMOJI_NAMES
from project.assets.import_map import IMPORTS
from project.assets.module_graph import AT_ONCE, loaded_with, reachable_from, source_of
from project.assets.version import esbuild, static_version
from project.server.errors import StartError
from project.templatetags.page_files import NEEDED_SOON

# Of these, 10 kB show texts as they were typed: docs/decisions/0040. 3 kB keep what is written, undo, and follow the clock; 2
# kB quote the messages that are linked; 8 kB reach, name and announce messages for everyone: docs/decisions/0048.
AT_ONCE_BYTES = 139_000
# Of these, 2 kB print a room, and 4 kB cut what is found as it is shown, narrow a search, and offer code. 2 kB
# keep what is typed in a form with mistakes and suggest a handle; 1 kB fetches again what failed and lists purges.
EVERYTHING_BYTES = 203_000
# Besides what the chat needs: the pages of accounts, the worker, what sets a page's colours before it is drawn,
# and what finds a browser too old.
OTHER_ENTRIES = ("js/auth_pages.js", "js/service_worker.js", "js/theme.js", "js/old_browser.js")

pytestmark = pytest.mark.skipif(not esbuild(settings.BASE_DIR), reason="npm has installed nothing")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The static files of this very tree."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "STATIC_ROOT", tmp_path_factory.mktemp("static") / "now")
        build()
        assert settings.STATIC_ROOT
        yield settings.STATIC_ROOT


def test_all_scripts_together_stay_within_their_budget(built: Path) -> None:
    sizes = _sizes(built, reachable_from("js/app.js", *OTHER_ENTRIES))
    assert sum(sizes.values()) < EVERYTHING_BYTES, sizes


def test_what_the_chat_waits_for_grows_knowingly(built: Path) -> None:
    # There is no promise about it; who needs more says so here.
    sizes = _sizes(built, loaded_with("js/app.js"))
    assert sum(sizes.values()) < AT_ONCE_BYTES, sizes


def test_every_module_is_served_as_a_module_of_its_own(built: Path) -> None:
    # Nothing is joined: what a file was written to import, it imports; and it finds it below the same address.
    for name in reachable_from("js/app.js", *OTHER_ENTRIES):
        written, served = source_of(name).read_text(), (built / name).read_text()
        assert _imported(served) <= _imported(written), name
        for each in _imported(served):
            assert (built / _found(each, name)).is_file(), (name, each)


def test_what_is_served_is_minified(built: Path) -> None:
    for path in [*built.glob("js/**/*.js"), *built.glob("css/*.css")]:
        served = path.read_text()
        assert not re.search(r"^\s*(//|/\*)", served, re.MULTILINE), path
        assert served.count("\n") <= 1 or len(served) / served.count("\n") > 60, path


def test_a_page_names_all_that_its_script_waits_for(built: Path) -> None:
    page = render_to_string("chat/offline.html", {"page": {"limits": {}}, "nothing": None})
    named = re.findall(r'rel="modulepreload" href="([^"]+)"', page)
    assert named == [settings.STATIC_URL + name for name in (*loaded_with("js/app.js"), *NEEDED_SOON)]
    # Browsers heed the map only if it comes before any module.
    assert page.index('type="importmap"') < page.index("modulepreload")
    waited = set()
    for name in loaded_with("js/app.js"):
        waited |= {_found(each, name) for each in AT_ONCE.findall(source_of(name).read_text())}
    assert waited <= {name.removeprefix(settings.STATIC_URL) for name in named}


def test_the_names_of_emoji_are_data_where_the_chat_asks_for_them(built: Path) -> None:
    names = json.loads((built / EMOJI_NAMES).read_text())
    assert names["tada"] == "🎉"
    assert next(iter(names)) == "100"
    (asked,) = re.findall(r'new URL\("([^"]+)",\s*import.meta.url\)', (built / "js/emoji/names.js").read_text())
    assert normpath(join("js/emoji", asked)) == EMOJI_NAMES


def test_what_was_built_is_not_built_again(built: Path) -> None:
    before = (built / "js/app.js").stat()
    build()
    assert (built / "js/app.js").stat() == before


def test_a_folder_that_cannot_be_written_is_named_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()  # as root, no other folder would be refused
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path / "file" / "now")
    with pytest.raises(StartError, match=r"static files cannot be built in .*/file.*make build.*STATIC_DIR"):
        build()


def test_files_are_sent_compressed_and_may_be_kept_for_good(built: Path) -> None:
    serve = WhiteNoiseMiddleware(lambda _: HttpResponse(status=404))
    request = RequestFactory().head(f"{settings.STATIC_URL}js/app.js", headers={"Accept-Encoding": "gzip, br"})
    answer = serve(request)
    assert answer.status_code == 200
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Content-Type"].startswith("text/javascript")
    assert re.fullmatch(r"max-age=3\d{7}, public(, immutable)?", answer["Cache-Control"])
    assert int(answer["Content-Length"]) == len(gzip.compress((built / "js/app.js").read_bytes(), mtime=0))


def test_any_change_is_another_version(tmp_path: Path) -> None:
    for name in (
        "static/js/app.js",
        "static/css/base.css",
        "package-lock.json",
        "requirements.txt",
        "project/assets/emoji_names.py",
        "project/assets/import_map.py",
        "project/assets/build.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before")
    versions = {static_version(tmp_path)}
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        path.write_text("after")
        versions.add(static_version(tmp_path))
    assert len(versions) == 8


def _sizes(built: Path, names: list[str]) -> dict[str, int]:
    return {name: len(gzip.compress((built / name).read_bytes())) for name in names}


def _imported(script: str) -> set[str]:
    return set(re.findall(r"""\b(?:from|import)\s*\(?\s*["']([\w./-]+)["']""", script))


def _found(written: str, importer: str) -> str:
    return normpath(join(dirname(importer), written)) if written.startswith(".") else IMPORTS[written]
