"""What a caller may say about reading: keys, ignores, limits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.api import MAX_BYTES
from cleaner.corpus.readers.names import member_name
from cleaner.errors import InputError, UsageError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

TEXT_KEYS = ("text", "content", "html", "raw_html", "body", "maintext", "document")
"""Where a record's text is looked for unless the caller names the key."""
ID_KEYS = ("id", "url")
"""Where a record's identifier is looked for unless the caller names the key."""
PAGES = ("text/html", "application/xhtml+xml", "text/plain")
"""The media types of articles in web archives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How inputs are read. All limits have a named problem that says when they were hit.

    Attributes:
        text_key: the key or column that holds a record's text or page; without it, the first of
            :data:`TEXT_KEYS` that holds one.
        id_key: the key or column that entries are named after; without it, the first of
            :data:`ID_KEYS` that holds something.
        ignore: patterns as in a ``.gitignore``; what they match in a directory or in an archive
            is left out.
        skip: a file or directory that is no input: where output goes.
        stdin_name: what standard input is called.
        warc_types: which records of web archives are read.
        warc_statuses: the HTTP statuses of answers that are read; None for all.
        warc_media: the media types that are read; None for all.
        max_bytes: the most bytes of one entry, packed and unpacked, and of one JSON line
            (256 MB).
        max_unpacked: the most bytes that one compressed file or archive may unpack to (1 TB). It
            is read piece by piece, so this is about time, not memory.
        max_ratio: how many times its compressed size data may unpack to (200), once it has given
            more than 10 MB. Articles reach 5 to 20.
        max_members: the most members of one archive (10 million); 16 to 32 bytes of memory are
            used for each.

    Raises:
        UsageError: a pattern or the name for standard input cannot be used.
    """

    text_key: str | None = None
    id_key: str | None = None
    ignore: tuple[str, ...] = ()
    skip: Path | None = None
    stdin_name: str = "stdin"
    warc_types: tuple[str, ...] = ("response", "conversion")
    warc_statuses: tuple[int, ...] | None = (200,)
    warc_media: tuple[str, ...] | None = PAGES
    max_bytes: int = MAX_BYTES
    max_unpacked: int = 1 << 40
    max_ratio: int = 200
    max_members: int = 10_000_000

    def __post_init__(self) -> None:
        try:
            if member_name(self.stdin_name) != self.stdin_name:
                raise UsageError(f"{self.stdin_name!r} is no name for an article")
            patterns(self.ignore)
        except (InputError, ValueError) as error:
            raise UsageError(str(error)) from error

    def ignores(self, name: str) -> bool:
        """Whether ``ignore`` leaves out the file of that name, or a directory that it is in."""
        if not self.ignore:
            return False
        spec = patterns(self.ignore)
        ends = (at + 1 for at, letter in enumerate(name) if letter == "/")
        return any(decided(spec, name[:end]) for end in ends) or decided(spec, name) is True


@lru_cache(maxsize=8)
def patterns(lines: tuple[str, ...]) -> GitIgnoreSpec:
    """What the lines of a ``.gitignore`` match.

    Raises:
        ValueError: one of them is no pattern.
    """
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


def decided(spec: GitIgnoreSpec, path: str) -> bool | None:
    """Whether patterns leave out a file or a directory by itself; None where they say nothing.

    As in git the last one that matches decides. To pathspec a pattern also matches all that is in
    a directory that it matches, so that ``!news/`` would bring back what other patterns leave out
    there; and ``news/**`` matches ``news/`` itself, so that nothing in it could be brought back.

    Args:
        spec: the patterns.
        path: that of a directory ends with "/". What it is in must not be left out.
    """
    for pattern in reversed(spec.patterns):
        if pattern.include is None or pattern.regex is None:
            continue
        ends = [found.end() for found in pattern.regex.finditer(path)]
        if pattern.regex.groups:
            itself = len(path) in ends
        else:
            # It is for all that is in a directory: others have a group, for where one ends.
            itself = bool(ends) and not (path.endswith("/") and ends[0] == len(path))
        if itself:
            return bool(pattern.include)
    return None


def amount(size: int) -> str:
    """A number of bytes as messages say it."""
    return f"{size >> 20} MB" if size >= 1 << 20 else f"{size} bytes"
