"""The names of all emoji, as a file of data: npm has them as a script, which says nothing else."""

import json

from django.conf import settings

SOURCE = "markdown-it-emoji/lib/data/full.mjs"
# Where it lies below the static address; static/js/emoji/names.js asks for it there.
EMOJI_NAMES = "vendor/emoji-names.json"


def emoji_names() -> bytes:
    """Return JSON: an object of name → emoji, in the usual order of emoji."""
    script = (settings.BASE_DIR / "node_modules" / SOURCE).read_text()
    _, _, names = script.partition("export default ")
    return json.dumps(json.loads(names), ensure_ascii=False, separators=(",", ":")).encode()
