"""Reads the settings in processes of their own: one imports what they need, and forks for each environment.

Run as a program it takes a list of environments (JSON) on stdin and prints a list of outcomes.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def settings_in(environments: Sequence[dict[str, str]], *names: str) -> list[dict[str, Any]]:
    """Return for each environment the settings of these names, or {"error": the line that stopped the start}.

    The setting "env" is what was read of the environment, by variable.
    """
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, __file__, *names],
        cwd=ROOT,
        env=inherited | {"PYTHONPATH": str(ROOT)},
        input=json.dumps(environments),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _read(environment: dict[str, str], names: Sequence[str]) -> dict[str, Any]:
    os.environ.update(environment)
    from django.core.exceptions import ImproperlyConfigured

    try:
        from project import settings
    except ImproperlyConfigured as error:
        return {"error": str(error)}
    from project.environment.reading import env

    return {name: env.dump() if name == "env" else getattr(settings, name) for name in names}


def _main() -> None:
    import csp.constants
    import dj_database_url
    import environs

    import project.assets.import_map  # noqa: F401

    assert csp.constants
    assert dj_database_url
    assert environs
    for environment in json.load(sys.stdin):
        child = os.fork()
        if not child:
            print(json.dumps(_read(environment, sys.argv[1:]), default=str), flush=True)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    _main()
