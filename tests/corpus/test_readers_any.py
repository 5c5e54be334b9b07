"""What holds of every reader: no input breaks it, and memory does not grow with the input."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import sys
import tarfile
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.corpus.entry import Entry
from cleaner.corpus.readers import ReadOptions, read_entries
from cleaner.corpus.readers.names import member_name
from cleaner.corpus.readers.source import Source
from cleaner.errors import InputError, InternalError
from tests.corpus.containers import PAGE, TEXT, ZIP_END, good, record, tar_of, zip_member, zip_of

DATA = TEXT.encode()
STARTS = [
    *(
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"PK\x07\x08PK\x03\x04",
        b"PAR1",
        b"WARC/1.0\r\n",
        b'{"text": ',
    ),
    *(
        b"\x1f\x8b\x08\x00",
        b"BZh91AY&SY",
        b"\xfd7zXZ\x00",
        b"\x28\xb5\x2f\xfd",
        b"\x50\x2a\x4d\x18",
    ),
]
WELL_MADE = [
    tar_of([("a.txt", DATA), ("b/" + "c" * 120, DATA)], link=tarfile.SYMTYPE),
    tar_of([("a.txt", DATA), ("b/" + "c" * 120, DATA)], form=tarfile.GNU_FORMAT),
    zip_of({"a.txt": DATA, "b/c.txt": DATA * 20}, links=["link"]),
    zip_of({"a.txt": DATA, "b/c.txt": DATA * 20}, streamed=True),
    zip_of({"a.txt": DATA, "b/c.txt": DATA * 20}, streamed=True, method=0),
    zip_member(b"a", DATA, flags=9) + ZIP_END,
    b"".join(json.dumps({"text": TEXT, "id": number}).encode() + b"\n" for number in range(5)),
    record(DATA)
    + record(DATA, kind="request")
    + record(PAGE.encode(), uri="https://example.org/b"),
    record(
        DATA, http="HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    ),
]
PACKERS: list[Callable[[bytes], bytes]] = [
    lambda data: data,
    lambda data: gzip.compress(data, mtime=0),
    bz2.compress,
    lzma.compress,
]


@st.composite
def torn(draw: st.DrawFn) -> bytes:
    """A container with a few bytes changed, added, lost or repeated, compressed or not."""
    data = bytearray(draw(st.sampled_from(WELL_MADE)))
    inside = draw(st.booleans())
    pack = draw(st.sampled_from(PACKERS))
    if not inside:
        data = bytearray(pack(bytes(data)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        size = draw(st.integers(0, 40))
        data[at : at + size] = draw(
            st.binary(max_size=12)
            | st.sampled_from([*STARTS, b"9" * 20, b"\r\n\r\n", b"\xff" * 8])
            | st.just(bytes(data[at : at + 2 * size]))
        )
    return pack(bytes(data)) if inside else bytes(data)


def check(entries: list[Entry]) -> None:
    for entry in entries:
        assert member_name(entry.name) == entry.name
        assert (entry.data is None) == (entry.problem is not None)
        assert entry.problem is None or isinstance(entry.problem, InputError)
        # This would be a bug.
        assert not isinstance(entry.problem, InternalError), entry.problem
        entry.origin.encode()
        entry.record_path.encode()
        json.dumps(dict(entry.carried), allow_nan=False)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary() | st.builds(bytes.__add__, st.sampled_from(STARTS), st.binary()) | torn())
def test_any_bytes_give_entries(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any"
    file.write_bytes(data)
    options = ReadOptions(max_bytes=1 << 20, max_members=100)
    entries = list(read_entries([str(file)], options))
    check(entries)
    again = list(read_entries([str(file)], options))
    assert [(e.name, e.data, e.origin, str(e.problem)) for e in entries] == [
        (e.name, e.data, e.origin, str(e.problem)) for e in again
    ]


@pytest.mark.parametrize("number", range(len(WELL_MADE)))
def test_every_cut_is_named_or_harmless(tmp_path: Path, number: int) -> None:
    file = tmp_path / "any"
    file.write_bytes(WELL_MADE[number])
    whole = list(read_entries([str(file)]))
    for size in range(600, len(WELL_MADE[number]), 97):
        file.write_bytes(WELL_MADE[number][:size])
        entries = list(read_entries([str(file)]))
        check(entries)
        # What is not cut off is as before; nothing that is cut off is passed for whole.
        assert good(entries).items() <= good(whole).items()
        if len(good(entries)) < len(good(whole)):
            assert any(entry.problem is not None for entry in entries)


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=8), st.data())
def test_a_stream_gives_what_was_put_in(pieces: list[bytes], data: st.DataObject) -> None:
    left = list(pieces)
    whole = b"".join(pieces)
    source = Source(lambda size: left.pop(0) if left else b"")
    at = 0
    for _ in range(10):
        size = data.draw(st.integers(0, 60))
        act = data.draw(st.sampled_from(["peek", "take", "skip", "line", "unread"]))
        if act == "peek":
            assert source.peek(size) == whole[at : at + size]
            continue
        if act == "take":
            taken = source.take(size)
            assert taken == whole[at : at + size]
        elif act == "skip":
            taken = whole[at : at + source.skip(size)]
            assert len(taken) == min(size, len(whole) - at)
        elif act == "line":
            end = whole.find(b"\n", at) + 1 or len(whole)
            taken = whole[at:end]
            assert source.line(1_000) == taken
        else:
            taken = source.take(size)
            source.unread(taken)
            taken = b""
        at += len(taken)
        assert source.position == at
    assert source.whole(10_000) == whole[at:]


class Generated:
    """Standard input that is made while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.buffer = self
        self._pieces = pieces
        self.given = 0

    def read(self, size: int) -> bytes:
        piece = next(self._pieces, b"")
        assert len(piece) <= size
        self.given += len(piece)
        return piece


MEMBER = (DATA * 100)[:6_000]


def tar_pieces(count: int) -> Iterator[bytes]:
    for number in range(count):
        info = tarfile.TarInfo(f"{number // 1000}/{number}.txt")
        info.size = len(MEMBER)
        yield info.tobuf() + MEMBER + bytes(-len(MEMBER) % 512)
    yield bytes(1024)


def zip_pieces(count: int) -> Iterator[bytes]:
    for number in range(count):
        yield zip_member(f"{number // 1000}/{number}.txt".encode(), MEMBER)
    yield ZIP_END


def line_pieces(count: int) -> Iterator[bytes]:
    for number in range(count):
        yield json.dumps({"id": number, "text": MEMBER.decode()}).encode() + b"\n"


def gzip_pieces(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(1, wbits=31)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()


def peak(pieces: Iterator[bytes], monkeypatch: pytest.MonkeyPatch) -> tuple[int, int, int]:
    """How many entries came, how many bytes went in, and the most memory that was in use."""
    stdin = Generated(pieces)
    monkeypatch.setattr(sys, "stdin", stdin)
    count = 0
    tracemalloc.start()
    try:
        for entry in read_entries(["-"]):
            assert entry.problem is None and entry.data is not None
            count += 1
        return count, stdin.given, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("pieces", [tar_pieces, zip_pieces, line_pieces])
def test_memory_does_not_grow(
    monkeypatch: pytest.MonkeyPatch, pieces: Callable[[int], Iterator[bytes]]
) -> None:
    few, _, small = peak(pieces(100), monkeypatch)
    many, size, large = peak(pieces(10_000), monkeypatch)
    assert (few, many) == (100, 10_000) and size > 50 << 20
    # Names of an archive's members take some bytes each.
    assert large < small + 10_000 * 64 + (1 << 20)
    assert large < 4 << 20


def test_memory_does_not_grow_with_what_is_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    many, _, large = peak(gzip_pieces(tar_pieces(3_000)), monkeypatch)
    assert many == 3_000 and large < 4 << 20


def test_memory_does_not_grow_with_members_of_a_compressed_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def pieces(count: int) -> Iterator[bytes]:
        return (gzip.compress(b'{"text": "%d"}\n' % number, 1) for number in range(count))

    _, _, small = peak(pieces(2_000), monkeypatch)
    many, _, large = peak(pieces(20_000), monkeypatch)
    assert many == 20_000 and large < small + (1 << 19)


def test_memory_does_not_grow_with_a_web_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fastwarc")
    pieces = (
        gzip.compress(record(MEMBER, uri=f"https://example.org/{n}"), 1) for n in range(3_000)
    )
    many, _, large = peak(pieces, monkeypatch)
    assert many == 3_000 and large < 4 << 20


def test_memory_does_not_grow_with_a_table(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    file = tmp_path / "rows.parquet"
    schema = pa.schema([("text", pa.string()), ("id", pa.int64())])
    with pq.ParquetWriter(str(file), schema, use_dictionary=False) as writer:
        for start in range(0, 20_000, 5_000):
            numbers = range(start, start + 5_000)
            texts = [f"{number} {MEMBER.decode()}" for number in numbers]
            writer.write_table(pa.table({"text": texts, "id": list(numbers)}, schema=schema))
    before = pa.total_allocated_bytes()
    count = most = 0
    tracemalloc.start()
    try:
        for entry in read_entries([str(file)]):
            assert entry.problem is None
            count += 1
            most = max(most, pa.total_allocated_bytes() - before)
        assert count == 20_000 and most < 24 << 20
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()
