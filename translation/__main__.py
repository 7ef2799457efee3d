"""`make messages`: bring the catalogs up to date, compile them, and tell what is still to be translated."""

import django
from django.conf import settings

from translation.catalogs import catalog_paths, compiled, untranslated, update


def main() -> None:
    # Reading templates takes a configured Django, and nothing of the project's own settings.
    settings.configure(USE_I18N=True)
    django.setup()
    for path in catalog_paths():
        update(path)
        path.with_suffix(".mo").write_bytes(compiled(path))
        print(f"{path.parts[-3]} {path.stem}: {len(untranslated(path))} to translate")


if __name__ == "__main__":
    main()
