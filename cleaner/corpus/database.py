"""The errors of a run's database, as ones that say what could not be used."""

from __future__ import annotations

import sqlite3

from cleaner.errors import OutputError
from cleaner.output import Named


class Usable(Named):
    """Names what goes wrong with a database; it is entered as often as that is used.

    Args:
        target: the database's file.
    """

    __slots__ = ()

    def told(self, error: BaseException) -> OutputError | None:
        """What says of an error what could not be used; None where it is another one."""
        if not isinstance(error, sqlite3.Error):
            return super().told(error)
        told = f"{self._target} cannot be used: {str(error).lower()}"
        if not isinstance(error, sqlite3.OperationalError):
            told += "; remove it to start anew"
        elif "full" in str(error):
            told += "; make room"
        return OutputError(told)
