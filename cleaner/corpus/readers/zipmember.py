"""The members of zip archives: unpacked, or passed over."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from cleaner.corpus.errors import (
    DamagedInput,
    EncryptedMember,
    TruncatedInput,
    UnpackedTooLarge,
    UnsupportedFormat,
)
from cleaner.corpus.readers.compression import BZIP2, XZ, ZSTD, Decompressor, Inflate
from cleaner.corpus.readers.members import Members
from cleaner.corpus.readers.source import PIECE, Source
from cleaner.corpus.readers.unpacked import check_ratio
from cleaner.corpus.readers.zipheaders import (
    GET_AGAIN,
    LONGEST_DESCRIPTOR,
    SPLIT,
    Header,
    descriptor_size,
)
from cleaner.errors import InputError

_STORED = 0
_METHODS: dict[int, Callable[[], Decompressor]] = {
    8: lambda: Inflate(-zlib.MAX_WBITS),
    12: BZIP2.open,
    93: ZSTD.open,
    95: XZ.open,
}


def read_member(
    source: Source, header: Header, members: Members, *, wanted: bool
) -> bytes | InputError:
    """A member's bytes, or why it cannot be read while the next one can.

    Args:
        source: the archive's bytes, after the member's header.
        header: the header.
        members: the archive.
        wanted: whether the bytes are of use; otherwise they need not be what they should.

    Raises:
        InputError: it cannot be read, and nothing after it.
    """
    start = source.position
    try:
        # What nobody wants is unpacked only where nothing else says where it ends.
        if wanted or header.packed is None:
            return _content(source, header, members)
    except (TruncatedInput, UnpackedTooLarge):
        raise
    except InputError as error:
        if header.packed is None:
            raise
        _pass_over(source, header, start)
        return error
    _pass_over(source, header, start)
    return b""


def _pass_over(source: Source, header: Header, start: int) -> None:
    """Go to the end of a member of known size, if that was not passed already."""
    assert header.packed is not None
    left = start + header.packed - source.position
    if left < 0:
        return
    if source.skip(left) < left:
        raise _cut_off()
    _take_descriptor(source, header, header.packed)


def _content(source: Source, header: Header, members: Members) -> bytes | InputError:
    """A member's bytes; an error where all of it was read, but must not be used.

    Raises:
        InputError: not all of it could be read.
    """
    kept: list[bytes] = []
    size = crc = 0
    start = source.position
    most = members.options.max_bytes
    for piece in _pieces(source, header):
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        members.budget.spend(len(piece))
        check_ratio(size, source.position - start, members.options)
        if size <= most:
            kept.append(piece)
        elif header.packed is not None:
            raise members.too_large()
        else:
            kept.clear()
    packed = source.position - start
    _take_descriptor(source, header, packed, size, crc)
    if header.size not in (None, size) or header.crc not in (None, crc):
        return _contradiction()
    return members.too_large() if size > most else b"".join(kept)


def _pieces(source: Source, header: Header) -> Iterator[bytes]:
    """A member's bytes, unpacked.

    Raises:
        EncryptedMember, UnsupportedFormat, MissingExtra: they cannot be unpacked.
        TruncatedInput, DamagedInput: they break off, or break the format.
    """
    if header.encrypted:
        raise EncryptedMember("it needs a password; unpack the archive first")
    if header.method == _STORED:
        yield from _stored(source, header.packed)
        return
    if header.method not in _METHODS:
        raise UnsupportedFormat(
            f"it is compressed with method {header.method}, which is not read; "
            "unpack the archive first"
        )
    member = _METHODS[header.method]()
    left = header.packed
    while not member.eof:
        fed = b""
        if member.needs_input:
            fed = source.some(PIECE if left is None else min(left, PIECE))
            if not fed:
                raise _contradiction() if left == 0 else _cut_off()
            left = None if left is None else left - len(fed)
        try:
            piece = member.decompress(fed, PIECE)
        except MemoryError:
            raise
        except Exception as error:  # Each library has errors of its own.
            raise DamagedInput(f"it is damaged ({error}); {GET_AGAIN}") from error
        if piece:
            yield piece
    source.unread(member.unused_data)
    if left is not None and left + len(member.unused_data):
        raise _contradiction()


def _stored(source: Source, size: int | None) -> Iterator[bytes]:
    """A member's bytes as they are; where their number is unknown, up to what says it."""
    if size is not None:
        while size:
            piece = source.some(min(size, PIECE))
            if not piece:
                raise _cut_off()
            size -= len(piece)
            yield piece
        return
    passed = crc = 0
    while True:
        window = source.peek(PIECE)
        seen, seen_crc = 0, crc
        at = window.find(SPLIT)
        while at >= 0:
            seen, seen_crc = at, zlib.crc32(window[seen:at], seen_crc)
            size = passed + at
            if descriptor_size(window[at : at + LONGEST_DESCRIPTOR], size, size, seen_crc):
                yield source.take(at)
                return
            at = window.find(SPLIT, at + 1)
        # What is cut off by the window's end is looked at again.
        if len(window) <= LONGEST_DESCRIPTOR:
            raise _cut_off()
        piece = source.take(len(window) - LONGEST_DESCRIPTOR)
        passed += len(piece)
        crc = zlib.crc32(piece, crc)
        yield piece


def _take_descriptor(
    source: Source, header: Header, packed: int, size: int | None = None, crc: int | None = None
) -> None:
    """Take what comes after a member that was streamed.

    Raises:
        DamagedInput: it does not fit the member.
    """
    if not header.streamed:
        return
    found = descriptor_size(source.peek(LONGEST_DESCRIPTOR), packed, size, crc)
    if not found:
        raise _contradiction()
    source.skip(found)


def _contradiction() -> DamagedInput:
    return DamagedInput(f"what the archive says of it is not so; {GET_AGAIN}")


def _cut_off() -> TruncatedInput:
    return TruncatedInput(f"the archive ends inside this member; {GET_AGAIN}")
