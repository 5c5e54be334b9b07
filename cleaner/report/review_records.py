"""The records of a run, read one at a time and found again later."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.article import Article
from cleaner.corpus.readers.compression import CODECS
from cleaner.corpus.writers.compression import Compression, unpacked
from cleaner.errors import InputError, RecordError, UnreadableInput, UsageError
from cleaner.inputs import find
from cleaner.output import part_pattern

LONGEST = 1 << 30
"""The most bytes that a record may have."""
_FURTHEST = 1 << 40
"""No text layer is longer."""
RECORD = ".json"
"""How the file of one record ends."""
LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
"""How files of JSON lines end."""
_PACKED: tuple[Compression, ...] = ("gzip", "zstd")
_PARQUET = b"PAR1"
_HEAD = 1 << 16
_SEEN = 16
_OTHERWISE = "run `cleaner run` again with --jsonl FILE, or with --out DIR alone"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands.

    Attributes:
        name: the file, as it is named to people; of a line also its number.
        file: the file.
        offset: where its line starts, unpacked; None where the file is one record.
    """

    name: str
    file: Path
    offset: int | None = None


Found = tuple[Place, Article | InputError | RecordError]
"""A place, and the article that stands there or why there is none."""


def records(out: Path, skip: Path | None = None) -> Iterator[Found]:
    """All records of a run, in the same order every time.

    Args:
        out: a directory of records, or a file of JSON lines, compressed or not; where there is
            none, but parts of it (``all-00000.jsonl`` of ``all.jsonl``), those.
        skip: a file that is no record, whatever its name is.

    Raises:
        UsageError: there is nothing of that name, or nothing that holds records.
    """
    if out.is_dir():
        yield from _of_folder(out, skip)
        return
    files = [out] if out.exists() else _parts(out)
    if not files:
        raise UsageError(f"{out} is not there; give what `cleaner run` wrote, DIR or FILE")
    for file in files:
        _check(file)
        yield from _of_file(file, file.name)


def _of_folder(out: Path, skip: Path | None) -> Iterator[Found]:
    if all((out / name).is_dir() for name in ("documents", "attributes")):
        raise _no_records(out)
    empty = True
    for found in find([str(out)], skip=skip):
        if found.file is None or not found.name.endswith((RECORD, *LINES)):
            continue
        if found.problem is not None:
            yield Place(found.record_path, found.file), found.problem
            continue
        empty = False
        yield from _of_file(found.file, found.record_path)
    if empty:
        raise UsageError(
            f"there is no article in {out}; the report reads JSON, and neither text, Markdown nor "
            f"Parquet; {_OTHERWISE}"
        )


def _parts(out: Path) -> list[Path]:
    """The parts of a file, in order."""
    pattern = part_pattern(out.name)
    try:
        names = sorted((len(n), n) for n in os.listdir(out.parent) if pattern.fullmatch(n))
    except OSError:
        return []
    return [out.parent / name for _, name in names]


def _check(file: Path) -> None:
    """Refuse a file of which none of the records could be read, and say why.

    Raises:
        UsageError: it is Parquet, or holds Dolma documents.
    """
    try:
        with _open(file) as stream:
            head = stream.readline(_HEAD)
    except Exception:  # That it cannot be read is said where it is read.
        return
    if head.startswith(_PARQUET):
        raise UsageError(f"{file} is a Parquet file, and the report reads JSON: {_OTHERWISE}")
    if head.startswith((b'{"id": "', b'{"source": "')):
        raise _no_records(file)


def _no_records(out: Path) -> UsageError:
    return UsageError(
        f"{out} holds Dolma documents or attributes, and the report reads records: {_OTHERWISE}"
    )


def again(places: Iterable[Place]) -> Iterator[Found]:
    """The records at some places, which must be in the order of :func:`records`."""
    with ExitStack() as stack:
        opened: tuple[Path, BinaryIO] | None = None
        for place in places:
            try:
                if opened is None or opened[0] != place.file:
                    stack.close()
                    opened = place.file, stack.enter_context(_open(place.file))
                if place.offset is not None:
                    opened[1].seek(place.offset)
                data = opened[1].readline() if place.offset is not None else opened[1].read()
            except Exception as error:  # Each library that unpacks has errors of its own.
                opened = None
                yield place, _unreadable(error)
            else:
                yield place, _article(data)


def _of_file(file: Path, name: str) -> Iterator[Found]:
    place = Place(name, file)
    number = offset = 0
    try:
        with _open(file) as stream:
            if file.name.endswith(RECORD):
                yield place, _article(stream.read(LONGEST + 1))
                return
            while line := stream.readline(LONGEST + 1):
                number += 1
                place = Place(f"{name}:{number}", file, offset)
                offset += len(line)
                if line.strip():
                    yield place, _article(line)
                while len(line) > LONGEST and not line.endswith(b"\n"):
                    line = stream.readline(LONGEST + 1)
                    offset += len(line)
    except Exception as error:  # Each library that unpacks has errors of its own.
        yield place, _unreadable(error)


def _open(file: Path) -> BinaryIO:
    """The file's bytes, unpacked."""
    if not file.is_file():
        # Reading a pipe or a device might never end.
        raise OSError("this is no regular file")
    with file.open("rb") as stream:
        head = stream.read(_SEEN)
    for way in _PACKED:
        if CODECS[way].start.match(head):
            return unpacked(file, way)
    return file.open("rb")


def _unreadable(error: Exception) -> InputError:
    reason = error.strerror if isinstance(error, OSError) else None
    return UnreadableInput((reason or str(error)).lower())


def _article(data: bytes) -> Article | RecordError:
    if len(data) > LONGEST:
        return RecordError(f"it holds more than {LONGEST >> 20} MB")
    try:
        return sound(Article.from_json(data))
    except RecordError as error:
        return error
    except (RecursionError, UnicodeError) as error:
        return RecordError(f"not JSON: {error}")


def sound(article: Article) -> Article:
    """The article, if its ledger is one: what is drawn on it relies on that.

    Raises:
        RecordError: a span has an impossible value, or the body is not made of the blocks.
    """
    for number, block in enumerate(article.blocks):
        if not (isinstance(block.kind, str) and _span(block.start, block.end)):
            raise RecordError(f"blocks[{number}] is no block")
    for number, field in enumerate(article.fields):
        nowhere = field.start is None and field.end is None
        if not (isinstance(field.name, str) and (nowhere or _span(field.start, field.end))):
            raise RecordError(f"fields[{number}] is no field")
    for number, gone in enumerate(article.removed):
        named = all(isinstance(value, str) for value in (gone.kind, gone.rule, gone.text))
        if not (named and _span(gone.start, gone.end) and _share(gone.confidence)):
            raise RecordError(f"removed[{number}] is no removal")
    if block_texts(article) is None:
        raise RecordError("the body is not made of the blocks")
    return article


def block_texts(article: Article) -> list[str] | None:
    """The text of each block as it stands in the body; None where the body does not fit them."""
    texts: list[str] = []
    position = 0
    for number, block in enumerate(article.blocks):
        if number:
            listed = block.kind == "list_item" == article.blocks[number - 1].kind
            gap = "\n" if listed else "\n\n"
            if not article.body.startswith(gap, position):
                return None
            position += len(gap)
        # A block's text has no line feed: all white space in it is plain spaces.
        end = article.body.find("\n", position)
        texts.append(article.body[position : end if end >= 0 else None])
        position += len(texts[-1])
    return texts if position == len(article.body) else None


def _span(start: Any, end: Any) -> bool:
    return type(start) is int and type(end) is int and 0 <= start <= end <= _FURTHEST


def _share(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value) and 0 <= value <= 1


def original(folder: Path, article: Article, max_bytes: int) -> bytes | None:
    """The bytes of the article's original in a directory; None where they are not to be had.

    The path of a record is not trusted: nothing outside the directory is looked at.
    """
    parts = article.path.split("/")
    if any(part in ("", ".", "..") or os.path.splitdrive(part)[0] for part in parts):
        return None
    try:
        file = folder.joinpath(*parts)
        if not file.is_file() or file.stat().st_size > max_bytes:
            return None
        return file.read_bytes()
    except (OSError, ValueError):
        return None
