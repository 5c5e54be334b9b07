"""Telling by its first bytes what an input is."""

from __future__ import annotations

import codecs
import json
import re
import tarfile
from typing import Literal

from cleaner.corpus.readers.compression import CODECS

HEAD = 1 << 16
"""How many bytes are looked at."""

Kind = Literal[
    "text",
    "gzip",
    "zstd",
    "bzip2",
    "xz",
    "tar",
    "zip",
    "warc",
    "parquet",
    "jsonl",
    "json",
    "other",
]
"""What an input is. Everything that is nothing else counts as a text; ``json`` is JSON that is not
one object a line, ``other`` is in :data:`OTHERS`."""

OTHERS = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x04\x22\x4d\x18", "lz4-compressed"),
    (b"filedesc://", "an ARC file, the forerunner of WARC"),
)
"""Containers that are known by name only."""

_PACKED: tuple[Kind, ...] = ("gzip", "zstd", "bzip2", "xz")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")
_WARC = re.compile(rb"WARC/\d{1,2}\.\d{1,2}[ \t]*\r?\n")
_BLOCK = 512
# A record that starts in the head and ends behind it; the same over several lines; a list of them.
_LONG_LINE = re.compile(rb'\{[ \t]*"(?:[^"\\\n]|\\.){0,200}"[ \t]*:')
_DOCUMENT = re.compile(rb'\{[ \t\r]*\n\s*"(?:[^"\\\n]|\\.){0,200}"\s*:')
_ARRAY = re.compile(rb'\[\s*\{\s*"')
_LINES = 20


def tell(head: bytes) -> Kind:
    """What the input is that begins with these bytes.

    Args:
        head: the first :data:`HEAD` bytes, or all where there are fewer.
    """
    for kind in _PACKED:
        if CODECS[kind].start.match(head):
            return kind
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(b"PAR1"):
        return "parquet"
    if _WARC.match(head):
        return "warc"
    if any(head.startswith(magic) for magic, _ in OTHERS):
        return "other"
    if _is_tar(head):
        return "tar"
    return _json(head) or "text"


def _is_tar(head: bytes) -> bool:
    # The header's check sum is over all of its bytes: no text has it by chance.
    if b"\0" not in head[:_BLOCK]:
        return False
    try:
        tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def _json(head: bytes) -> Kind | None:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")
    if not start.startswith((b"{", b"[")):
        # Lines with a bad one at their start are told by the others.
        return "jsonl" if b"\n{" in start and _mostly_objects(start, len(head) < HEAD) else None
    if _ARRAY.match(start):
        return "json"
    if _mostly_objects(start, len(head) < HEAD):
        return "jsonl"
    if _DOCUMENT.match(start):
        return "json"
    cut_off = b"\n" not in start and len(head) >= HEAD
    return "jsonl" if cut_off and _LONG_LINE.match(start) else None


def _mostly_objects(start: bytes, whole: bool) -> bool:
    """Whether at least half of the first lines are JSON objects."""
    lines = start.split(b"\n", _LINES)
    # The last one is cut off, unless it is the input's end.
    if not whole or len(lines) > _LINES:
        lines.pop()
    lines = [stripped for line in lines if (stripped := line.strip())]
    likely = [line for line in lines if line.startswith(b"{") and line.endswith(b"}")]
    if 2 * len(likely) < max(1, len(lines)):
        return False
    return 2 * sum(map(_is_object, likely)) >= len(lines)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.decode()), dict)
    except (ValueError, RecursionError):
        return False
