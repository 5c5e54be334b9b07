"""Tar archives, well made and hostile."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
from pathlib import Path

import pytest

from cleaner.corpus.readers import ReadOptions
from tests.corpus.containers import TEXT, bad, good, read, said, tar_of, zip_of
from tests.corpus.test_readers_single import zstd

DATA = TEXT.encode()
MEMBERS = [("b/x.html", DATA), ("a.txt", DATA * 30), ("b/y.txt", b"")]
FOUND = {f"in/{name}": data for name, data in MEMBERS}


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_members_come_in_their_order(tmp_path: Path, form: int) -> None:
    entries = read(tmp_path, tar_of(MEMBERS, form=form))
    assert good(entries) == FOUND
    assert [entry.origin for entry in entries] == [f"in!{name}" for name, _ in MEMBERS]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    assert good(read(tmp_path, pack(tar_of(MEMBERS)))) == FOUND


def test_compressed_with_zstd(tmp_path: Path) -> None:
    assert good(read(tmp_path, zstd(tar_of(MEMBERS)))) == FOUND


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("name", ["long/" * 60 + "a.txt", "é/ü.txt", "caf\udce9.txt", "a b\n.txt"])
def test_names(tmp_path: Path, form: int, name: str) -> None:
    (entry,) = read(tmp_path, tar_of([(name, DATA)], form=form))
    assert entry.name == f"in/{name}" and entry.data == DATA
    entry.origin.encode()


def test_a_name_in_two_parts(tmp_path: Path) -> None:
    name = "d" * 120 + "/" + "f" * 90
    assert good(read(tmp_path, tar_of([(name, DATA)], form=tarfile.USTAR_FORMAT))) == {
        f"in/{name}": DATA
    }


def test_sizes_beyond_octal(tmp_path: Path) -> None:
    info = tarfile.TarInfo("big")
    info.size = 9 << 33
    header = info.tobuf(tarfile.GNU_FORMAT)
    assert bad(read(tmp_path, header)) == {"in!big": "input-too-large", "in": "truncated-input"}


def test_hostile_names_are_refused(tmp_path: Path) -> None:
    names = ["/etc/passwd", "../up", "a/../../up", "a\\..\\up", "C:/x", "C:x"]
    entries = read(tmp_path, tar_of([(name, DATA) for name in [*names, "fine"]]))
    assert good(entries) == {"in/fine": DATA}
    assert bad(entries) == dict.fromkeys((f"in!{name}" for name in names), "unsafe-name")
    assert all(".." not in entry.name and entry.name.startswith("in/") for entry in entries)


def test_a_name_with_a_nul(tmp_path: Path) -> None:
    name = b"a\0/../../up"
    body = b" path=" + name + b"\n"
    pax = str(len(body) + 2).encode() + body
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, len(pax)
    data = info.tobuf() + pax.ljust(512, b"\0") + tar_of([("plain", DATA)])
    assert bad(read(tmp_path, data)) == {"in!a\0/../../up": "unsafe-name"}


def test_links_and_devices_are_named(tmp_path: Path) -> None:
    archive = tar_of(
        MEMBERS,
        sym=tarfile.SYMTYPE,
        hard=tarfile.LNKTYPE,
        char=tarfile.CHRTYPE,
        block=tarfile.BLKTYPE,
        pipe=tarfile.FIFOTYPE,
        folder=tarfile.DIRTYPE,
        odd=b"V",
    )
    entries = read(tmp_path, archive)
    assert good(entries) == FOUND
    links = ("sym", "hard", "char", "block", "pipe")
    assert bad(entries) == {
        **dict.fromkeys((f"in!{name}" for name in links), "not-a-file"),
        "in!odd": "unsupported-format",
    }


def test_a_second_member_of_a_name_is_refused(tmp_path: Path) -> None:
    entries = read(tmp_path, tar_of([("a", DATA), ("./a", b"other"), ("b", DATA), ("a", b"x")]))
    assert good(entries) == {"in/a": DATA, "in/b": DATA}
    assert [entry.problem and entry.problem.name for entry in entries] == [
        None,
        "duplicate-name",
        None,
        "duplicate-name",
    ]


def test_hidden_members_are_left_out(tmp_path: Path) -> None:
    archive = tar_of([(".x", DATA), ("a/.git/b", DATA), ("__MACOSX/a", DATA), ("a", DATA)])
    entries = read(tmp_path, archive)
    assert good(entries) == {"in/a": DATA} and not bad(entries)


def test_containers_inside_are_not_opened(tmp_path: Path) -> None:
    inner = tar_of([("../up", DATA)])
    nested = {
        "t": inner,
        "tz": gzip.compress(inner),
        "tx": lzma.compress(inner),
        "z": zip_of({"a": DATA}),
        "j": b'{"text": "a"}\n',
        "w": b"WARC/1.0\r\n",
        "p": b"PAR1",
        "zz": gzip.compress(gzip.compress(DATA)),
    }
    entries = read(tmp_path, tar_of([*nested.items(), ("gz", gzip.compress(DATA))]))
    assert bad(entries) == dict.fromkeys((f"in!{name}" for name in nested), "nested-archive")
    assert list(good(entries)) == ["in/gz"]
    entries = read(tmp_path, tar_of([("j", b'[{"a": 1}]'), ("r", b"Rar!\x1a\x07")]))
    assert bad(entries) == {"in!j": "not-json-lines", "in!r": "unsupported-format"}


def test_compressed_members(tmp_path: Path) -> None:
    packed = gzip.compress(DATA, mtime=0)
    bomb = gzip.compress(bytes(20 << 20))
    archive = tar_of(
        [
            ("a.gz", packed),
            ("a.bz2", bz2.compress(DATA)),
            ("a.xz", lzma.compress(DATA)),
            ("cut.gz", packed[:-1]),
            ("bomb.gz", bomb),
            ("bomb.xz", lzma.compress(bytes(20 << 20))),
            ("end", DATA),
        ]
    )
    entries = read(tmp_path, archive)
    assert good(entries) == {"in/a.gz": packed, "in/a.bz2": DATA, "in/a.xz": DATA, "in/end": DATA}
    assert bad(entries) == {
        "in!cut.gz": "truncated-input",
        "in!bomb.gz": "decompression-bomb",
        "in!bomb.xz": "decompression-bomb",
    }
    little = ReadOptions(max_unpacked=len(DATA))
    assert bad(read(tmp_path, archive, little)) == {"in": "unpacked-too-large"}


@pytest.mark.parametrize("size", [1, 100, 512, 513, 1024, 1536, 2000])
def test_what_is_cut_off_is_named(tmp_path: Path, size: int) -> None:
    archive = tar_of([("a", DATA), ("b", DATA)], form=tarfile.USTAR_FORMAT)
    entries = read(tmp_path, archive[:size])
    if size < 512:
        # Without a whole header it is no archive to anybody.
        assert good(entries) == {"in": archive[:size]}
        return
    assert set(bad(entries).values()) == {"truncated-input"}
    assert set(good(entries).values()) <= {DATA}


def test_one_that_is_cut_off_inside_its_compression(tmp_path: Path) -> None:
    noise = [(str(number), os.urandom(30_000)) for number in range(20)]
    packed = gzip.compress(tar_of(noise))
    entries = read(tmp_path, packed[: len(packed) // 2])
    found = good(entries)
    assert 5 < len(found) < 15
    assert all(found[f"in/{name}"] == data for name, data in noise if f"in/{name}" in found)
    assert bad(entries) == {f"in!{len(found)}": "truncated-input"}
    # Damage costs what comes after it.
    torn = bytearray(packed)
    torn[len(packed) // 2 : len(packed) // 2 + 40] = bytes(40)
    entries = read(tmp_path, bytes(torn))
    assert bad(entries)["in"] == "damaged-input" and len(good(entries)) < 20


def test_what_follows_the_end_mark_is_named(tmp_path: Path) -> None:
    archive = tar_of(MEMBERS)
    entries = read(tmp_path, archive + bytes(10_240))
    assert good(entries) == FOUND and not bad(entries)
    entries = read(tmp_path, archive + tar_of([("other", DATA)]))
    assert good(entries) == FOUND and bad(entries) == {"in": "damaged-input"}
    assert "file of its own" in said(entries)


def test_garbage_between_members_is_named(tmp_path: Path) -> None:
    archive = tar_of([("a", DATA)], form=tarfile.USTAR_FORMAT)[:1024] + b"x" * 1024
    entries = read(tmp_path, archive)
    assert good(entries) == {"in/a": DATA} and bad(entries) == {"in": "damaged-input"}
    assert "at byte 1024" in said(entries)


@pytest.mark.parametrize(
    ("kind", "size", "data"),
    [
        (tarfile.XHDTYPE, 2 << 20, b""),
        (tarfile.GNUTYPE_LONGNAME, 8 << 30, b""),
        (tarfile.XHDTYPE, 12, b"nonsense here"),
        (tarfile.XHDTYPE, 12, b"99 path=abc\n"),
        (tarfile.XHDTYPE, 12, b"12 size=abc\n"),
        (tarfile.XHDTYPE, 11, b"11 size=-5\n"),
    ],
)
def test_headers_that_lie(tmp_path: Path, kind: bytes, size: int, data: bytes) -> None:
    info = tarfile.TarInfo("odd")
    info.type, info.size = kind, size
    block = info.tobuf(tarfile.GNU_FORMAT) + data.ljust(512, b"\0")
    entries = read(tmp_path, block + tar_of([("a", DATA)]))
    assert bad(entries) == {"in": "damaged-input"} and not good(entries)


def test_sparse_files_are_not_read(tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("hole")
        info.size, info.pax_headers = len(DATA), {"GNU.sparse.major": "1"}
        archive.addfile(info, io.BytesIO(DATA))
    assert bad(read(tmp_path, made.getvalue())) == {"in!hole": "unsupported-format"}


def test_limits(tmp_path: Path) -> None:
    archive = tar_of([("small", b"s"), ("large", DATA), ("end", b"e")])
    entries = read(tmp_path, archive, ReadOptions(max_bytes=len(DATA) - 1))
    assert good(entries) == {"in/small": b"s", "in/end": b"e"}
    assert bad(entries) == {"in!large": "input-too-large"}
    entries = read(tmp_path, archive, ReadOptions(max_members=2))
    assert len(good(entries)) == 2 and bad(entries) == {"in": "too-many-members"}
    assert "raise the limit" in said(entries)
    entries = read(tmp_path, gzip.compress(archive), ReadOptions(max_unpacked=1_600))
    assert bad(entries)["in"] == "unpacked-too-large"
