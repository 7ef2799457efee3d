"""How far a backup is: a bar on a terminal, a line for each step elsewhere."""

import sys
import time
from typing import TextIO

WIDTH = 30
REDRAW_SECONDS = 0.1
MEGABYTE = 1_000_000


class Progress:
    """The steps of one command. Each begins with `step`; `add` moves its bar."""

    def __init__(self, output: TextIO = sys.stdout) -> None:
        self._output = output
        self._is_terminal = output.isatty()
        self._label = ""
        self._total = self._done = 0
        self._drawn_at = 0.0

    def step(self, label: str, total: int = 0) -> None:
        """Begin a step of so many bytes; 0: nobody knows how many."""
        self._end_line()
        self._label, self._total, self._done = label, total, 0
        self._say(f"{label} ...")

    def add(self, size: int) -> None:
        """So many bytes more are done."""
        self._done += size
        now = time.monotonic()
        if self._is_terminal and self._total and (now - self._drawn_at > REDRAW_SECONDS or self._done >= self._total):
            self._drawn_at = now
            self._say(self._bar())

    def finish(self, line: str) -> None:
        """Say how it ended."""
        self._end_line()
        print(line, file=self._output, flush=True)

    def _bar(self) -> str:
        share = min(1.0, self._done / self._total)
        filled = round(share * WIDTH)
        amount = f"{self._done / MEGABYTE:.1f} of {self._total / MEGABYTE:.1f} MB"
        return f"{self._label}  [{'#' * filled}{'.' * (WIDTH - filled)}] {share:4.0%}  {amount}"

    def _say(self, text: str) -> None:
        if self._is_terminal:
            self._output.write(f"\r\033[K{text}")
            self._output.flush()
        else:
            print(text, file=self._output, flush=True)

    def _end_line(self) -> None:
        if self._is_terminal and self._label:
            self._output.write("\n")
        self._label = ""
