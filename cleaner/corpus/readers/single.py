"""Files and members that hold one article, compressed or not."""

from __future__ import annotations

import io

from cleaner.corpus.errors import NestedArchive, NotJsonLines, UnsupportedFormat
from cleaner.corpus.readers.compression import CODECS, GZIP
from cleaner.corpus.readers.options import ReadOptions, amount
from cleaner.corpus.readers.source import Source
from cleaner.corpus.readers.tell import HEAD, OTHERS, Kind, tell
from cleaner.corpus.readers.unpacked import Budget, Unpacked
from cleaner.errors import InputError, InputTooLarge


def inside_gzip(head: bytes, options: ReadOptions) -> Kind:
    """What a gzip-compressed input holds.

    Args:
        head: its first bytes.
        options: hold the limits.
    """
    return tell(Source(Unpacked(Source(io.BytesIO(head).read), GZIP, options).read).peek(HEAD))


def gzipped(source: Source, options: ReadOptions) -> bytes:
    """The compressed bytes of one article, which :mod:`cleaner.unpack` takes apart later.

    They are tried here all the same, so that half an article is not taken for one.

    Raises:
        InputTooLarge: it holds more than an entry may, packed or unpacked.
        TruncatedInput, DamagedInput, DecompressionBomb: it cannot be unpacked.
    """
    data = source.whole(options.max_bytes)
    try_gzip(data, options)
    return data


def try_gzip(data: bytes, options: ReadOptions, budget: Budget | None = None) -> None:
    """Unpack to nowhere.

    Raises:
        InputTooLarge: it holds more than an entry may.
        TruncatedInput, DamagedInput, DecompressionBomb: it cannot be unpacked.
    """
    unpacked = Source(Unpacked(Source(io.BytesIO(data).read), GZIP, options, budget).read)
    if unpacked.skip(options.max_bytes + 1) > options.max_bytes:
        raise InputTooLarge(f"unpacked, it holds more than {amount(options.max_bytes)}")


def member(data: bytes, options: ReadOptions, budget: Budget) -> bytes:
    """The article in an archive's member; that in a compressed one is unpacked, but for gzip.

    Args:
        data: the member's bytes.
        options: hold the limits.
        budget: what the archive may still unpack to.

    Raises:
        NestedArchive: it is a container itself, or compressed twice.
        InputError: it cannot be unpacked.
    """
    kind = tell(data[:HEAD])
    if kind == "text":
        return data
    if kind not in CODECS:
        raise _nested(kind, data)
    if kind == "gzip":
        inner = inside_gzip(data[:HEAD], options)
    else:
        source = Source(Unpacked(Source(io.BytesIO(data).read), CODECS[kind], options, budget).read)
        data = source.whole(options.max_bytes)
        inner = tell(data[:HEAD])
    if inner != "text":
        raise _nested(inner, data)
    if kind == "gzip":
        try_gzip(data, options, budget)
    return data


def refusal(kind: Kind, head: bytes) -> InputError:
    """Why an input of a kind that is known but not read gives no article.

    Args:
        kind: ``json`` or ``other``.
        head: the input's first bytes.
    """
    if kind == "json":
        return NotJsonLines(
            "this is one JSON document, not one object a line; "
            "turn it into lines, for instance with jq -c '.[]' or jq -c ."
        )
    what = next((what for magic, what in OTHERS if head.startswith(magic)), "an archive")
    return UnsupportedFormat(f"this is {what}, which is not read; unpack or convert it first")


def _nested(kind: Kind, data: bytes) -> InputError:
    if kind in ("json", "other"):
        return refusal(kind, data)
    return NestedArchive(f"{_NESTED[kind]} inside an archive is not opened; take it out first")


_NESTED: dict[Kind, str] = {
    "gzip": "what is compressed twice",
    "zstd": "what is compressed twice",
    "bzip2": "what is compressed twice",
    "xz": "what is compressed twice",
    "tar": "a tar archive",
    "zip": "a zip archive",
    "warc": "a web archive",
    "parquet": "a Parquet file",
    "jsonl": "a file of JSON lines",
}
