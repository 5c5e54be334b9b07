"""Which parts of its output a run has written, beside the rows of its entries."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from cleaner.corpus.database import Usable

TABLES = """
CREATE TABLE IF NOT EXISTS parts (
    number INTEGER PRIMARY KEY, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    files TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS old_parts (
    number INTEGER PRIMARY KEY, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    files TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written: another size or time says that somebody else has changed it.

    Attributes:
        name: where it is, relative to the output, parted by "/".
        size: in bytes.
        time: of its last change, in nanoseconds.
    """

    name: str
    size: int
    time: int

    def stands(self, file: Path) -> bool:
        """Whether a file is the one that was written."""
        try:
            found = file.stat()
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == (self.size, self.time)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an output.

    Attributes:
        number: its place, from 0.
        start: where its first record starts among all records, in bytes.
        end: where its last record ends.
        files: what it was written to.
    """

    number: int
    start: int
    end: int
    files: tuple[Written, ...]


class PartRows:
    """The parts of a run, and those of the run before it.

    Args:
        base: the database of the run's state; commits are its business.
        file: where it is.
    """

    def __init__(self, base: sqlite3.Connection, file: Path) -> None:
        self._base = base
        self._usable = Usable(file)

    def all(self) -> list[Part]:
        """What this run has written, in order."""
        return self._read("parts")

    def old(self) -> list[Part]:
        """What the last run that was gone through with had written, in order."""
        return self._read("old_parts")

    def add(self, part: Part) -> None:
        """Remember a part."""
        files = json.dumps([(f.name, f.size, f.time) for f in part.files])
        with self._usable:
            self._base.execute(
                "INSERT INTO parts VALUES (?, ?, ?, ?)", (part.number, part.start, part.end, files)
            )

    def drop(self, number: int) -> None:
        """Forget the parts from a number on."""
        with self._usable:
            self._base.execute("DELETE FROM parts WHERE number >= ?", (number,))

    def start_anew(self, *, finished: bool) -> None:
        """Begin with no part.

        Args:
            finished: whether those that there are, are all of an output: then they become old.
        """
        with self._usable:
            if finished:
                self._base.execute("DELETE FROM old_parts")
                self._base.execute("INSERT INTO old_parts SELECT * FROM parts")
            self._base.execute("DELETE FROM parts")

    def retire(self) -> None:
        """Begin with no part, and let all that there are be old: their names may be in use."""
        with self._usable:
            self._base.execute("INSERT OR REPLACE INTO old_parts SELECT * FROM parts")
            self._base.execute("DELETE FROM parts")

    def forget_old(self) -> None:
        """Let no part be old."""
        with self._usable:
            self._base.execute("DELETE FROM old_parts")

    def _read(self, table: str) -> list[Part]:
        with self._usable:
            rows = self._base.execute(
                f'SELECT number, start, "end", files FROM {table} ORDER BY number'  # one of two
            ).fetchall()
        return [
            Part(number, start, end, tuple(Written(*file) for file in json.loads(files)))
            for number, start, end, files in rows
        ]
