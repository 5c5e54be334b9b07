"""What is left out of a directory: patterns as in a ``.gitignore``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.corpus.entry import spelt
from cleaner.corpus.readers.options import ReadOptions, decided, patterns
from cleaner.errors import UnreadableInput
from cleaner.inputs import Input

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

FILE = ".cleanerignore"
"""Holds the patterns for the directory that it is in and all below, as git's own file does."""
_MAX_BYTES = 1 << 20


class Ignored:
    """Tells what below a directory is left out; asked in the order of a walk.

    What the caller asks for goes before what the files say, and a file before those further up. In
    a directory that is left out, nothing is looked at, and no pattern brings a file back.

    Only what holds for the directories on the way to the last file is remembered.

    Args:
        root: the directory.
        options: hold the caller's patterns.
    """

    def __init__(self, root: Path, options: ReadOptions) -> None:
        self._root = root
        self._own = patterns(options.ignore) if options.ignore else None
        self._problems: list[Input] = []
        self._path: list[str] = []
        # For each directory on the way, the root first: its patterns, and whether it is left out.
        self._levels = [(self._load(""), False)]

    def has(self, name: str) -> bool:
        """Whether a file or a directory is left out.

        Args:
            name: its path relative to the directory, parted by "/"; one that ends with it is that
                of a directory.
        """
        *folders, _ = name.split("/")
        kept = 0
        while kept < min(len(folders), len(self._path)) and folders[kept] == self._path[kept]:
            kept += 1
        del self._path[kept:], self._levels[kept + 1 :]
        for folder in folders[kept:]:
            self._path.append(folder)
            inside = "/".join(self._path)
            left_out = self._levels[-1][1] or self._matches(f"{inside}/")
            self._levels.append((None if left_out else self._load(f"{inside}/"), left_out))
        return self._levels[-1][1] or (not name.endswith("/") and self._matches(name))

    def problems(self) -> Iterator[Input]:
        """The files of patterns that could not be used, each once."""
        while self._problems:
            yield self._problems.pop(0)

    def _matches(self, path: str) -> bool:
        if self._own is not None and (found := decided(self._own, spelt(path))) is not None:
            return found
        parts = path.rstrip("/").split("/")
        for depth in reversed(range(min(len(self._levels), len(parts)))):
            spec = self._levels[depth][0]
            if spec is None:
                continue
            below = "/".join(parts[depth:]) + ("/" if path.endswith("/") else "")
            if (found := decided(spec, spelt(below))) is not None:
                return found
        return False

    def _load(self, folder: str) -> GitIgnoreSpec | None:
        file = self._root / folder / FILE
        try:
            # A pipe or a device might never end.
            if not file.is_file():
                return None
            with file.open("rb") as opened:
                data = opened.read(_MAX_BYTES)
            return patterns(tuple(data.decode("utf-8-sig", "replace").splitlines()))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            problem = UnreadableInput(f"{(reason or str(error)).lower()}; it is not heeded")
            self._problems.append(Input(f"{folder}{FILE}", file, problem))
            return None
