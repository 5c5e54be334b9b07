"""What a run has done so far, in an SQLite file beside its output: what resuming goes by.

A row for each entry, in order. What is written is written before its row is committed, so that a
row never says more than what there is.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cleaner.corpus.database import Usable
from cleaner.corpus.state_parts import TABLES, PartRows
from cleaner.errors import OutputError
from cleaner.report.summary import Facts

PUBLISHING = "publishing"
"""The value that says that parts are being put in their places."""
_LAYOUT = 1
_EVERY = 1.0
"""Seconds between two commits; so much work is done again after a crash, at most."""
_MANY = 2_000
"""Rows between two commits."""
_TABLES = """
CREATE TABLE IF NOT EXISTS run (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS done (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, key BLOB NOT NULL,
    start INTEGER NOT NULL, size INTEGER NOT NULL, problem TEXT, said TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS done_name ON done (name) WHERE problem IS NULL;
CREATE TABLE IF NOT EXISTS old (
    name TEXT PRIMARY KEY, key BLOB NOT NULL,
    start INTEGER NOT NULL, size INTEGER NOT NULL, said TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of an entry.

    Attributes:
        number: its place in the run, from 0.
        name: what it is called.
        key: hash of its content and of all that decides what is made of it.
        start: where in the output file its record starts, in bytes.
        size: of its record, in bytes.
        problem: the name of the error, where there is no article.
        facts: what the summary says of it.
        message: what the error says.
    """

    number: int
    name: str
    key: bytes
    start: int = 0
    size: int = 0
    problem: str | None = None
    facts: Facts | None = None
    message: str = ""


class State:
    """The rows of a run.

    Args:
        file: where they are kept.

    Attributes:
        parts: the parts of the output, where it is written in parts.

    Raises:
        OutputError: the file cannot be read or written, or is another program's.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._usable = Usable(file)
        self._last = time.monotonic()
        self._waiting = 0
        with self._usable:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(file, isolation_level=None)
        self.parts = PartRows(self._base, file)
        try:
            self._open()
        except BaseException:
            self._base.close()
            raise

    def _open(self) -> None:
        with self._usable:
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.executescript(_TABLES + TABLES)
            self._base.execute("BEGIN")
            self._has_old = self._any_old()
        layout = self.get("layout")
        if layout not in (None, str(_LAYOUT)):
            raise OutputError(
                f"{self._file} was written by another version of cleaner; remove it to start anew"
            )
        self.set("layout", str(_LAYOUT))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._base.close()

    def get(self, name: str) -> str | None:
        """A value of the run as a whole."""
        with self._usable:
            found = self._base.execute("SELECT value FROM run WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def set(self, name: str, value: str) -> None:
        """Set a value of the run as a whole."""
        with self._usable:
            self._base.execute("INSERT OR REPLACE INTO run VALUES (?, ?)", (name, value))

    @property
    def finished(self) -> bool:
        """Whether the last run was gone through with."""
        return self.get("finished") == "yes"

    def start_anew(self, *, parts: bool) -> None:
        """Begin at the first entry; what was done before can be looked up as old.

        Args:
            parts: whether what a run has done that was broken off can be used by itself.
        """
        with self._usable:
            if parts or self.finished:
                self._base.execute(
                    "INSERT OR REPLACE INTO old SELECT name, key, start, size, said FROM done "
                    "WHERE problem IS NULL"
                )
            self._base.execute("DELETE FROM done")
            self._has_old = self._any_old()
        self.parts.start_anew(finished=self.finished)
        self.set("finished", "no")

    def start_from_nothing(self) -> None:
        """Begin at the first entry; nothing that was done before can be looked up."""
        with self._usable:
            self._base.execute("DELETE FROM done")
        self.set("finished", "no")
        self.set(PUBLISHING, "no")
        self.parts.retire()
        self.forget_old()

    def forget_old(self) -> None:
        """Let nothing be looked up as old."""
        with self._usable:
            self._base.execute("DELETE FROM old")
        self._has_old = False

    def _any_old(self) -> bool:
        """Whether anything can be looked up as old: most runs are the first, and need not look."""
        return self._base.execute("SELECT 1 FROM old LIMIT 1").fetchone() is not None

    def at(self, number: int) -> Row | None:
        """What was done with the entry in a place."""
        with self._usable:
            found = self._base.execute("SELECT * FROM done WHERE number = ?", (number,)).fetchone()
        return _row(*found) if found else None

    def old(self, name: str) -> Row | None:
        """What an earlier run made of an entry of that name."""
        if not self._has_old:
            return None
        with self._usable:
            found = self._base.execute(
                "SELECT -1, name, key, start, size, NULL, said FROM old WHERE name = ?", (name,)
            ).fetchone()
        return _row(*found) if found else None

    def cut(self, number: int) -> int:
        """Forget what was done from a place on; where the output ends that is left."""
        with self._usable:
            self._base.execute("DELETE FROM done WHERE number >= ?", (number,))
        return self.end()

    def free(self, name: str) -> bool:
        """Whether no article of this run has the name."""
        with self._usable:
            found = self._base.execute(
                "SELECT 1 FROM done WHERE name = ? AND problem IS NULL", (name,)
            ).fetchone()
        return found is None

    def add(self, row: Row) -> None:
        """Remember what was done with an entry."""
        said = json.dumps(row.facts.to_dict() if row.facts is not None else row.message)
        values = (row.number, row.name, row.key, row.start, row.size, row.problem, said)
        with self._usable:
            self._base.execute("INSERT INTO done VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        self._waiting += 1

    @property
    def due(self) -> bool:
        """Whether it is time to commit."""
        return self._waiting >= _MANY or time.monotonic() - self._last > _EVERY

    def commit(self) -> None:
        """Make what was remembered last, also when the program is killed."""
        with self._usable:
            self._base.execute("COMMIT")
            self._base.execute("BEGIN")
        self._last = time.monotonic()
        self._waiting = 0

    def end(self) -> int:
        """Where the last record of the run ends in the output file, in bytes."""
        with self._usable:
            (end,) = self._base.execute(
                "SELECT coalesce(max(start + size), 0) FROM done"
            ).fetchone()
        return int(end)

    def finish(self) -> None:
        """The run is through: forget what is old, and commit."""
        self.forget_old()
        self.parts.forget_old()
        self.set("finished", "yes")
        self.commit()

    def problems(self) -> Iterator[Row]:
        """The entries that no article was made of, in order."""
        with self._usable:
            yield from itertools.starmap(
                _row,
                self._base.execute("SELECT * FROM done WHERE problem IS NOT NULL ORDER BY number"),
            )


class NoState:
    """Of a run whose output cannot be found again: nothing is remembered."""

    due = False

    def at(self, number: int) -> Row | None:
        """Nothing."""
        return None

    def old(self, name: str) -> Row | None:
        """Nothing."""
        return None

    def free(self, name: str) -> bool:
        """Lines need no names."""
        return True

    def add(self, row: Row) -> None:
        """Nothing is remembered."""

    def cut(self, number: int) -> int:
        """There is nothing to forget."""
        return 0

    def commit(self) -> None:
        """There is nothing to make last."""

    def finish(self) -> None:
        """There is nothing to forget."""


def _row(
    number: int, name: str, key: bytes, start: int, size: int, problem: str | None, said: str
) -> Row:
    told: Any = json.loads(said)
    if problem is not None:
        return Row(number, name, key, start, size, problem, message=told)
    return Row(number, name, key, start, size, facts=Facts(**told))
