"""The headers of zip archives: before members, after them, and in the directory."""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cleaner.corpus.errors import DamagedInput, TruncatedInput
from cleaner.corpus.readers.source import Source

LOCAL = b"PK\x03\x04"
SPLIT = b"PK\x07\x08"
"""Before a descriptor; also at the start of an archive that was to be split and was not."""
END = b"PK\x05\x06"
DIRECTORY = (b"PK\x01\x02", b"PK\x06\x06", b"PK\x06\x07", b"PK\x06\x08", END)
"""What may come after the last member."""
GET_AGAIN = "get it again from where it came from"

_LOCAL = struct.Struct("<4s5H3L2H")
_DESCRIPTORS = tuple(map(struct.Struct, ("<4sLLL", "<4sLQQ", "<LLL", "<LQQ")))
LONGEST_DESCRIPTOR = _DESCRIPTORS[1].size + 2
"""Bytes; with the start of what comes next."""
_ENTRY = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64_PLACE = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_WIDE = 0xFFFFFFFF
_WIDE_SIZES = 1
_ENCRYPTED, _STREAMED, _UTF8 = 0x1, 0x8, 0x800
_UNIX = (3, 19)
"""The systems whose directory entries hold a Unix mode."""
_COMMENT = 0xFFFF
_MOST_SPECIAL = 100_000


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before a member.

    Attributes:
        name: the member's name.
        method: how it is compressed.
        encrypted: whether it needs a password.
        streamed: whether its sizes come again after it.
        packed: its bytes in the archive; None where only what comes after it says so.
        size: its bytes when unpacked; None likewise.
        crc: its check sum; None likewise.
    """

    name: str
    method: int
    encrypted: bool
    streamed: bool
    packed: int | None
    size: int | None
    crc: int | None


def local_header(source: Source) -> Header:
    """The header before the next member.

    Raises:
        TruncatedInput: the archive ends in it.
        DamagedInput: it contradicts itself.
    """
    offset = source.position
    fixed = source.take(_LOCAL.size)
    if len(fixed) < _LOCAL.size:
        raise _cut_off()
    _, _, flags, method, _, _, crc, packed, size, name_size, more_size = _LOCAL.unpack(fixed)
    raw, more = source.take(name_size), source.take(more_size)
    if len(raw) < name_size or len(more) < more_size:
        raise _cut_off()
    if _WIDE in (packed, size):
        wide = _wide(more)
        if wide is None:
            raise DamagedInput(f"the header at byte {offset} contradicts itself; {GET_AGAIN}")
        size, packed = wide
    streamed = bool(flags & _STREAMED)
    known = packed > 0 or not streamed
    return Header(
        name=_name(raw, bool(flags & _UTF8)),
        method=method,
        encrypted=bool(flags & _ENCRYPTED),
        streamed=streamed,
        packed=packed if known else None,
        size=size if known else None,
        crc=crc if not streamed else None,
    )


def _name(raw: bytes, utf8: bool) -> str:
    """A member's name: many tools write UTF-8 without saying so."""
    if utf8:
        return raw.decode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp437")


def _wide(more: bytes) -> tuple[int, int] | None:
    """The sizes of a large member, unpacked and packed."""
    at = 0
    while at + 4 <= len(more):
        kind, size = struct.unpack_from("<HH", more, at)
        if kind == _WIDE_SIZES and size >= 16 and at + 20 <= len(more):
            unpacked, packed = struct.unpack_from("<QQ", more, at + 4)
            return unpacked, packed
        at += 4 + size
    return None


def descriptor_size(head: bytes, packed: int, size: int | None, crc: int | None) -> int:
    """How long the descriptor is that comes after a member; 0 where none fits.

    Its forms cannot be told apart but by what they say.

    Args:
        head: the next bytes, :data:`LONGEST_DESCRIPTOR` of them.
        packed: the member's bytes in the archive.
        size: its bytes when unpacked, where they were counted.
        crc: its check sum, likewise.
    """
    for form in _DESCRIPTORS:
        if head[form.size : form.size + 2] != LOCAL[:2]:
            continue
        *mark, found_crc, found_packed, found_size = form.unpack_from(head)
        fits = found_packed == packed and size in (None, found_size) and crc in (None, found_crc)
        if fits and mark in ([], [SPLIT]):
            return form.size
    return 0


def special_members(file: Path) -> frozenset[int]:
    """Where the members of an archive begin that are links, devices or pipes.

    Nothing depends on it but that they are named: an archive without a usable directory has none.

    Args:
        file: the archive.

    Raises:
        OSError: it cannot be read.
    """
    special: set[int] = set()
    with file.open("rb") as opened:
        for system, mode, offset in _directory(opened):
            if system in _UNIX and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
                special.add(offset)
                if len(special) > _MOST_SPECIAL:
                    raise DamagedInput(f"more than {_MOST_SPECIAL} members are links; {GET_AGAIN}")
    return frozenset(special)


def _directory(file: BinaryIO) -> Iterator[tuple[int, int, int]]:
    """For each member the system that it is from, its mode, and where it begins."""
    end = file.seek(0, os.SEEK_END)
    start = max(0, end - _COMMENT - _END.size - _END64_PLACE.size)
    file.seek(start)
    tail = file.read(end - start)
    at = tail.rfind(END)
    if at < 0 or at + _END.size > len(tail):
        return
    *_, offset, _ = _END.unpack_from(tail, at)
    before = tail[max(0, at - _END64_PLACE.size) : at]
    if offset == _WIDE and before.startswith(b"PK\x06\x07"):
        file.seek(_END64_PLACE.unpack(before)[2])
        wide = file.read(_END64.size)
        if len(wide) < _END64.size or not wide.startswith(b"PK\x06\x06"):
            return
        *_, offset = _END64.unpack(wide)
    file.seek(offset)
    while len(fixed := file.read(_ENTRY.size)) == _ENTRY.size:
        mark, _, system, *_, name, more, comment, _, _, mode, begins = _ENTRY.unpack(fixed)
        if mark != DIRECTORY[0]:
            return
        rest = file.read(name + more + comment)
        if begins == _WIDE:
            begins = _wide_offset(fixed, rest[name : name + more])
        yield system, mode >> 16, begins


def _wide_offset(fixed: bytes, more: bytes) -> int:
    """Where a member begins that lies far back: after the sizes that did not fit either."""
    packed, size = struct.unpack_from("<LL", fixed, 20)
    skipped = 8 * ((packed == _WIDE) + (size == _WIDE))
    at = 0
    while at + 4 <= len(more):
        kind, length = struct.unpack_from("<HH", more, at)
        if kind == _WIDE_SIZES and at + 4 + skipped + 8 <= len(more):
            found: int = struct.unpack_from("<Q", more, at + 4 + skipped)[0]
            return found
        at += 4 + length
    return -1


def _cut_off() -> TruncatedInput:
    return TruncatedInput(f"this zip archive ends inside a header; {GET_AGAIN}")
