"""The errors of a run's database, as ones that say what could not be used."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from cleaner.errors import OutputError
from cleaner.output import named


class Usable(AbstractContextManager[None]):
    """Names what goes wrong with a database; can be entered again and again.

    Args:
        file: where it is.

    Raises:
        OutputError: it cannot be read or written.
    """

    __slots__ = ("_file", "_named")

    def __init__(self, file: Path) -> None:
        self._file = file
        self._named = named(file)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._named.__exit__(kind, error, trace)
        if not isinstance(error, sqlite3.Error):
            return
        told = f"{self._file} cannot be used: {str(error).lower()}"
        if not isinstance(error, sqlite3.OperationalError):
            told += "; remove it to start anew"
        elif "full" in str(error):
            told += "; make room"
        raise OutputError(told) from error
