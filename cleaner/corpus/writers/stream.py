"""A line per article to standard output, a pipe or a device."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from cleaner.inputs import STDIN
from cleaner.output import Named


class Stream:
    """A line per article to standard output, a pipe or a device: gone when it is written.

    Args:
        target: the pipe or the device; "-" is standard output.
    """

    resumable = False

    def __init__(self, target: str) -> None:
        self._shown = Path("standard output" if target == STDIN else target)
        with Named(self._shown):
            self._file = sys.stdout.buffer if target == STDIN else open(target, "wb")  # noqa: SIM115

    def put(self, name: str, data: bytes) -> int:
        """Write a line."""
        with Named(self._shown):
            self._file.write(data)
        return 0

    def keeps(self, name: str, start: int, size: int) -> bool:
        """Nothing is there any more."""
        return False

    def keep(self, name: str, start: int, size: int) -> int:
        """Never asked for: :meth:`keeps` says that there is nothing."""
        raise NotImplementedError

    def holds(self, name: str, size: int) -> bool:
        """Nothing is there any more."""
        return False

    def cut(self, start: int) -> None:
        """Nothing can be taken back."""

    def flush(self) -> None:
        """What reads it gets it when the buffer is full."""

    def finish(self) -> None:
        """Write what is still buffered."""
        with Named(self._shown):
            self._file.flush()

    def close(self) -> None:
        """Close it, but for standard output, which others may use."""
        if self._file is not sys.stdout.buffer:
            with contextlib.suppress(OSError):
                self._file.close()
