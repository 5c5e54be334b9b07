"""Compressed files, written the same way every time, and read again."""

from __future__ import annotations

import contextlib
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from cleaner.corpus.errors import MissingExtra
from cleaner.corpus.readers.extras import extra
from cleaner.errors import UsageError

Compression = Literal["none", "gzip", "zstd"]

SUFFIXES: dict[str, Compression] = {".gz": "gzip", ".zst": "zstd"}
"""How the names of compressed files end."""
ZSTD = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3


def compression_of(name: str) -> Compression:
    """How a file of a name is compressed."""
    return next((way for end, way in SUFFIXES.items() if name.endswith(end)), "none")


def library(module: str, to: str = "write") -> Any:
    """The same as :func:`extra`, where the whole run needs it, and not one input.

    Args:
        module: its name.
        to: what it is needed for.

    Raises:
        UsageError: it is not installed.
    """
    try:
        return extra(module, to)
    except MissingExtra as error:
        raise UsageError(str(error)) from error


@contextlib.contextmanager
def compressed(file: BinaryIO, way: Compression) -> Iterator[BinaryIO]:
    """A stream whose bytes are compressed into a file, as one member, without time or name."""
    if way == "gzip":
        with gzip.GzipFile("", "wb", _GZIP_LEVEL, file, 0) as packed:
            yield cast(BinaryIO, packed)
    elif way == "zstd":
        zstd = library(ZSTD)
        parameter = zstd.CompressionParameter
        options = {parameter.compression_level: _ZSTD_LEVEL, parameter.checksum_flag: 1}
        with zstd.ZstdFile(file, "wb", options=options) as packed:
            yield packed
            empty = packed.tell() == 0
        if empty:
            # Of no bytes the library makes none, and those are no file of its.
            file.write(zstd.compress(b"", options=options))
    else:
        yield file


def unpacked(file: Path, way: Compression) -> BinaryIO:
    """A file's bytes as they were before they were compressed.

    Raises:
        OSError: it cannot be read.
        UsageError: the library that unpacks it is not installed.
    """
    if way == "gzip":
        return cast(BinaryIO, gzip.open(file, "rb"))
    if way == "zstd":
        return cast(BinaryIO, library(ZSTD, "read").ZstdFile(file, "rb"))
    return file.open("rb")
