"""Writing files whole or not at all, and what must not be overwritten.

Everything is written to a temporary file in the same directory first and then moved into place,
so that no reader ever sees half an article and a run that breaks leaves nothing torn.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from cleaner.article import Article
from cleaner.errors import OutputError, UnusableName
from cleaner.inputs import STDIN, Input, find

SUFFIX = ".json"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_ADVICE = {
    errno.ENOSPC: "; make room",
    errno.EDQUOT: "; make room",
    errno.EROFS: "; choose another place",
    errno.EACCES: "; see who may write there, or choose another place",
    errno.EPERM: "; see who may write there, or choose another place",
}
"""What to do about some of the system's errors."""


def encode(article: Article, indent: int | None = None) -> bytes:
    """The article as it is written: JSON in UTF-8 with a newline at its end."""
    return f"{article.to_json(indent)}\n".encode()


def target_of(folder: Path, found: Input, suffix: str = SUFFIX) -> Path:
    """Where an input's article goes: ``a.txt`` and ``a.html`` never share a file."""
    return folder / (found.name + suffix)


def part_name(name: str, number: int) -> str:
    """The name of a part of a file: ``all-00003.jsonl.zst`` of ``all.jsonl.zst``."""
    stem, end = _stem(name)
    return f"{stem}-{number:05d}{end}"


def part_pattern(name: str) -> re.Pattern[str]:
    """What the names of all parts of a file match."""
    stem, end = _stem(name)
    return re.compile(rf"{re.escape(stem)}-\d{{5,}}{re.escape(end)}", re.ASCII)


def _stem(name: str) -> tuple[str, str]:
    """A file's name before its endings, and those."""
    found = re.fullmatch(
        r"(.+?)((?:\.[A-Za-z]\w{0,9})?(?:\.(?:gz|zst))?)", name, re.ASCII | re.DOTALL
    )
    return (found[1], found[2]) if found is not None else (name, "")


def write_file(target: Path, data: bytes) -> None:
    """Write a file as a whole or not at all.

    Raises:
        OutputError: it could not be written; what was there before still is.
    """
    with _replacing(target) as temporary, Named(target):
        # At once, without a buffer: a run does this for each article.
        file = os.open(temporary, _NEW, 0o666)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)


@contextlib.contextmanager
def atomic_file(target: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of ``target`` when the block ends without an error.

    Raises:
        OutputError: it could not be written; what was there before still is.
    """
    with _replacing(target) as temporary:
        with Named(target):
            file = open(temporary, "xb")  # noqa: SIM115  # closed below, before it is moved
        try:
            yield file
            with Named(target):
                file.close()
        finally:
            # Closing writes what is still buffered, which fails again on a full disk.
            with contextlib.suppress(OSError):
                file.close()


@contextlib.contextmanager
def _replacing(target: Path) -> Iterator[str]:
    """The name of a new file that takes the place of another when the block ends without an error.

    It need not exist before; after an error it does not.
    """
    with Named(target):
        real, mode = _replaced(target)
    # Short, so that it fits wherever the target's name does; hidden, so that no run reads it.
    temporary = os.path.join(os.path.dirname(real), f".cleaner-{os.urandom(6).hex()}.tmp")
    try:
        yield temporary
        with Named(target):
            if mode is not None:
                os.chmod(temporary, mode)
            os.replace(temporary, real)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _replaced(target: Path) -> tuple[str, int | None]:
    """The file that is replaced, and the permissions that its owner gave to it."""
    path = os.fspath(target)
    try:
        told = os.lstat(path)
        if stat.S_ISLNK(told.st_mode):
            # What a link points at is replaced, not the link.
            path = os.path.realpath(path)
            told = os.lstat(path)
    except FileNotFoundError:
        return path, None
    return path, stat.S_IMODE(told.st_mode) if stat.S_ISREG(told.st_mode) else None


class Named(AbstractContextManager[None]):
    """Turns the system's errors into ones that say what could not be written.

    It can be entered again and again, and is no generator: that is done many times an article.

    Args:
        target: what is written.
    """

    __slots__ = ("_target",)

    def __init__(self, target: Path) -> None:
        self._target = target

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        told = self.told(error) if error is not None else None
        if told is not None:
            raise told from error

    def told(self, error: BaseException) -> OutputError | None:
        """What says of an error what could not be written; None where it is another one."""
        if not isinstance(error, OSError) or isinstance(error, BrokenPipeError):
            return None
        target = self._target
        if isinstance(error, (IsADirectoryError, NotADirectoryError, FileExistsError)):
            return UnusableName(f"{target}: a file or directory of that name is in the way")
        if error.errno == errno.ENAMETOOLONG:
            return UnusableName(f"{target.name}: the name is too long for a file")
        reason = (error.strerror or str(error)).lower()
        advice = _ADVICE.get(error.errno or 0, "")
        return OutputError(f"{target} cannot be written: {reason}{advice}")


def clashes(
    roots: Sequence[str], folder: Path, stdin_name: str, suffix: str = SUFFIX
) -> Iterator[str]:
    """What must not be overwritten and would be: an article by another one, or an input.

    Only a directory's files are looked at again, never remembered: a run may have millions.

    Args:
        roots: the inputs as they were given.
        folder: where the articles go.
        stdin_name: what standard input is called.
        suffix: what comes after an article's name.
    """
    out = folder.resolve()
    given = {root: Path(root).resolve() for root in roots if root and root != STDIN}
    folders = [root for root in roots if root in given and os.path.isdir(root)]
    for root in folders:
        if given[root] == out:
            yield f"{root} is both an input and where the output goes"
    # Only what lies where output goes can be overwritten by it.
    exposed = [path for path in given.values() if path.is_relative_to(out)]
    if len(roots) == 1 and not exposed:
        return
    seen: dict[str, str] = {}
    for number, root in enumerate(roots):
        earlier = [f for f in roots[:number] if f in folders]
        for found in find([root], skip=folder, stdin_name=stdin_name):
            shown, target = found.shown, target_of(folder, found, suffix)
            others = [str(Path(f, found.name)) for f in earlier if not _hidden(found.name)]
            others = [o for o in others if os.path.isfile(o) and not _within(o, out)]
            if found.name in seen:
                others.append(seen[found.name])
            if others:
                yield f"{others[0]} and {shown} would both be written to {target}"
            if root not in folders:
                seen[found.name] = shown
            if (
                exposed
                and os.path.exists(target)
                and any(_within(target, path) for path in exposed)
            ):
                yield f"{target} is an input; the article of {shown} would overwrite it"


def _hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def _within(path: str | Path, folder: Path) -> bool:
    return Path(path).resolve().is_relative_to(folder)
