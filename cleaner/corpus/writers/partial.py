"""Files in which lines are gathered until they are whole, and which nobody else may touch."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import IO

from cleaner.errors import OutputError
from cleaner.output import Named


def open_partial(path: Path, size: int) -> IO[bytes]:
    """A file to write to, at its end.

    Args:
        path: where it is.
        size: how much of it is to stay, in bytes.

    Raises:
        OutputError: it cannot be written, or is shorter than that.
    """
    with Named(path):
        mode = "r+b" if size and path.exists() else "w+b"
        file = open(path, mode, opener=_appending)  # noqa: SIM115
        if file.seek(0, os.SEEK_END) < size:
            file.close()
            raise OutputError(
                f"{path} is shorter than what was written to it: it was changed since; run again "
                "without --resume"
            )
        file.truncate(size)
        file.seek(size)
    return file


def flush_partial(file: IO[bytes], path: Path, size: int) -> None:
    """Hand the last lines to the system.

    Args:
        file: as it was opened.
        path: where it is.
        size: what it must hold now, in bytes.

    Raises:
        OutputError: they cannot be written, or somebody has changed the file.
    """
    with Named(path):
        file.flush()
        told = os.fstat(file.fileno())
    with contextlib.suppress(OSError):
        if told.st_size == size and os.path.samestat(told, os.stat(path)):
            return
    # Nothing in it can be relied on, and a later run must see that.
    with contextlib.suppress(OSError):
        file.truncate(0)
    raise OutputError(
        f"{path} was changed by somebody else while it was written; run again without --resume"
    )


def _appending(path: str, flags: int) -> int:
    # What is written to a file that somebody has cut off leaves no hole in it.
    return os.open(path, flags | os.O_APPEND, 0o666)
