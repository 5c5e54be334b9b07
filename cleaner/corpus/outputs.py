"""Where articles go: a tree of files, or one file of lines that a broken-off run can go on with."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path
from typing import IO, Protocol

from cleaner.errors import OutputError, UnusableName
from cleaner.inputs import STDIN
from cleaner.output import SUFFIX, named, write_file


class Output(Protocol):
    """Takes records in order."""

    resumable: bool
    """Whether what was written can be found again by a later run."""

    def put(self, name: str, data: bytes) -> int:
        """Write a record; where it starts.

        Raises:
            UnusableName: this one cannot be written.
            OutputError: nothing more can be written.
        """

    def keeps(self, name: str, start: int, size: int) -> bool:
        """Whether a record of an earlier run is still there."""

    def keep(self, name: str, start: int, size: int) -> int:
        """Take over a record of an earlier run; where it starts now.

        Raises:
            OutputError: it was changed since.
        """

    def holds(self, name: str, size: int) -> bool:
        """Whether a record that this run has written is still there."""

    def cut(self, start: int) -> None:
        """Take back what was written from a place on."""

    def flush(self) -> None:
        """Hand what was written to the system, so that it outlives this program."""

    def finish(self) -> None:
        """The run is through."""

    def close(self) -> None:
        """The run has ended, through or not."""


class Tree:
    """A file per article: its name with ``.json`` after it, in the same subdirectory."""

    resumable = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with named(folder):
            folder.mkdir(parents=True, exist_ok=True)

    def target(self, name: str) -> Path:
        """Where an article goes."""
        return self.folder / (name + SUFFIX)

    def put(self, name: str, data: bytes) -> int:
        """Write a file, whole or not at all."""
        target = self.target(name)
        with named(target):
            if not os.path.isdir(target.parent):
                target.parent.mkdir(parents=True, exist_ok=True)
        write_file(target, data)
        return 0

    def keeps(self, name: str, start: int, size: int) -> bool:
        """Whether the file is there, of that size."""
        return self.holds(name, size)

    def keep(self, name: str, start: int, size: int) -> int:
        """Leave a file where it is."""
        return start

    def holds(self, name: str, size: int) -> bool:
        """Whether the file is there, of that size."""
        try:
            return os.path.getsize(self.target(name)) == size
        except OSError:
            return False

    def cut(self, start: int) -> None:
        """Files of what is not there any more stay."""

    def flush(self) -> None:
        """Every file is written when it is put."""

    def finish(self) -> None:
        """Nothing is left to do."""

    def close(self) -> None:
        """Nothing is left to do."""


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
        with named(target):
            if self.target.is_dir():
                raise UnusableName(f"{target} is a directory; give a file, or --out")
            self._old: IO[bytes] | None = None
            with contextlib.suppress(FileNotFoundError):
                self._old = self.target.open("rb")
            self._old_size = self._old.seek(0, os.SEEK_END) if self._old is not None else 0
            self._file = self.partial.open("r+b" if end and self.partial.exists() else "w+b")
            size = self._file.seek(0, os.SEEK_END)
            if size < end:
                self.close()
                raise OutputError(
                    f"{self.partial} is shorter than what was written to it: it was changed since; "
                    "run again without --resume"
                )
            self._file.truncate(end)
            self._end = self._file.seek(end)

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
        with named(self.target):
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
            with named(self.target):
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
        with named(self.target):
            self._file.truncate(start)
            self._end = self._file.seek(start)

    def flush(self) -> None:
        """Hand the last lines to the system."""
        with named(self.target):
            self._file.flush()

    def finish(self) -> None:
        """Put the file in its place."""
        with named(self.target):
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


class Stream:
    """A line per article to standard output, a pipe or a device: gone when it is written.

    Args:
        target: the pipe or the device; "-" is standard output.
    """

    resumable = False

    def __init__(self, target: str) -> None:
        self._shown = Path("standard output" if target == STDIN else target)
        with named(self._shown):
            self._file = sys.stdout.buffer if target == STDIN else open(target, "wb")  # noqa: SIM115

    def put(self, name: str, data: bytes) -> int:
        """Write a line."""
        with named(self._shown):
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
        with named(self._shown):
            self._file.flush()

    def close(self) -> None:
        """Close it, but for standard output, which others may use."""
        if self._file is not sys.stdout.buffer:
            with contextlib.suppress(OSError):
                self._file.close()
