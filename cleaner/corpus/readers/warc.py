"""Web archives: WARC, and the texts of WET files.

FastWARC reads the records. Where one begins and ends is found here, since it does not say that a
record is cut off, and goes no further than the first broken one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cleaner.corpus.entry import Entry
from cleaner.corpus.errors import BrokenRecord, DamagedInput, TruncatedInput
from cleaner.corpus.readers.extras import extra
from cleaner.corpus.readers.http import decoded
from cleaner.corpus.readers.names import safe_name
from cleaner.corpus.readers.options import ReadOptions, amount
from cleaner.corpus.readers.place import Place
from cleaner.corpus.readers.source import Source
from cleaner.errors import InputError, InputTooLarge

_VERSION = rb"WARC/\d{1,2}\.\d{1,2}[ \t]{0,8}\r?\n"
_START = re.compile(_VERSION)
_NEXT = re.compile(rb"(?<=\n)" + _VERSION)
_LONGEST_START = 32
_HEADER = 1 << 16
"""The most bytes of a record's header, and of that of the answer in it."""
_HEADER_END = re.compile(rb"\n\r?\n")
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.I | re.M)
_TYPE = re.compile(rb"^warc-type[ \t]*:[ \t]*([\w-]{1,40})[ \t]*\r?$", re.I | re.M)
_CHARSET = re.compile(r""";\s*charset\s*=[\s"']*([^;\s"']+)""", re.I)
_AGAIN = "get the file again from where it came from"


@dataclass(frozen=True, slots=True)
class _Frame:
    """A record: its header, its type, and the size of what follows."""

    header: bytes
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class _Record:
    """What a record states.

    Attributes:
        url: its address.
        date: when it was fetched, as it is written there.
        carried: what else is worth keeping.
        status: of the HTTP answer; None where it holds none.
        media: its media type, in lower case.
        charset: the encoding that is stated.
        transfer, content: how the payload is encoded.
        payload: the size of the payload.
    """

    url: str | None
    date: str | None
    carried: dict[str, str]
    status: int | None
    media: str
    charset: str | None
    transfer: str
    content: str
    payload: int


def read_warc(source: Source, place: Place) -> Iterator[Entry]:
    """An entry for each record that is asked for; broken ones are named, and the rest goes on.

    Args:
        source: the web archive's bytes.
        place: the web archive.

    Raises:
        InputError: it cannot be read on.
    """
    # Missing, it is missing for every record.
    extra("fastwarc.warc")
    number = 0
    where = ""
    while True:
        try:
            while source.peek(1) in (b"\r", b"\n"):
                source.skip(1)
            where, start = _where(source), source.position
            frame = _frame(source)
            if frame is None:
                return
            number += 1
            body = _body(source, frame, start, place.options)
        except (BrokenRecord, DamagedInput) as error:
            yield place.bad(error, safe_name("", number), where)
            if not _recovered(source, error):
                return
        except InputTooLarge as error:
            yield place.bad(error, safe_name("", number), where)
        except TruncatedInput as error:
            yield place.bad(error, safe_name("", number), where)
            return
        else:
            if body is not None:
                yield from _entries(frame, body, number, place, where)


def _where(source: Source) -> str:
    """Where the next record is: its offset, or that of its compressed member."""
    if source.unpacked is None:
        return f":{source.position}"
    packed, inside = source.unpacked.place_of(source.position)
    return f":{packed}+{inside}" if inside else f":{packed}"


def _recovered(source: Source, error: InputError) -> bool:
    """After something broken, go on where a record seems to begin; False where none does."""
    if isinstance(error, DamagedInput):
        # What is damaged is the compression; a record begins with the next member.
        return source.unpacked is not None and source.unpacked.recover()
    return source.find(_NEXT, _LONGEST_START)


def _frame(source: Source) -> _Frame | None:
    """The header of the next record, which is taken; None at the end.

    Raises:
        TruncatedInput: the file ends in it.
        BrokenRecord: there is none, or it does not say how long the record is.
    """
    head = source.peek(_HEADER)
    if not head:
        # The end, or where reading failed.
        source.some()
        return None
    if not _START.match(head):
        source.skip(1)
        raise BrokenRecord(f"no record of a web archive begins here; {_AGAIN}")
    end = _HEADER_END.search(head)
    if end is None:
        if len(source.take(_HEADER)) < _HEADER:
            raise TruncatedInput(f"the file ends in the header of a record; {_AGAIN}")
        raise BrokenRecord(f"the header of this record has no end; {_AGAIN}")
    header = source.take(end.end())
    sizes = set(_LENGTH.findall(header))
    if len(sizes) != 1:
        raise BrokenRecord(f"this record does not say how long it is; {_AGAIN}")
    kind = _TYPE.search(header)
    return _Frame(header, kind[1].decode().lower() if kind else "", int(sizes.pop()))


def _body(source: Source, frame: _Frame, start: int, options: ReadOptions) -> bytes | None:
    """What follows a record's header, which is taken; None if the record is not asked for.

    Raises:
        TruncatedInput: the file ends in it.
        InputTooLarge: it is more than an entry may hold; it was passed over.
        BrokenRecord: it is not as long as its header says.
        InputError: the compression around it breaks off, or breaks its format.
    """
    asked = frame.kind in options.warc_types
    kept = asked and frame.size <= options.max_bytes
    body = source.take(frame.size) if kept else b""
    taken = len(body) if kept else source.skip(frame.size)
    if taken < frame.size:
        raise TruncatedInput(f"the file ends in this record; {_AGAIN}")
    after = source.peek(_LONGEST_START)
    broken = source.unpacked.broken_from if source.unpacked is not None else None
    if broken is not None and broken <= start and len(after) < _LONGEST_START:
        # Whether what was unpacked is right shows only at the end, which is missing or says no.
        source.take(_LONGEST_START)
    if after and not after.startswith((b"\r", b"\n")) and not _START.match(after):
        # The next record may begin in what was taken for a part of this one.
        source.unread(body)
        raise BrokenRecord(f"this record is not as long as it says; {_AGAIN}")
    if asked and not kept:
        raise InputTooLarge(f"it holds more than {amount(options.max_bytes)}")
    return body if asked else None


def _entries(frame: _Frame, body: bytes, number: int, place: Place, where: str) -> Iterator[Entry]:
    """The entry of a record, if its answer is one that is asked for."""
    options = place.options
    name = safe_name("", number)
    try:
        record = _parsed(frame, body)
        name = safe_name(record.url or "", number)
        if not _asked(record, options):
            return
        payload = body[len(body) - record.payload :]
        data = decoded(payload, record.transfer, record.content, options)
    except InputError as error:
        yield place.bad(error, name, where)
        return
    yield replace(
        place.entry(data, name, where),
        carried=record.carried,
        url=record.url,
        date=record.date,
        encoding=record.charset,
    )


def _asked(record: _Record, options: ReadOptions) -> bool:
    statuses, media = options.warc_statuses, options.warc_media
    return (statuses is None or record.status is None or record.status in statuses) and (
        media is None or record.media in media
    )


def _parsed(frame: _Frame, body: bytes) -> _Record:
    """What a record states of itself.

    Raises:
        BrokenRecord: it breaks the format.
        MissingExtra: FastWARC is not installed.
    """
    warc: Any = extra("fastwarc.warc")
    # Only headers are read.
    data = io.BytesIO(frame.header + body[:_HEADER])
    try:
        records = warc.ArchiveIterator(
            data, parse_http=False, quirks_mode=True, stream_detect=False, strict_mode=False
        )
        return _stated(next(iter(records)), frame)
    except (KeyboardInterrupt, SystemExit, GeneratorExit, InputError):
        raise
    except BaseException as error:  # What fails inside the library is no Exception.
        raise BrokenRecord(f"this record breaks its format ({error}); {_AGAIN}") from error


def _stated(record: Any, frame: _Frame) -> _Record:
    """The same as FastWARC gives it."""
    headers = record.headers
    stated = headers.get("Content-Type") or ""
    status = None
    transfer = content = ""
    if record.is_http:
        record.parse_http(quirks_mode=True, strict_mode=False)
        answer = record.http_headers
        if answer is None or answer.status_code is None:
            raise BrokenRecord(f"this record holds no answer of a server; {_AGAIN}")
        status = int(answer.status_code)
        stated = answer.get("Content-Type") or headers.get("WARC-Identified-Payload-Type") or ""
        transfer = ",".join(answer.get_multiple("Transfer-Encoding"))
        content = ",".join(answer.get_multiple("Content-Encoding"))
    elif frame.kind == "conversion":
        # Texts of WET files are in UTF-8 and need not say so.
        stated = stated if _CHARSET.search(stated) else f"{stated}; charset=utf-8"
    charset = _CHARSET.search(stated)
    kept = {"warc_record_id": "WARC-Record-ID", "warc_truncated": "WARC-Truncated"}
    return _Record(
        url=(headers.get("WARC-Target-URI") or "").strip("<> ") or None,
        date=headers.get("WARC-Date") or None,
        carried={key: value for key, name in kept.items() if (value := headers.get(name))},
        status=status,
        media=stated.partition(";")[0].strip().lower(),
        charset=charset[1] if charset is not None else None,
        transfer=transfer,
        content=content,
        payload=int(record.content_length),
    )
