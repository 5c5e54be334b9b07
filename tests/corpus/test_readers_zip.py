"""Zip archives, well made and hostile."""

from __future__ import annotations

import lzma
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from cleaner.corpus.readers import ReadOptions
from tests.corpus.containers import TEXT, ZIP_END, Pipe, bad, good, read, said, zip_member, zip_of
from tests.corpus.test_readers_single import zstd

DATA = TEXT.encode()
MEMBERS = {"b/x.html": DATA, "a.txt": DATA * 30, "b/y.txt": b"", "é.txt": os.urandom(200_000)}
FOUND = {f"in/{name}": data for name, data in MEMBERS.items()}
STORED, DEFLATED, BZIP2, LZMA = range(4)
METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("streamed", [False, True])
def test_members_come_in_their_order(tmp_path: Path, method: int, streamed: bool) -> None:
    entries = read(tmp_path, zip_of(MEMBERS, method=method, streamed=streamed))
    assert good(entries) == FOUND and not bad(entries)
    assert [entry.origin for entry in entries] == [f"in!{name}" for name in MEMBERS]


@pytest.mark.parametrize("streamed", [False, True])
def test_members_with_large_sizes(tmp_path: Path, streamed: bool) -> None:
    pipe = Pipe()
    made = tmp_path / "made"
    with zipfile.ZipFile(pipe if streamed else made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in MEMBERS.items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(data)
    data = bytes(pipe.made) if streamed else made.read_bytes()
    assert good(read(tmp_path, data)) == FOUND


@pytest.mark.parametrize("method", METHODS)
def test_stored_data_that_looks_like_headers(tmp_path: Path, method: int) -> None:
    marks = (b"PK\x03\x04", b"PK\x07\x08", b"PK\x01\x02", b"PK\x05\x06")
    members = {
        "odd": b"x" + b"".join(marks) * 50_000,
        "nested": b"x" + zip_of(MEMBERS, streamed=True),
    }
    for streamed in (False, True):
        entries = read(tmp_path, zip_of(members, method=method, streamed=streamed))
        assert good(entries) == {f"in/{name}": data for name, data in members.items()}


def test_names_that_are_not_said_to_be_utf8(tmp_path: Path) -> None:
    for raw, name in (("é".encode(), "é"), (b"caf\x82", "café")):
        entries = read(tmp_path, zip_member(raw, DATA) + ZIP_END)
        assert good(entries) == {f"in/{name}": DATA}
    (entry,) = read(tmp_path, zip_member(b"a\xff", DATA, flags=0x800) + ZIP_END)
    assert entry.name == "in/a\udcff" and entry.origin == "in!a\\xff"


def test_hostile_names_are_refused(tmp_path: Path) -> None:
    names = [b"/etc/passwd", b"../up", b"a\\..\\up", b"C:/x", b"a\0b", b"./."]
    archive = b"".join(zip_member(name, DATA) for name in [*names, b"fine"])
    entries = read(tmp_path, archive + ZIP_END)
    assert good(entries) == {"in/fine": DATA}
    assert bad(entries) == dict.fromkeys((f"in!{n.decode()}" for n in names), "unsafe-name")


def test_links_are_named(tmp_path: Path) -> None:
    entries = read(tmp_path, zip_of(MEMBERS, links=["link"]))
    assert good(entries) == FOUND and bad(entries) == {"in!link": "not-a-file"}


def test_directories_and_hidden_members_are_left_out(tmp_path: Path) -> None:
    for streamed in (False, True):
        archive = zip_of(
            {"a/": b"", ".x": DATA, "__MACOSX/a": DATA, "a/b": DATA}, streamed=streamed
        )
        entries = read(tmp_path, archive)
        assert good(entries) == {"in/a/b": DATA} and not bad(entries)


def test_a_second_member_of_a_name_is_refused(tmp_path: Path) -> None:
    archive = zip_member(b"a", DATA) + zip_member(b"a", b"other") + zip_member(b"b", DATA)
    entries = read(tmp_path, archive + ZIP_END)
    assert good(entries) == {"in/a": DATA, "in/b": DATA}
    assert bad(entries) == {"in!a": "duplicate-name"}


def test_encrypted_members_are_named(tmp_path: Path) -> None:
    archive = zip_member(b"a", DATA, flags=1) + zip_member(b"b", DATA)
    entries = read(tmp_path, archive + ZIP_END)
    assert good(entries) == {"in/b": DATA} and bad(entries) == {"in!a": "encrypted-member"}
    # Where nothing says how long it is, nobody can tell where the next one begins.
    archive = zip_member(b"a", DATA, flags=9, packed=0) + zip_member(b"b", DATA)
    entries = read(tmp_path, archive + ZIP_END)
    assert bad(entries) == {"in!a": "encrypted-member", "in": "damaged-input"}


def test_methods_that_are_not_read_are_named(tmp_path: Path) -> None:
    entries = read(tmp_path, zip_of({"a": DATA}, method=zipfile.ZIP_LZMA))
    assert bad(entries) == {"in!a": "unsupported-format"} and "method 14" in said(entries)
    archive = zip_member(b"a", DATA, method=9) + zip_member(b"b", DATA) + ZIP_END
    assert good(read(tmp_path, archive)) == {"in/b": DATA}


def test_zstd_and_xz_members(tmp_path: Path) -> None:
    for method, packed in ((93, zstd(DATA)), (95, lzma.compress(DATA))):
        member = zip_member(b"a", DATA, method=method, packed=len(packed))
        member = member.replace(DATA, packed)
        assert good(read(tmp_path, member + zip_member(b"b", b"b") + ZIP_END)) == {
            "in/a": DATA,
            "in/b": b"b",
        }


@pytest.mark.parametrize(
    ("packed", "size"), [(len(DATA), 5), (len(DATA), 1 << 31), (len(DATA) - 1, len(DATA))]
)
def test_sizes_that_lie(tmp_path: Path, packed: int, size: int) -> None:
    archive = zip_member(b"a", DATA, packed=packed, size=size) + zip_member(b"b", DATA) + ZIP_END
    entries = read(tmp_path, archive)
    assert bad(entries)["in!a"] == "damaged-input" and "in/a" not in good(entries)
    assert ("in/b" in good(entries)) == (packed == len(DATA))


def test_sizes_of_compressed_members_that_lie(tmp_path: Path) -> None:
    body = zlib.compress(DATA, wbits=-15)
    for packed in (len(body) - 1, len(body) + 1, 1):
        member = zip_member(b"a", DATA, method=8, packed=packed).replace(DATA, body)
        entries = read(tmp_path, member + zip_member(b"b", DATA) + ZIP_END)
        assert bad(entries)["in!a"] == "damaged-input" and "in/a" not in good(entries)


def test_a_check_sum_that_does_not_fit(tmp_path: Path) -> None:
    archive = bytearray(zip_of(MEMBERS, method=zipfile.ZIP_STORED))
    archive[archive.index(DATA) + 5] ^= 1
    entries = read(tmp_path, bytes(archive))
    assert bad(entries) == {"in!b/x.html": "damaged-input"} and len(good(entries)) == 3


def test_bombs(tmp_path: Path) -> None:
    for streamed in (False, True):
        archive = zip_of({"bomb": bytes(20 << 20), "a": DATA}, streamed=streamed)
        entries = read(tmp_path, archive)
        assert bad(entries)["in!bomb"] == "decompression-bomb"
        # Past a bomb of unknown length nothing can be found.
        assert good(entries) == ({} if streamed else {"in/a": DATA})


def test_a_bomb_of_members_that_overlap(tmp_path: Path) -> None:
    # The directory names one member a thousand times; read as it streams by, it is one.
    member = zip_member(b"a", DATA)
    entry = struct.pack(
        "<4s6H3L5H2L",
        *(b"PK\x01\x02", 20, 20, 0, 0, 0, 0, zlib.crc32(DATA), len(DATA), len(DATA)),
        *(1, 0, 0, 0, 0, 0, 0),
    )
    directory = (entry + b"a") * 1_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1_000, 1_000, len(directory), len(member), 0)
    entries = read(tmp_path, member + directory + end)
    assert good(entries) == {"in/a": DATA} and not bad(entries)


def test_what_is_cut_off_is_named(tmp_path: Path) -> None:
    archive = zip_of(MEMBERS)
    end = archive.rindex(b"PK\x05\x06")
    for size in (20, 35, 100, len(archive) // 2, archive.index(b"PK\x01\x02"), end):
        entries = read(tmp_path, archive[:size])
        assert set(bad(entries).values()) == {"truncated-input"}
        assert all(FOUND[name] == data for name, data in good(entries).items())


def test_garbage_between_members_is_named(tmp_path: Path) -> None:
    archive = zip_member(b"a", DATA) + b"garbage" + zip_member(b"b", DATA) + ZIP_END
    entries = read(tmp_path, archive)
    assert good(entries) == {"in/a": DATA} and bad(entries) == {"in": "damaged-input"}
    assert f"at byte {31 + len(DATA)}" in said(entries)


def test_a_second_archive_is_named(tmp_path: Path) -> None:
    entries = read(tmp_path, zip_of(MEMBERS) + zip_of({"b": DATA}))
    assert good(entries) == FOUND and bad(entries) == {"in": "damaged-input"}


def test_an_archive_without_members(tmp_path: Path) -> None:
    assert not read(tmp_path, ZIP_END)


def test_one_that_was_to_be_split(tmp_path: Path) -> None:
    assert good(read(tmp_path, b"PK\x07\x08" + zip_of(MEMBERS))) == FOUND


@pytest.mark.parametrize("first", ["[Content_Types].xml", "mimetype"])
def test_office_documents_are_no_archives(tmp_path: Path, first: str) -> None:
    entries = read(tmp_path, zip_of({first: DATA, "a.xml": DATA}))
    assert bad(entries) == {"in": "binary-input"} and not good(entries)


def test_limits(tmp_path: Path) -> None:
    members = {"small": b"s", "large": DATA, "end": b"e"}
    for method in METHODS:
        for streamed in (False, True):
            archive = zip_of(members, method=method, streamed=streamed)
            entries = read(tmp_path, archive, ReadOptions(max_bytes=len(DATA) - 1))
            assert good(entries) == {"in/small": b"s", "in/end": b"e"}
            assert bad(entries) == {"in!large": "input-too-large"}
            entries = read(tmp_path, archive, ReadOptions(max_members=2))
            assert len(good(entries)) == 2 and bad(entries) == {"in": "too-many-members"}
            entries = read(tmp_path, archive, ReadOptions(max_unpacked=len(DATA)))
            assert good(entries) == {"in/small": b"s"}
            assert bad(entries) == {"in": "unpacked-too-large"}
