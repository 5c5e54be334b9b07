"""The errors of a run's database, as ones that say what could not be used."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from cleaner.errors import OutputError
from cleaner.output import named


@contextlib.contextmanager
def usable(file: Path) -> Iterator[None]:
    """Name what goes wrong with a database.

    Args:
        file: where it is.

    Raises:
        OutputError: it cannot be read or written.
    """
    try:
        with named(file):
            yield
    except sqlite3.OperationalError as error:
        advice = "; make room" if "full" in str(error) else ""
        raise OutputError(f"{file} cannot be used: {str(error).lower()}{advice}") from error
    except sqlite3.Error as error:
        raise OutputError(
            f"{file} cannot be used: {str(error).lower()}; remove it to start anew"
        ) from error
