"""A redis-server whose wall clock the test can set, as NTP or an administrator does; its monotonic clock runs on."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.redis_servers import RedisProcess

SHIM = Path(__file__).with_name("stepped_clock.c")


class SteppedRedis(RedisProcess):
    """Skips the test where there is no C compiler to build what shifts the clock."""

    def __init__(self, folder: Path) -> None:
        if not shutil.which("gcc"):
            pytest.skip("what sets Redis's clock is compiled with gcc")
        library = folder / "stepped_clock.so"
        subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, SHIM], check=True)
        self._offset = folder / "offset"
        self.set_clock(0)
        super().__init__(folder, {"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(self._offset)})

    def set_clock(self, seconds: int) -> None:
        """Let its clock differ from ours by so many seconds, from now on."""
        mode = "r+b" if self._offset.exists() else "wb"
        with self._offset.open(mode) as file:
            file.write(seconds.to_bytes(8, "little", signed=True))
