"""Tar archives, read block by block: nothing is held but one member."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.corpus.entry import Entry
from cleaner.corpus.errors import (
    DamagedInput,
    NotAFile,
    TruncatedInput,
    UnpackedTooLarge,
    UnsupportedFormat,
)
from cleaner.corpus.readers.members import Members
from cleaner.corpus.readers.place import Place
from cleaner.corpus.readers.source import Source
from cleaner.errors import InputError

_BLOCK = 512
_END = bytes(_BLOCK)
_EXTENDED = 1 << 20
"""The most bytes of a header that stands before another: it holds one name and a few numbers."""
_GET_AGAIN = "get it again from where it came from"
_PAX = (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)
_LONG_NAME = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_SPECIAL = {
    tarfile.LNKTYPE: "a hard link",
    tarfile.SYMTYPE: "a symbolic link",
    tarfile.CHRTYPE: "a device",
    tarfile.BLKTYPE: "a device",
    tarfile.FIFOTYPE: "a pipe",
}


@dataclass(frozen=True, slots=True)
class _Header:
    """A member's header, with what stood in those before it."""

    name: str
    kind: bytes
    size: int
    sparse: bool


def read_tar(source: Source, place: Place) -> Iterator[Entry]:
    """An entry for each file in an archive; links, devices and pipes are problems.

    Args:
        source: the archive's bytes.
        place: the archive.

    Raises:
        InputError: the archive cannot be read on.
    """
    # tarfile remembers every member, and reads a header as large as the archive says it is.
    members = Members(place)
    while (header := _header(source)) is not None:
        members.count()
        if header.kind == tarfile.DIRTYPE:
            continue
        special = _SPECIAL.get(header.kind)
        # Only these are followed by no data, whatever size they state.
        stored = 0 if special is not None else header.size
        after = source.position + -(-stored // _BLOCK) * _BLOCK
        try:
            name = members.admit(header.name)
            if name is not None:
                data = _content(source, header, special, members, place)
                yield from members.entries(name, data)
        except UnpackedTooLarge:
            raise
        except TruncatedInput as error:
            yield members.bad(header.name, error)
            return
        except InputError as error:
            yield members.bad(header.name, error)
        _skip(source, after - source.position)


def _content(
    source: Source, header: _Header, special: str | None, members: Members, place: Place
) -> bytes:
    """The bytes of a member.

    Raises:
        NotAFile, UnsupportedFormat, InputTooLarge, TruncatedInput: it has none to be read.
    """
    if special is not None:
        raise NotAFile(f"it is {special}; pack the file itself instead")
    if header.sparse or header.kind not in _FILES:
        raise UnsupportedFormat("it is stored in a way that is not read; unpack the archive first")
    if header.size > place.options.max_bytes:
        raise members.too_large()
    data = source.take(header.size)
    if len(data) < header.size:
        raise TruncatedInput(f"the archive ends inside this member; {_GET_AGAIN}")
    return data


def _header(source: Source) -> _Header | None:
    """The header of the next member; None at the end mark.

    Raises:
        TruncatedInput: there is no end mark.
        DamagedInput: there is something else, or more after the end mark.
    """
    named: dict[str, str] = {}
    while True:
        offset = source.position
        block = source.take(_BLOCK)
        if block == _END:
            _no_more(source)
            return None
        if len(block) < _BLOCK:
            raise TruncatedInput(f"this tar archive has no end mark; {_GET_AGAIN}")
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
            size = int(named.get("size", info.size))
        except (tarfile.TarError, ValueError) as error:
            raise _damaged(offset) from error
        if size < 0:
            raise _damaged(offset)
        if info.type in _LONG_NAME:
            text = _extended(source, size, offset).partition(b"\0")[0]
            if info.type == tarfile.GNUTYPE_LONGNAME:
                named["path"] = text.decode("utf-8", "surrogateescape")
        elif info.type in _PAX:
            named |= _records(_extended(source, size, offset), offset)
        elif info.type == tarfile.XGLTYPE:
            _extended(source, size, offset)
        else:
            name = named.get("path", info.name)
            sparse = info.type == tarfile.GNUTYPE_SPARSE or "sparse" in named
            # The old form of a directory is a file whose name ends with a slash.
            folder = info.type == tarfile.DIRTYPE or (info.type in _FILES and name.endswith("/"))
            return _Header(name, tarfile.DIRTYPE if folder else info.type, size, sparse)


def _no_more(source: Source) -> None:
    """Go to the end of all, behind the end mark.

    Raises:
        DamagedInput: there is more than padding.
        InputError: what is beneath breaks off, or breaks its format.
    """
    while piece := source.some():
        if piece.strip(b"\0"):
            raise DamagedInput(
                "more follows the end mark of this tar archive; give each archive a file of its own"
            )


def _extended(source: Source, size: int, offset: int) -> bytes:
    if size > _EXTENDED:
        raise _damaged(offset)
    data = source.take(size)
    if len(data) < size:
        raise TruncatedInput(f"this tar archive ends inside a header; {_GET_AGAIN}")
    _skip(source, -size % _BLOCK)
    return data


def _records(data: bytes, offset: int) -> dict[str, str]:
    """What a POSIX header states that matters here: ``path``, ``size``, and a mark if ``sparse``.

    Raises:
        DamagedInput: it breaks the format.
    """
    found: dict[str, str] = {}
    at = 0
    while at < len(data) and data[at]:
        length, space, _ = data[at : at + 20].partition(b" ")
        if not (space and length.isdigit() and len(length) < 10):
            raise _damaged(offset)
        end = at + int(length)
        key, equals, value = data[at + len(length) + 1 : end].partition(b"=")
        if end > len(data) or not (equals and value.endswith(b"\n")):
            raise _damaged(offset)
        if key.startswith(b"GNU.sparse."):
            found["sparse"] = "yes"
        elif key in (b"path", b"size"):
            found[key.decode()] = value[:-1].decode("utf-8", "surrogateescape")
        at = end
    return found


def _skip(source: Source, size: int) -> None:
    if source.skip(size) < size:
        raise TruncatedInput(f"this tar archive ends inside a member; {_GET_AGAIN}")


def _damaged(offset: int) -> DamagedInput:
    return DamagedInput(
        f"at byte {offset} there is no header of a tar archive, and the rest cannot be read; "
        f"{_GET_AGAIN}"
    )
