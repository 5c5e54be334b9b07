"""Zip archives, read from their start as they stream by: the directory at their end is not trusted.

That makes pipes possible, keeps one member in memory at a time, and leaves bombs nothing to work
with that are made of members which overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.corpus.entry import Entry
from cleaner.corpus.errors import DamagedInput, NotAFile, TruncatedInput, UnpackedTooLarge
from cleaner.corpus.readers.members import Members
from cleaner.corpus.readers.place import Place
from cleaner.corpus.readers.source import Source
from cleaner.corpus.readers.zipheaders import (
    DIRECTORY,
    END,
    GET_AGAIN,
    LOCAL,
    SPLIT,
    Header,
    local_header,
    special_members,
)
from cleaner.corpus.readers.zipmember import read_member
from cleaner.errors import BinaryInput, InputError

_END = re.compile(re.escape(END))
_LOCAL = re.compile(re.escape(LOCAL))
_OFFICE = ("[Content_Types].xml", "mimetype")


def read_zip(source: Source, place: Place) -> Iterator[Entry]:
    """An entry for each file in an archive.

    Which members are links only the directory at the end says. It is looked up in files; in a
    stream, a link is taken for a text that holds the name of another file.

    Args:
        source: the archive's bytes.
        place: the archive.

    Raises:
        InputError: the archive cannot be read on.
    """
    special = special_members(place.file) if place.file is not None else frozenset()
    members = Members(place)
    if source.peek(len(SPLIT)) == SPLIT:
        source.skip(len(SPLIT))
    while _another(source):
        members.count()
        offset = source.position
        header = local_header(source)
        if offset == 0 and header.name in _OFFICE:
            raise BinaryInput("this is an office document or an e-book; extract its text first")
        name, problem = _admitted(header, offset in special, members)
        try:
            found = read_member(source, header, members, wanted=name is not None)
        except UnpackedTooLarge:
            raise
        except InputError as error:
            yield members.bad(header.name, problem or error)
            if isinstance(error, TruncatedInput):
                return
            raise DamagedInput(
                f"what comes after the member at byte {offset} cannot be read; {GET_AGAIN}"
            ) from error
        if isinstance(found, InputError):
            problem = problem or found
        elif name is not None:
            yield from members.entries(name, found)
        if problem is not None:
            yield members.bad(header.name, problem)


def _another(source: Source) -> bool:
    """Whether a member comes next; False at the end of the archive.

    Raises:
        TruncatedInput: the end is missing.
        DamagedInput: something else comes next.
    """
    start = source.peek(len(LOCAL))
    if start == LOCAL:
        return True
    if start and not start.startswith(DIRECTORY):
        raise DamagedInput(
            f"at byte {source.position} there is no member of a zip archive, and the rest cannot "
            f"be read; {GET_AGAIN}"
        )
    if not source.find(_END, len(END)):
        raise TruncatedInput(f"this zip archive has no end; {GET_AGAIN}")
    if source.find(_LOCAL, len(LOCAL)):
        raise DamagedInput("another archive follows in the same file; give each one of its own")
    return False


def _admitted(
    header: Header, special: bool, members: Members
) -> tuple[str | None, InputError | None]:
    """The name of a member that is to be read, or why it must not be; neither if left out."""
    if header.name.endswith("/"):
        return None, None
    try:
        name = members.admit(header.name)
    except InputError as error:
        return None, error
    if name is not None and special:
        return None, NotAFile("it is a link or a device; pack the file itself instead")
    return name, None
