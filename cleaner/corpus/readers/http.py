"""The payloads of HTTP answers: chunks put together, compression taken off."""

from __future__ import annotations

import io
import re
import zlib

from cleaner.corpus.errors import BrokenRecord, DamagedInput, TruncatedInput
from cleaner.corpus.readers.compression import GZIP, ZSTD, Codec, Inflate
from cleaner.corpus.readers.extras import extra
from cleaner.corpus.readers.options import ReadOptions, amount
from cleaner.corpus.readers.source import PIECE, Source
from cleaner.corpus.readers.unpacked import Unpacked, check_ratio
from cleaner.errors import InputError, InputTooLarge

_ANY = re.compile(rb".", re.DOTALL)
_ZLIB = Codec("deflate", _ANY, lambda: Inflate(zlib.MAX_WBITS))
_RAW = Codec("deflate", _ANY, lambda: Inflate(-zlib.MAX_WBITS))
_MARKED = {"gzip": GZIP, "x-gzip": GZIP, "zstd": ZSTD}
_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_LONGEST_SIZE = 1 << 12
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 512


def decoded(payload: bytes, transfer: str, content: str, options: ReadOptions) -> bytes:
    """What a server sent, without what was put around it on the way.

    Crawlers often take that off and leave the header that states it: a payload that is not so
    wrapped stays as it is.

    Args:
        payload: what follows the header of the answer.
        transfer: its Transfer-Encoding.
        content: its Content-Encoding.
        options: hold the limits.

    Raises:
        BrokenRecord: a coding is unknown.
        TruncatedInput, DamagedInput, DecompressionBomb, InputTooLarge: it cannot be taken off.
    """
    for coding in reversed([*_codings(content), *_codings(transfer)]):
        payload = _without(coding, payload, options)
    return payload


def _codings(header: str) -> list[str]:
    found = (coding.strip().lower() for coding in header.split(","))
    return [coding for coding in found if coding not in ("", "identity", "none")]


def _without(coding: str, data: bytes, options: ReadOptions) -> bytes:
    if not data:
        return data
    if coding == "chunked":
        return _joined(data)
    if coding in _MARKED:
        codec = _MARKED[coding]
        return _unpacked(data, codec, options) if codec.start.match(data) else data
    if coding == "deflate":
        if _is_zlib(data):
            return _unpacked(data, _ZLIB, options)
        return data if _is_plain(data) else _unpacked(data, _RAW, options)
    if coding == "br":
        return data if _is_plain(data) else _unbrotlied(data, options)
    raise BrokenRecord(f"its content is encoded as {coding[:40]!r}, which is not read")


def _is_zlib(data: bytes) -> bool:
    return len(data) > 1 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0


def _is_plain(data: bytes) -> bool:
    """Whether bytes read as a text: what is compressed holds control characters near its start."""
    return _CONTROL.search(data, 0, _SAMPLE) is None


def _unpacked(data: bytes, codec: Codec, options: ReadOptions) -> bytes:
    unpacked = Unpacked(Source(io.BytesIO(data).read), codec, options, lenient=True)
    return Source(unpacked.read).whole(options.max_bytes)


def _unbrotlied(data: bytes, options: ReadOptions) -> bytes:
    reader = extra("fastwarc.stream_io").BrotliReader(io.BytesIO(data))
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := reader.read(PIECE):
            size += len(piece)
            check_ratio(size, len(data), options)
            if size > options.max_bytes:
                raise InputTooLarge(f"unpacked, it holds more than {amount(options.max_bytes)}")
            pieces.append(piece)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # The library has errors of its own.
        raise DamagedInput(f"its content is brotli-compressed, and damaged ({error})") from error
    return b"".join(pieces)


def _joined(data: bytes) -> bytes:
    """The chunks of an answer, without the sizes between them.

    Raises:
        TruncatedInput: the last chunk is missing.
        DamagedInput: a size is none.
    """
    chunks: list[bytes] = []
    at = 0
    while (size := _SIZE.match(data, at, at + _LONGEST_SIZE)) is not None:
        length = int(size[1], 16)
        if length == 0:
            return b"".join(chunks)
        start = size.end()
        if start + length > len(data):
            raise _cut_off()
        chunks.append(data[start : start + length])
        at = start + length
        at += 2 if data.startswith(b"\r\n", at) else data.startswith(b"\n", at)
    if not chunks:
        return data
    if at >= len(data):
        raise _cut_off()
    raise DamagedInput("its content came in chunks, and the size of one is missing")


def _cut_off() -> TruncatedInput:
    return TruncatedInput("its content came in chunks, and the last is missing; fetch it again")
