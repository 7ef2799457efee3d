"""Every text of ours that is marked for translation, as two catalogs: the server's and the browser's."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
# Where to look, and how each kind of file is read; what tests say is no text for people.
SOURCES = {
    "django": {
        "accounts/**/*.py": "python",
        "chat/**/*.py": "python",
        "project/**/*.py": "python",
        "templates/**/*.*": "template",
    },
    "djangojs": {"static/js/**/*.js": "javascript"},
}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_COMMENTS = ["Translators:"]


def texts(domain: str) -> Catalog:
    """Return what is marked in the sources of this domain, without translations."""
    found = Catalog(project="Parley", charset="utf-8", fuzzy=False)
    for pattern, kind in SOURCES[domain].items():
        for path in sorted(ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            for line, message, comments, context in _texts_in(path, kind):
                found.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    return found


def _texts_in(path: Path, kind: str) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    source = path.read_text(encoding="utf-8")
    method = kind
    if kind == "template":
        source, method = _as_calls(source), "python"
    yield from extract(method, BytesIO(source.encode()), KEYWORDS, _COMMENTS, {"parse_template_string": True})


def _as_calls(template: str) -> str:
    """Django's own reading of a template: its texts as calls of gettext, and everything else as noise of no meaning."""
    return re.sub(r"^[ \t]+", "", templatize(template), flags=re.MULTILINE)
