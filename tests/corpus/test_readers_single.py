"""Texts and pages, alone or compressed, in files and from standard input."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import pickle
import sys
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner.corpus.readers import ReadOptions, read_entries
from tests.corpus.containers import PAGE, TEXT, bad, good, read, said, tar_of, zip_of

DATA = TEXT.encode()
LONG = DATA * 2_000


def zstd(data: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        made = pytest.importorskip("compression.zstd").compress(data)
    else:
        made = pytest.importorskip("backports.zstd").compress(data)
    assert isinstance(made, bytes)
    return made


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": zstd,
}
OTHERS = [name for name in PACKERS if name != "gzip"]


@pytest.mark.parametrize(
    "data", [DATA, PAGE.encode(), b"", b"\xff\xfe", DATA.decode().encode("utf-16")]
)
def test_a_file_keeps_its_bytes(tmp_path: Path, data: bytes) -> None:
    (entry,) = read(tmp_path, data, name="a.tar.gz")
    assert (entry.name, entry.data, entry.origin) == ("a.tar.gz", data, "a.tar.gz")
    assert (entry.problem, entry.url, entry.date, entry.encoding) == (None,) * 4
    assert not entry.carried


def test_a_gzip_file_keeps_its_bytes(tmp_path: Path) -> None:
    data = gzip.compress(LONG) + gzip.compress(DATA)
    assert good(read(tmp_path, data)) == {"in": data}
    # Tapes are filled up with NULs.
    assert good(read(tmp_path, data + bytes(512))) == {"in": data + bytes(512)}


@pytest.mark.parametrize("packer", OTHERS)
def test_others_are_unpacked_under_the_same_name(tmp_path: Path, packer: str) -> None:
    pack = PACKERS[packer]
    assert good(read(tmp_path, pack(LONG) + pack(DATA), name="a.txt")) == {"a.txt": LONG + DATA}
    assert good(read(tmp_path, pack(b""))) == {"in": b""}
    assert good(read(tmp_path, pack(DATA) + bytes(512))) == {"in": DATA}


def test_what_takes_much_memory_is_named(tmp_path: Path) -> None:
    pytest.importorskip("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    # An empty frame with a window of 256 MB; a header that asks for a dictionary of 1 GB.
    assert bad(read(tmp_path, b"\x28\xb5\x2f\xfd\x00\x90\x01\x00\x00")) == {
        "in": "unsupported-format"
    }
    packed = bytearray(lzma.compress(DATA))
    end = 12 + 4 * (packed[12] + 1) - 4
    packed[packed.index(b"\x21\x01", 12) + 2] = 36
    packed[end : end + 4] = zlib.crc32(packed[12:end]).to_bytes(4, "little")
    entries = read(tmp_path, bytes(packed))
    assert bad(entries) == {"in": "unsupported-format"} and "memory" in said(entries)


def test_frames_of_zstd_that_are_to_be_skipped(tmp_path: Path) -> None:
    skipped = b"\x52\x2a\x4d\x18\x05\x00\x00\x00hello"
    assert good(read(tmp_path, skipped + zstd(DATA) + skipped)) == {"in": DATA}


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("data", [DATA, LONG, os.urandom(300_000).hex().encode()])
def test_what_is_cut_off_is_not_cleaned(tmp_path: Path, packer: str, data: bytes) -> None:
    packed = PACKERS[packer](data)
    for size in {1, 4, len(packed) // 2, len(packed) - 20}:
        entries = read(tmp_path, packed[:-size])
        assert bad(entries) == {"in": "truncated-input"} and not good(entries)
    # Also where it ends in a later member.
    entries = read(tmp_path, packed + packed[:-4])
    assert bad(entries) == {"in": "truncated-input"} and not good(entries)


@pytest.mark.parametrize("packer", PACKERS)
def test_what_is_damaged_is_not_cleaned(tmp_path: Path, packer: str) -> None:
    packed = PACKERS[packer](LONG)
    torn = bytearray(packed)
    torn[len(packed) // 2] ^= 0xFF
    torn[len(packed) // 2 + 1] ^= 0xFF
    if packer != "zstd":  # its command line adds a check sum, its libraries do not
        assert bad(read(tmp_path, bytes(torn))) in (
            {"in": "damaged-input"},
            {"in": "truncated-input"},
        )
    assert bad(read(tmp_path, packed + b"\n<html>")) == {"in": "damaged-input"}
    assert "no" in said(read(tmp_path, packed + b"\n<html>"))


@pytest.mark.parametrize("packer", PACKERS)
def test_bombs(tmp_path: Path, packer: str) -> None:
    bomb = PACKERS[packer](bytes(20 << 20))
    assert bad(read(tmp_path, bomb)) == {"in": "decompression-bomb"}
    archive = PACKERS[packer](tar_of([("a", bytes(20 << 20))]))
    assert bad(read(tmp_path, archive)) == dict.fromkeys(("in!a", "in"), "decompression-bomb")
    assert not bad(read(tmp_path, bomb, ReadOptions(max_ratio=1_000_000)))
    # Little harm is done below ten megabytes.
    assert not bad(read(tmp_path, PACKERS[packer](bytes(9 << 20))))


@pytest.mark.parametrize("packer", [None, *PACKERS])
def test_limits(tmp_path: Path, packer: str | None) -> None:
    data = PACKERS[packer](DATA) if packer else DATA
    size = len(DATA)
    assert not bad(read(tmp_path, data, ReadOptions(max_bytes=max(size, len(data)))))
    few = ReadOptions(max_bytes=size - 1)
    assert bad(read(tmp_path, data, few)) == {"in": "input-too-large"}
    if packer:
        little = ReadOptions(max_unpacked=size - 1)
        assert bad(read(tmp_path, data, little)) == {"in": "unpacked-too-large"}


def test_what_is_compressed_twice_is_named(tmp_path: Path) -> None:
    for outer in ("gzip", "xz"):
        for inner in ("gzip", "bzip2"):
            data = PACKERS[outer](PACKERS[inner](DATA))
            assert bad(read(tmp_path, data)) == {"in": "nested-archive"}
        assert bad(read(tmp_path, PACKERS[outer](zip_of({"a": DATA})))) == {"in": "nested-archive"}


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"Rar!\x1a\x07\x01", "RAR"),
        (b"\x04\x22\x4d\x18", "lz4"),
        (b"filedesc://x.arc.gz 0.0.0.0", "ARC"),
    ],
)
def test_what_is_not_read_is_named(tmp_path: Path, start: bytes, what: str) -> None:
    entries = read(tmp_path, start + b"more")
    assert bad(entries) == {"in": "unsupported-format"} and what in said(entries)
    assert bad(read(tmp_path, gzip.compress(start))) == {"in": "unsupported-format"}


def test_a_json_document_is_no_text(tmp_path: Path) -> None:
    records = [{"text": TEXT}, {"text": TEXT}]
    for data in (
        json.dumps(records),
        json.dumps(records, indent=1),
        "\ufeff" + json.dumps(records),
        json.dumps(records[0], indent=1),
    ):
        entries = read(tmp_path, data.encode())
        assert bad(entries) == {"in": "not-json-lines"} and "jq" in said(entries)


@pytest.mark.parametrize(
    "text",
    [
        "[Advertisement]\n\n" + TEXT,
        "{sic} and so on\n\n" + TEXT,
        TEXT + '\n{"an": "example"}\n',
        '{"an": "example"}\n\n' + TEXT + "\n" + TEXT,
        "WARC is a format\n",
        "PK\n",
        "ustar" * 200,
        "BZh9 is how it starts",
    ],
)
def test_texts_that_begin_like_something_else(tmp_path: Path, text: str) -> None:
    assert good(read(tmp_path, text.encode())) == {"in": text.encode()}


def test_entries_pickle(tmp_path: Path) -> None:
    for data in (DATA, gzip.compress(DATA)[:-1]):
        (entry,) = read(tmp_path, data)
        again = pickle.loads(pickle.dumps(entry))
        assert (again.name, again.data, again.origin) == (entry.name, entry.data, entry.origin)
        assert type(again.problem) is type(entry.problem)
        assert str(again.problem) == str(entry.problem)
    # What is kept with an error would be kept as long as the entry.
    error = entry.problem
    assert error is not None
    assert (error.__traceback__, error.__cause__, error.__context__) == (None, None, None)


class Stdin:
    """Standard input that cannot be sought in, and gives what it has in small pieces."""

    def __init__(self, data: bytes) -> None:
        self.buffer = self
        self._data = io.BytesIO(data)

    def read(self, size: int) -> bytes:
        return self._data.read(min(size, 1_000))


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (DATA, {"news/x": DATA}),
        (gzip.compress(DATA, mtime=0), {"news/x": gzip.compress(DATA, mtime=0)}),
        (bz2.compress(DATA), {"news/x": DATA}),
        (tar_of([("a", DATA)]), {"news/x/a": DATA}),
        (
            gzip.compress(tar_of([("a", DATA), ("b", LONG)]), mtime=0),
            {"news/x/a": DATA, "news/x/b": LONG},
        ),
        (zip_of({"a": LONG}), {"news/x/a": LONG}),
        (b'{"text": "a", "id": "b"}\n', {"news/x/b": "a"}),
        (b"", {"news/x": b""}),
    ],
)
def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, data: bytes, found: dict[str, bytes | str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(data))
    entries = list(read_entries(["-"], ReadOptions(stdin_name="news/x")))
    assert good(entries) == found and not bad(entries)
    assert all(entry.origin.startswith("standard input") for entry in entries)


def test_a_named_pipe(tmp_path: Path) -> None:
    for data in (DATA, zip_of({"a": DATA}, links=["b"])):
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=pipe.write_bytes, args=(data,))
        writer.start()
        entries = list(read_entries([str(pipe)]))
        writer.join()
        pipe.unlink()
        assert DATA in good(entries).values() and not bad(entries)


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert bad(read_entries(["-"])) == {"standard input": "unreadable-input"}


def test_one_bad_input_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(zlib.compress(b"a"))
    (tmp_path / "b").write_bytes(gzip.compress(DATA)[:-1])
    (tmp_path / "c").write_bytes(DATA)
    (tmp_path / "d").symlink_to("nowhere")
    entries = list(read_entries([str(tmp_path), str(tmp_path / "gone"), str(tmp_path / "c")]))
    assert [entry.problem and entry.problem.name for entry in entries] == [
        None,
        "truncated-input",
        None,
        "unreadable-input",
        "unreadable-input",
        None,
    ]


def test_a_bug_costs_one_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(head: bytes) -> str:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("cleaner.corpus.readers.read.tell", broken)
    assert bad(read(tmp_path, DATA)) == {"in": "internal-error"}


def test_a_library_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("backports.zstd", "compression.zstd", "pyarrow.parquet", "fastwarc.warc"):
        monkeypatch.setitem(sys.modules, module, None)
    for data, extra in (
        (b"\x28\xb5\x2f\xfd....", "zstd"),
        (b"PAR1....", "parquet"),
        (b"WARC/1.0\r\n....", "warc"),
    ):
        entries = read(tmp_path, data)
        assert bad(entries) == {"in": "missing-extra"}
        assert f"pip install 'article-cleaner[{extra}]'" in said(entries)
