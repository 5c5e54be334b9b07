"""A file per article, in a tree that mirrors the inputs."""

from __future__ import annotations

import os
from pathlib import Path

from cleaner.errors import OutputError
from cleaner.output import SUFFIX, Named, write_file


class Tree:
    """A file per article: its name with a suffix after it, in the same subdirectory.

    Args:
        folder: where the tree is.
        suffix: what comes after each name, so that ``a.txt`` and ``a.html`` never share a file.
    """

    resumable = True

    def __init__(self, folder: Path, suffix: str = SUFFIX) -> None:
        self.folder = folder
        self.suffix = suffix
        with Named(folder):
            folder.mkdir(parents=True, exist_ok=True)

    def target(self, name: str) -> Path:
        """Where an article goes."""
        return self.folder / (name + self.suffix)

    def put(self, name: str, data: bytes) -> int:
        """Write a file, whole or not at all."""
        target = self.target(name)
        try:
            write_file(target, data)
        except OutputError as error:
            if not isinstance(error.__cause__, FileNotFoundError):
                raise
            # Tried first, since most articles go where others went before.
            with Named(target):
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
