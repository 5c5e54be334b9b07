"""Ways to compress: how each begins, and what takes it apart piece by piece."""

from __future__ import annotations

import bz2
import lzma
import re
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from cleaner.corpus.readers.extras import extra

_XZ_MEMORY = 256 << 20
"""Bytes; ``xz -9`` asks for a quarter of it."""


class Decompressor(Protocol):
    """Takes one compressed member apart, without ever giving more than it is asked for."""

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes without more input."""

    @property
    def unused_data(self) -> bytes:
        """What was put in after the member's end."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Put compressed bytes in, get up to so many others out."""


class Inflate:
    """:mod:`zlib` with the manners of the other decompressors.

    Args:
        wbits: the container of the compressed bytes, as :func:`zlib.decompressobj` numbers them.
    """

    def __init__(self, wbits: int) -> None:
        self._stream = zlib.decompressobj(wbits)
        self._waiting = b""
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""
        return self._stream.eof

    @property
    def unused_data(self) -> bytes:
        """What was put in after the member's end."""
        return self._stream.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Put compressed bytes in, get up to so many others out."""
        out = self._stream.decompress(self._waiting + data, max_length)
        self._waiting = self._stream.unconsumed_tail
        self.needs_input = not self._waiting and len(out) < max_length
        return out


@dataclass(frozen=True, slots=True)
class Codec:
    """A way to compress files.

    Attributes:
        name: what it is called.
        start: matches the start of a member.
        open: makes what takes one member apart.
    """

    name: str
    start: re.Pattern[bytes]
    open: Callable[[], Decompressor]


def _unzstd() -> Decompressor:
    zstd: Any = extra("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    decompressor: Decompressor = zstd.ZstdDecompressor()
    return decompressor


GZIP = Codec("gzip", re.compile(rb"\x1f\x8b\x08[\x00-\x1f]"), lambda: Inflate(31))
# A skippable frame may come first; it unpacks to nothing.
ZSTD = Codec("zstd", re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), _unzstd)
BZIP2 = Codec("bzip2", re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), bz2.BZ2Decompressor)
XZ = Codec(
    "xz",
    re.compile(rb"\xfd7zXZ\x00"),
    lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY),
)
CODECS = {codec.name: codec for codec in (GZIP, ZSTD, BZIP2, XZ)}
LONGEST_START = 10
"""Bytes that tell the start of any compressed member."""
