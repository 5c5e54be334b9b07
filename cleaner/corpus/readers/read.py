"""From what a caller names to entries: each input is told by its content."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import BinaryIO

from cleaner.corpus.entry import Entry, spelt
from cleaner.corpus.errors import NestedArchive
from cleaner.corpus.readers.compression import CODECS
from cleaner.corpus.readers.find import find_inputs, size_of
from cleaner.corpus.readers.jsonl import read_jsonl
from cleaner.corpus.readers.options import ReadOptions
from cleaner.corpus.readers.parquet import read_parquet
from cleaner.corpus.readers.place import Place
from cleaner.corpus.readers.single import gzipped, inside_gzip, refusal
from cleaner.corpus.readers.source import Source
from cleaner.corpus.readers.tar import read_tar
from cleaner.corpus.readers.tell import HEAD, Kind, tell
from cleaner.corpus.readers.unpacked import Unpacked
from cleaner.corpus.readers.warc import read_warc
from cleaner.corpus.readers.zip import read_zip
from cleaner.errors import InputError, InputTooLarge, InternalError, UnreadableInput
from cleaner.inputs import Input

_READERS: dict[Kind, Callable[[Source, Place], Iterator[Entry]]] = {
    "tar": read_tar,
    "zip": read_zip,
    "warc": read_warc,
    "jsonl": read_jsonl,
    "parquet": read_parquet,
}


def read_entries(inputs: Sequence[str], options: ReadOptions | None = None) -> Iterator[Entry]:
    """Every article in what the inputs name, in an order that depends on nothing else.

    Inputs come in the order given, directories in sorted order, what is in a container in its own
    order. What an input is shows in its content, never in its name: texts and pages, each alone or
    compressed with gzip, zstd, bzip2 or xz; tar (compressed too) and zip archives of those; JSON
    lines and WARC and WET files (compressed too); Parquet files. What cannot be read is an entry
    that names the problem, and the rest goes on.

    A text or page keeps its bytes, so that an article's id is the hash of the file. So does one
    that is compressed with gzip; one that is compressed otherwise is unpacked, and has the id of
    what it holds. Both keep the name of the file.

    One entry is held in memory at a time, and buffers of a fixed size.

    Args:
        inputs: files, directories, globs such as ``news/**/*.html``, or "-" for standard input.
        options: how they are read.
    """
    options = options or ReadOptions()
    passed = 0
    for found in find_inputs(inputs, options):
        yield from read_input(found, options, passed)
        passed += size_of(found) or 0


def read_input(found: Input, options: ReadOptions, before: int = 0) -> Iterator[Entry]:
    """The entries of one input.

    Args:
        found: the input, as :func:`cleaner.corpus.readers.find.find_inputs` gives it.
        options: how it is read.
        before: the bytes of the inputs before it.
    """
    place = Place(name=found.name, shown=spelt(found.shown), file=found.file, options=options)
    if found.problem is not None:
        yield place.bad(found.problem)
        return
    try:
        with _opened(found) as file:
            if found.file is not None and not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                # What comes through a pipe can be read once.
                place = replace(place, file=None)
            source = Source(file.read)
            for entry in _by_content(source, place):
                yield entry.read_up_to(before + source.position)
    except InputError as error:
        yield place.bad(error)
    # A closed standard input is None; a file name may hold a NUL.
    except (OSError, ValueError, AttributeError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        yield place.bad(UnreadableInput((reason or str(error)).lower()))
    except MemoryError:
        yield place.bad(InputTooLarge("there is not enough memory to read it"))
    except Exception as error:  # A bug that one input brings out must not cost all others.
        yield place.bad(InternalError(f"{type(error).__name__}: {error}"))


def _opened(found: Input) -> AbstractContextManager[BinaryIO]:
    if found.file is None:
        return contextlib.nullcontext(sys.stdin.buffer)
    return open(found.file, "rb", buffering=0)


def _by_content(source: Source, place: Place) -> Iterator[Entry]:
    options = place.options
    head = source.peek(HEAD)
    kind = tell(head)
    if source.unpacked is not None and kind != "warc":
        source.unpacked.forget_places()
    if kind == "text":
        yield place.entry(source.whole(options.max_bytes))
    elif kind in CODECS:
        if source.unpacked is not None:
            raise NestedArchive("it is compressed twice; unpack it once")
        if kind == "gzip" and inside_gzip(head, options) == "text":
            yield place.entry(gzipped(source, options))
        else:
            unpacked = Unpacked(source, CODECS[kind], options, places=True)
            inner = Source(unpacked.read, unpacked)
            yield from _by_content(inner, replace(place, file=None))
    elif kind in _READERS:
        if kind == "zip" and source.unpacked is not None:
            raise NestedArchive("it is a zip archive, compressed again; unpack it once")
        yield from _READERS[kind](source, place)
    else:
        raise refusal(kind, head)
