"""The catalogs in `locale/`: brought up to date with the texts, and compiled to what Django reads."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from translation.extracting import ROOT, SOURCES, texts

WIDTH = 120


def catalog_paths() -> list[Path]:
    """Return every catalog that there is, as `locale/de/LC_MESSAGES/django.po`."""
    return sorted(path for domain in SOURCES for path in (ROOT / "locale").glob(f"*/LC_MESSAGES/{domain}.po"))


def read(path: Path) -> Catalog:
    """Return a catalog with its translations."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def update(path: Path) -> None:
    """Take new texts in, without a translation, and let go of those that are said nowhere any more."""
    catalog = read(path)
    created = catalog.creation_date
    catalog.update(texts(path.stem), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    catalog.creation_date = created  # or every run would leave a change behind
    with path.open("wb") as file:
        write_po(file, catalog, width=WIDTH, include_lineno=False, sort_output=True)


def untranslated(path: Path) -> list[str]:
    """Return the texts that have no translation yet, or of whose plural forms one is missing."""
    return [str(message.id) for message in read(path) if message.id and not all(_forms(message.string))]


def compiled(path: Path) -> bytes:
    """Return the catalog as gettext's binary file."""
    target = BytesIO()
    write_mo(target, read(path))
    return target.getvalue()


def _forms(translation: str | tuple[str, ...] | list[str] | None) -> list[str | None]:
    return list(translation) if isinstance(translation, tuple | list) else [translation]
