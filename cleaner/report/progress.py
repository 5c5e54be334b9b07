"""How a run goes, on a terminal; silent anywhere else, but for what goes wrong."""

from __future__ import annotations

import math
import shutil
import time
from collections.abc import Callable, Iterable
from typing import TextIO

from cleaner.report import terminal
from cleaner.report.summary import Summary
from cleaner.run import complaint

_EVERY = 0.2
"""Seconds between two counts on the screen."""
_MB = 1_000_000
_LOOK = 0.02
"""Seconds that sizes of inputs are looked up for between two counts, while not all are known."""
_MOST = 2_000_000
"""So many inputs are looked up at most."""
_MEMORY = 20.0
"""Seconds after which what was measured counts a third: a run goes as fast as it went lately."""
_SURE = 5.0
"""Seconds that are measured before the time left is told."""


class Progress:
    """A running count on a terminal: inputs, how fast, how much is kept, what went wrong.

    The time left is told where the sizes of all inputs are known, which are looked up bit by bit
    while the run goes on.

    Args:
        stream: where it is shown, normally standard error.
        tell: takes a line about each input that gives no article.
        sizes: of the inputs, in bytes; None among them for one of unknown size. They are asked for
            only on a terminal.
        clock: tells the time in seconds.
    """

    def __init__(
        self,
        stream: TextIO,
        tell: Callable[[str], None],
        sizes: Iterable[int | None] = (None,),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream
        self._tell = tell
        self._shows = stream.isatty()
        self._clock = clock
        self._count = self._bytes = 0
        self._start = clock()
        self._next = 0.0
        self._left = TimeLeft(sizes, clock)

    def problem(self, entry: str, name: str, message: str) -> None:
        """Say why an entry gives no article."""
        self.clear()
        self._tell(complaint(entry, name, message))

    def step(self, size: int, summary: Summary) -> None:
        """Count one more input of so many bytes."""
        self._count += 1
        self._bytes += size
        now = self._clock()
        if self._shows and now >= self._next:
            self._next = now + _EVERY
            line = self._line(max(now - self._start, 1e-3), summary)
            # A line that is broken in two could not be taken back.
            room = max(20, shutil.get_terminal_size((100, 24)).columns - 1)
            self._stream.write(f"\r{terminal.fit(line, room).rstrip()}\x1b[K")
            self._stream.flush()

    def _line(self, seconds: float, summary: Summary) -> str:
        told = [
            f"{self._count:,} inputs",
            f"{self._count / seconds:,.0f}/s",
            f"{self._bytes / _MB / seconds:.1f} MB/s",
        ]
        if (left := self._left.after(summary.passed)) is not None:
            told.append(f"{spelt(left)} left")
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


class TimeLeft:
    """How long a run will still take, by the bytes of its inputs.

    Args:
        sizes: as for :class:`Progress`.
        clock: likewise.
    """

    def __init__(self, sizes: Iterable[int | None], clock: Callable[[], float]) -> None:
        self._sizes = iter(sizes)
        self._clock = clock
        self._total = self._inputs = 0
        self._known: bool | None = None
        self._last: tuple[float, int] | None = None
        # What was measured, less and less of it the longer ago it was.
        self._bytes = self._seconds = self._measured = 0.0

    def after(self, passed: int) -> float | None:
        """Seconds that are left, as far as can be told; asked again and again.

        Args:
            passed: the bytes that are dealt with.
        """
        now = self._clock()
        if self._last is not None:
            taken = now - self._last[0]
            kept = math.exp(-taken / _MEMORY)
            self._bytes = self._bytes * kept + max(0, passed - self._last[1])
            self._seconds = self._seconds * kept + taken
            self._measured += taken
        self._last = now, passed
        self._look()
        if not self._known or self._measured < _SURE or not self._bytes or passed >= self._total:
            return None
        return (self._total - passed) * self._seconds / self._bytes

    def _look(self) -> None:
        """Look up some more sizes."""
        end = self._clock() + _LOOK
        while self._known is None and self._clock() <= end:
            size = next(self._sizes, -1)
            self._inputs += 1
            if size is None or self._inputs > _MOST:
                self._known = False
            elif size < 0:
                self._known = True
            else:
                self._total += size


def spelt(seconds: float) -> str:
    """A time as people say it, rounded up."""
    minutes = math.ceil(seconds / 60)
    if seconds <= 55:
        # In steps: nobody can read what changes all the time.
        return f"{5 * math.ceil(seconds / 5)} s"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60:02} min"
    return f"{minutes / 60 / 24:.0f} days"
