"""Where browsers find the modules that ours import by a bare name: npm's own, as they lie in its packages."""

import json
from base64 import b64encode
from hashlib import sha256

# By the name in an import line; the paths are those in node_modules. markdown-it's modules are half of what its one file is.
LIBRARIES = {
    "socket.io-client": "socket.io-client/dist/socket.io.esm.min.js",
    "markdown-it": "markdown-it/dist/markdown-it.mjs",
    "linkify-it": "linkify-it/build/index.mjs",
    "mdurl": "mdurl/index.mjs",
    "punycode.js": "punycode.js/punycode.es6.js",
    "uc.micro": "uc.micro/build/index.mjs",
    "markdown-it-cjk-friendly": "markdown-it-cjk-friendly/dist/index.js",
    "get-east-asian-width": "get-east-asian-width/index.js",
}
VENDOR = "vendor/"
# Ours, for a table of 17 kB that a chat has no use for: docs/decisions/0021.
STAND_INS = {"entities": "js/markdown/entities.js"}
# By the name in an import line: what stands for it below the static address.
IMPORTS = {name: f"{VENDOR}{path}" for name, path in LIBRARIES.items()} | STAND_INS


def import_map(static_url: str) -> str:
    """Return the map as JSON, the same for every page of a version."""
    return json.dumps({"imports": {name: static_url + path for name, path in IMPORTS.items()}}, separators=(",", ":"))


def policy_source(script: str) -> str:
    """Return what a Content-Security-Policy calls a script that stands in the page itself.

    A nonce would be another one in each answer, and the page that is kept for offline has none.
    """
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
