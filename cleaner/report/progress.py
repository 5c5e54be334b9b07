"""How a run goes, on a terminal; silent anywhere else, but for what goes wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

from cleaner.report.summary import Summary
from cleaner.run import complaint

_EVERY = 0.2
"""Seconds between two counts on the screen."""
_MB = 1_000_000


class Progress:
    """A running count on a terminal: inputs, how fast, how much is kept, what went wrong.

    Args:
        stream: where it is shown, normally standard error.
        tell: takes a line about each input that gives no article.
    """

    def __init__(self, stream: TextIO, tell: Callable[[str], None]) -> None:
        self._stream = stream
        self._tell = tell
        self._shows = stream.isatty()
        self._count = self._bytes = 0
        self._start = time.monotonic()
        self._next = 0.0

    def problem(self, entry: str, name: str, message: str) -> None:
        """Say why an entry gives no article."""
        self.clear()
        self._tell(complaint(entry, name, message))

    def step(self, size: int, summary: Summary) -> None:
        """Count one more input of so many bytes."""
        self._count += 1
        self._bytes += size
        now = time.monotonic()
        if self._shows and now >= self._next:
            self._next = now + _EVERY
            self._stream.write(f"\r{self._line(max(now - self._start, 1e-3), summary)}\x1b[K")
            self._stream.flush()

    def _line(self, seconds: float, summary: Summary) -> str:
        told = [
            f"{self._count:,} inputs",
            f"{self._count / seconds:,.0f}/s",
            f"{self._bytes / _MB / seconds:.1f} MB/s",
        ]
        if summary.articles:
            told.append(f"{summary.kept_share:.0%} kept")
        if summary.problems:
            told.append(f"{summary.problems.total():,} not cleaned")
        return ", ".join(told)

    def clear(self) -> None:
        """Take the count off the screen, before something else is written there."""
        if self._shows and self._next:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._next = 0.0
