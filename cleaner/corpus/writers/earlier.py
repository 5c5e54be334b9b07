"""The lines of an earlier run's output, read forward: most are wanted in the order they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner.corpus.state_parts import Part
from cleaner.corpus.writers.form import Form

_ROUNDS = 4
"""How many times as much as there is may be read, for lines that are wanted in another order."""


class Earlier:
    """Finds lines again in parts that can only be read from their start.

    Args:
        folder: where the parts are.
        form: how they are written.
        parts: what is known of them; none of them counts where one was changed.
    """

    def __init__(self, folder: Path, form: Form, parts: Sequence[Part]) -> None:
        self._folder = folder
        self._form = form
        intact = all(f.stands(folder / f.name) for part in parts for f in part.files)
        self._parts = list(parts) if intact else []
        self._left = _ROUNDS * self._parts[-1].end if self._parts else 0
        self._planned = (-1, 0)
        """The part that is read by the time that all is read that was promised, and where in it."""
        self._part = -1
        self._at = 0
        self._lines: Iterator[bytes] = iter(())

    def promises(self, start: int, size: int) -> bool:
        """Whether a line can be had, after all that were promised before.

        Args:
            start: where it starts among all lines.
            size: how long it is, in bytes.
        """
        found = self._holding(start, size)
        if found is None:
            return False
        number, at = self._planned
        if number != found.number or at > start:
            at = found.start
        if start + size - at > self._left:
            return False
        self._left -= start + size - at
        self._planned = (found.number, start + size)
        return True

    def line(self, start: int, size: int) -> bytes | None:
        """A line that was promised; None where it is not there any more."""
        found = self._holding(start, size)
        if found is None:
            return None
        try:
            if self._part != found.number or self._at > start:
                files = [self._folder / f.name for f in found.files]
                self._part, self._at = found.number, found.start
                self._lines = self._form.read(files)
            for line in self._lines:
                self._at += len(line)
                if self._at > start:
                    return line if (self._at, len(line)) == (start + size, size) else None
        except Exception:  # Whatever a library says of a file that was changed.
            return None
        return None

    def _holding(self, start: int, size: int) -> Part | None:
        """The part that holds a line."""
        low, high = 0, len(self._parts)
        while low < high:
            middle = (low + high) // 2
            if self._parts[middle].end <= start:
                low = middle + 1
            else:
                high = middle
        if low == len(self._parts) or start + size > self._parts[low].end:
            return None
        return self._parts[low]
