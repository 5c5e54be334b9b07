"""A line per article in one file that a broken-off run can go on with."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import IO

from cleaner.corpus.writers.partial import flush_partial, open_partial
from cleaner.errors import OutputError, UnusableName
from cleaner.output import Named


class Lines:
    """A line per article in one file, which takes its place when the run is through.

    Until then it is a hidden file beside it, whose end a later run finds again.

    Args:
        target: the file.
        end: how much of the hidden file is to stay, in bytes.
    """

    resumable = True

    def __init__(self, target: Path, end: int) -> None:
        # What a link points at is replaced, not the link.
        self.target = Path(os.path.realpath(target))
        self.partial = _partial(self.target)
        with Named(target):
            if self.target.is_dir():
                raise UnusableName(f"{target} is a directory; give a file, or --out")
            self._old: IO[bytes] | None = None
            with contextlib.suppress(FileNotFoundError):
                self._old = self.target.open("rb")
            self._old_size = self._old.seek(0, os.SEEK_END) if self._old is not None else 0
        try:
            self._file = open_partial(self.partial, end)
        except OutputError:
            if self._old is not None:
                self._old.close()
            raise
        self._end = end

    @staticmethod
    def looks(target: Path) -> str:
        """Size and time of a finished file: other ones say that somebody else has changed it."""
        try:
            found = target.stat()
        except OSError:
            return ""
        return f"{found.st_size} {found.st_mtime_ns}"

    @classmethod
    def is_through(cls, target: Path, end: int) -> bool:
        """Whether a file of that size is in its place, and nothing is left to put there."""
        real = Path(os.path.realpath(target))
        try:
            return not _partial(real).exists() and real.stat().st_size == end
        except OSError:
            return False

    def put(self, name: str, data: bytes) -> int:
        """Write a line at the end."""
        with Named(self.target):
            self._file.write(data)
        start, self._end = self._end, self._end + len(data)
        return start

    def keeps(self, name: str, start: int, size: int) -> bool:
        """Whether the file that is to be replaced is long enough to hold a line."""
        return start + size <= self._old_size

    def keep(self, name: str, start: int, size: int) -> int:
        """Copy a line of the file that is to be replaced."""
        data = b""
        if self._old is not None:
            with Named(self.target):
                self._old.seek(start)
                data = self._old.read(size)
        if len(data) < size or data.find(b"\n") != size - 1:
            raise OutputError(
                f"{self.target} was changed since it was written: remove it and run again"
            )
        return self.put(name, data)

    def holds(self, name: str, size: int) -> bool:
        """Whether the line is there: it was found when the file was opened."""
        return True

    def cut(self, start: int) -> None:
        """Shorten the file."""
        with Named(self.target):
            self._file.truncate(start)
            self._end = self._file.seek(start)

    def flush(self) -> None:
        """Hand the last lines to the system.

        Raises:
            OutputError: they cannot be written, or somebody has changed the file.
        """
        flush_partial(self._file, self.partial, self._end)

    def finish(self) -> None:
        """Put the file in its place."""
        self.flush()
        with Named(self.target):
            self._file.close()
            if self.target.is_file():
                # The permissions that its owner gave to the file stay.
                shutil.copymode(self.target, self.partial)
            os.replace(self.partial, self.target)

    def close(self) -> None:
        """Close the files; what is not through stays for a later run."""
        for file in (self._file, self._old):
            with contextlib.suppress(OSError):
                if file is not None:
                    file.close()


def _partial(target: Path) -> Path:
    return target.parent / f".{target.name}.partial"
