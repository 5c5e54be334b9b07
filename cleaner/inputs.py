"""Finding and reading inputs: files, directories walked in sorted order, standard input."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cleaner.api import MAX_BYTES
from cleaner.errors import InputError, InputTooLarge, UnreadableInput

STDIN = "-"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Input:
    """One article to be.

    Attributes:
        name: its path relative to the input's root, parted by "/"; a file given by itself has
            its name alone.
        file: where its bytes are; None for standard input.
        problem: why it cannot be read, where that showed before reading.
    """

    name: str
    file: Path | None
    problem: InputError | None = None

    @property
    def record_path(self) -> str:
        """The name as it stands in a record: the same text in every locale.

        Bytes of it that are not UTF-8 are spelt out in hexadecimal.
        """
        return os.fsencode(self.name).decode("utf-8", "backslashreplace")

    @property
    def shown(self) -> str:
        """The input as its user named it."""
        return "standard input" if self.file is None else str(self.file)


def find(
    inputs: Sequence[str],
    *,
    skip: Path | None = None,
    stdin_name: str = "stdin",
    enters: Callable[[str], bool] = lambda _: True,
) -> Iterator[Input]:
    """Every file that the inputs name, in the order given, directories in sorted order.

    Directories are walked to the bottom. Hidden files and directories in them are left out, as is
    ``skip`` (where output goes); links to directories are not followed. Nothing is held in memory
    but the names in one directory at a time.

    Args:
        inputs: files, directories, or "-" for standard input.
        skip: a file or directory that is no input.
        stdin_name: what standard input is called.
        enters: asked for each directory below one that is walked, by its path relative to that;
            where it says no, the directory is not even listed.
    """
    avoid = skip.resolve() if skip is not None else None
    for given in inputs:
        path = Path(given)
        if given == STDIN:
            yield Input(stdin_name, None)
        elif not given:
            yield Input("", path, UnreadableInput("its name is empty"))
        elif os.path.isdir(path):
            yield from _directory(path, avoid, enters)
        else:
            yield Input(path.name, path)


def _directory(root: Path, avoid: Path | None, enters: Callable[[str], bool]) -> Iterator[Input]:
    empty = True
    for found in _walk(root, avoid, enters):
        empty = False
        yield found
    if empty:
        yield Input(root.name, root, UnreadableInput("there is no file in this directory"))


def _walk(root: Path, avoid: Path | None, enters: Callable[[str], bool]) -> Iterator[Input]:
    # A stack, not recursion: directories may be nested deeper than Python's calls.
    open_folders = [_entries(root, "", avoid)]
    while open_folders:
        found = next(open_folders[-1], None)
        if found is None:
            open_folders.pop()
        elif isinstance(found, Input):
            yield found
        elif enters(found.name):
            open_folders.append(_entries(found.path, f"{found.name}/", avoid))


@dataclass(frozen=True, slots=True)
class _Folder:
    name: str
    path: Path


def _entries(folder: Path, prefix: str, avoid: Path | None) -> Iterator[Input | _Folder]:
    """The files and directories in one directory, in the same order in every locale."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda e: os.fsencode(e.name))
    except OSError as error:
        yield Input(prefix.rstrip("/") or folder.name, folder, _unreadable(error))
        return
    for entry in listed:
        if entry.name.startswith("."):
            continue
        path = folder / entry.name
        if avoid is not None and entry.name == avoid.name and path.resolve() == avoid:
            continue
        name = f"{prefix}{entry.name}"
        try:
            # The system says what these are when it lists them: they need not be looked up.
            if entry.is_file(follow_symlinks=False):
                yield Input(name, path)
            elif entry.is_dir(follow_symlinks=False):
                yield _Folder(name, path)
            # A link to a directory may lead back up, and there would be no end.
            elif not os.path.isdir(path):
                yield Input(name, path, _odd(entry))
        except OSError as error:
            yield Input(name, path, _unreadable(error))


def _odd(entry: os.DirEntry[str]) -> InputError | None:
    """Why what is no file may be no article: reading a pipe or a device might never end."""
    regular = stat.S_ISREG(entry.stat().st_mode)
    return None if regular else UnreadableInput("this is no regular file")


def read(found: Input, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of an input.

    Raises:
        UnreadableInput: it is not there, or may not be read.
        InputTooLarge: it holds more than ``max_bytes``.
    """
    if found.problem is not None:
        raise found.problem
    try:
        if found.file is None:
            return _bounded(sys.stdin.buffer, max_bytes)
        with found.file.open("rb") as file:
            return _bounded(file, max_bytes)
    # A closed standard input is None; a file name may hold a NUL.
    except (OSError, ValueError, AttributeError) as error:
        raise _unreadable(error) from error
    except MemoryError as error:
        raise InputTooLarge("there is not enough memory to read it") from error


def _bounded(file: BinaryIO, max_bytes: int) -> bytes:
    # In pieces: a device or a pipe may never end.
    pieces: list[bytes] = []
    size = 0
    while piece := file.read(_PIECE):
        size += len(piece)
        if size > max_bytes:
            raise InputTooLarge(f"it holds more than {max_bytes >> 20} MB")
        pieces.append(piece)
    return b"".join(pieces)


def _unreadable(error: Exception) -> UnreadableInput:
    reason = error.strerror if isinstance(error, OSError) else None
    return UnreadableInput((reason or str(error)).lower())
