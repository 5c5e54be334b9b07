"""Web archives."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner.corpus.entry import Entry
from cleaner.corpus.readers import ReadOptions
from tests.corpus.containers import PAGE, TEXT, bad, good, read, record, said
from tests.corpus.test_readers_single import zstd

pytest.importorskip("fastwarc")

DATA = PAGE.encode()
INFO = record(b"software: none\r\n", kind="warcinfo", http=None, media="application/warc-fields")
REQUEST = record(b"", kind="request", http="GET /a HTTP/1.1\r\n")
URIS = [f"https://example.org/{number}" for number in range(5)]
RECORDS = [record(PAGE.replace("Trams", uri).encode(), uri=uri) for uri in URIS]


def urls(entries: list[Entry]) -> list[str | None]:
    return [entry.url for entry in entries if entry.problem is None]


def answer(*headers: str, status: int = 200, media: str = "text/html") -> str:
    lines = [f"HTTP/1.1 {status} OK", f"Content-Type: {media}", *headers]
    return "".join(f"{line}\r\n" for line in lines)


def test_a_page_is_an_entry(tmp_path: Path) -> None:
    data = (
        INFO
        + REQUEST
        + record(DATA, uri="https://example.org/a?b", more="WARC-Truncated: length\r\n")
    )
    (entry,) = read(tmp_path, data, name="x.warc")
    assert entry.name.startswith("x.warc/example.org-a-b-") and entry.data == DATA
    assert entry.origin == f"x.warc:{len(INFO) + len(REQUEST)}"
    assert (entry.url, entry.date) == ("https://example.org/a?b", "2024-05-06T07:08:09Z")
    assert entry.carried == {
        "warc_record_id": f"<urn:uuid:{zlib.crc32(DATA):08x}>",
        "warc_truncated": "length",
    }


def test_texts_of_wet_files(tmp_path: Path) -> None:
    text = record(TEXT.encode(), kind="conversion", http=None, media="text/plain")
    (entry,) = read(tmp_path, INFO + text)
    assert entry.data == TEXT.encode() and entry.encoding == "utf-8"


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_compressed_record_by_record(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    members = [pack(one) for one in [INFO, *RECORDS]]
    entries = read(tmp_path, b"".join(members))
    assert urls(entries) == URIS and not bad(entries)
    starts = [sum(map(len, members[:number])) for number in range(1, 6)]
    assert [entry.origin for entry in entries] == [f"in:{start}" for start in starts]


def test_compressed_as_a_whole(tmp_path: Path) -> None:
    entries = read(tmp_path, gzip.compress(b"".join(RECORDS[:2])))
    assert [entry.origin for entry in entries] == ["in:0", f"in:0+{len(RECORDS[0])}"]


def test_lines_may_end_in_either_way(tmp_path: Path) -> None:
    header, body = RECORDS[0].split(b"\r\n\r\n", 1)
    answered = body.removesuffix(b"\r\n\r\n").replace(b"\r\n", b"\n")
    header = header.rpartition(b"\r\n")[0].replace(b"\r\n", b"\n")
    one = header + b"\nContent-Length: %d\n\n" % len(answered) + answered + b"\n\n"
    entries = read(tmp_path, one + one)
    assert [entry.data for entry in entries] == [PAGE.replace("Trams", URIS[0]).encode()] * 2


@pytest.mark.parametrize(
    ("http", "body"),
    [
        (answer(), DATA),
        (answer("Content-Encoding: gzip"), gzip.compress(DATA, mtime=0)),
        (answer("Content-Encoding: x-gzip"), gzip.compress(DATA, mtime=0) + b"\r\n"),
        (answer("Content-Encoding: deflate"), zlib.compress(DATA)),
        (answer("Content-Encoding: deflate"), zlib.compress(DATA, wbits=-15)),
        (answer("Content-Encoding: zstd"), None),
        (answer("Content-Encoding: deflate, gzip"), gzip.compress(zlib.compress(DATA), mtime=0)),
        (answer("Content-Encoding: identity"), DATA),
        # The crawler took it off and left the header.
        *(
            (answer(f"Content-Encoding: {coding}"), DATA)
            for coding in ("gzip", "deflate", "br", "zstd")
        ),
        (answer("Transfer-Encoding: chunked"), DATA),
        (
            answer("Transfer-Encoding: chunked"),
            b"5\r\n" + DATA[:5] + b"\r\n51;a=b\r\n" + DATA[5:] + b"\r\n0\r\n\r\n",
        ),
        (answer("transfer-encoding: Chunked", "CONTENT-ENCODING: GZIP"), b"%x\n%b\n0\n\n"),
    ],
)
def test_payloads_are_decoded(tmp_path: Path, http: str, body: bytes | None) -> None:
    body = zstd(DATA) if body is None else body
    if b"%b" in body:
        packed = gzip.compress(DATA, mtime=0)
        body %= (len(packed), packed)
    assert len(DATA) == 5 + 0x51
    (entry,) = read(tmp_path, record(body, http=http))
    assert entry.data == DATA and entry.problem is None


def test_brotli(tmp_path: Path) -> None:
    brotli = pytest.importorskip("brotli")
    http = answer("Content-Encoding: br")
    packed = brotli.compress(DATA * 50)
    assert list(good(read(tmp_path, record(packed, http=http))).values()) == [DATA * 50]
    assert bad(read(tmp_path, record(packed[:-5], http=http))) == {"in:0": "damaged-input"}
    few = ReadOptions(max_bytes=1_000)
    assert bad(read(tmp_path, record(packed, http=http), few)) == {"in:0": "input-too-large"}
    bomb = brotli.compress(bytes(20 << 20))
    assert bad(read(tmp_path, record(bomb, http=http))) == {"in:0": "decompression-bomb"}


@pytest.mark.parametrize(
    ("http", "body", "problem"),
    [
        (answer("Content-Encoding: gzip"), gzip.compress(DATA, mtime=0)[:-9], "truncated-input"),
        (
            answer("Content-Encoding: gzip"),
            gzip.compress(bytes(20 << 20), mtime=0),
            "decompression-bomb",
        ),
        (answer("Content-Encoding: deflate"), b"\x07\x00", "damaged-input"),
        (answer("Content-Encoding: rot13"), DATA, "broken-record"),
        (answer("Transfer-Encoding: chunked"), b"5\r\n<html", "truncated-input"),
        (answer("Transfer-Encoding: chunked"), b"5\r\n<htm", "truncated-input"),
        (answer("Transfer-Encoding: chunked"), b"3\r\n<ht\r\nml>", "damaged-input"),
        ("garbage\r\n", DATA, "broken-record"),
        ("HTTP/1.1 fine\r\n", DATA, "broken-record"),
        (answer("X: " + "x" * 70_000), DATA, "broken-record"),
    ],
)
def test_a_payload_that_cannot_be_decoded_is_named(
    tmp_path: Path, http: str, body: bytes, problem: str
) -> None:
    data = RECORDS[0] + record(body, http=http) + RECORDS[1]
    entries = read(tmp_path, data)
    assert bad(entries) == {f"in:{len(RECORDS[0])}": problem}
    assert urls(entries) == URIS[:2]


@pytest.mark.parametrize(
    ("stated", "encoding"),
    [
        ("; charset=iso-8859-1", "iso-8859-1"),
        (';Charset = "windows-1251"; x=y', "windows-1251"),
        ("; charset='utf-8'", "utf-8"),
        ("; charset=", None),
        ("", None),
    ],
)
def test_the_encoding_that_the_server_states(
    tmp_path: Path, stated: str, encoding: str | None
) -> None:
    http = answer(media=f"text/html{stated}")
    (entry,) = read(tmp_path, record("Käfer".encode("latin-1"), http=http))
    assert entry.encoding == encoding


def test_what_is_not_asked_for_is_left_out(tmp_path: Path) -> None:
    data = b"".join(
        [
            record(DATA, uri="https://example.org/404", http=answer(status=404)),
            record(DATA, uri="https://example.org/png", http=answer(media="image/png")),
            record(DATA, uri="https://example.org/none", http="HTTP/1.1 200 OK\r\n"),
            record(b"1.2.3.4", uri="dns:example.org", http=None, media="text/dns"),
            record(
                DATA, uri="https://example.org/r", kind="resource", http=None, media="text/html"
            ),
            record(DATA, uri="https://example.org/x", http=answer(media="Application/XHTML+XML")),
            record(
                DATA,
                uri="https://example.org/told",
                http="HTTP/1.1 200 OK\r\n",
                more="WARC-Identified-Payload-Type: text/html\r\n",
            ),
        ]
    )

    def found(**options: Any) -> list[str]:
        entries = read(tmp_path, data, ReadOptions(**options))
        assert not bad(entries)
        return [str(entry.url).rpartition("/")[2] for entry in entries]

    assert found() == ["x", "told"]
    assert found(warc_types=("resource",)) == ["r"]
    assert found(warc_statuses=(404,)) == ["404"]
    assert found(warc_statuses=None) == ["404", "x", "told"]
    assert found(warc_media=("image/png",)) == ["png"]
    everything = ["404", "png", "none", "dns:example.org", "x", "told"]
    assert found(warc_media=None, warc_statuses=None) == everything


@pytest.mark.parametrize("size", [1, 3, 20, 60, 150, 300])
def test_what_is_cut_off_is_named(tmp_path: Path, size: int) -> None:
    data = b"".join(RECORDS)
    entries = read(tmp_path, data[:-size])
    if size <= 4:
        # Only the empty lines after the last record are missing.
        assert urls(entries) == URIS and not bad(entries)
        return
    assert urls(entries) == URIS[:-1]
    assert bad(entries) == {f"in:{sum(map(len, RECORDS[:-1]))}": "truncated-input"}
    # The same where the record is not asked for.
    entries = read(tmp_path, (data + REQUEST)[: -min(size, 40)])
    assert urls(entries) == URIS
    assert bad(entries) == ({f"in:{len(data)}": "truncated-input"})


def test_one_that_is_cut_off_inside_its_compression(tmp_path: Path) -> None:
    members = [gzip.compress(one) for one in RECORDS]
    last = sum(map(len, members[:-1]))
    for size in (1, 9, 60, len(members[-1]) - 1):
        entries = read(tmp_path, b"".join(members)[:-size])
        assert bad(entries) == {f"in:{last}": "truncated-input"}
        assert urls(entries) == URIS[:4]
    whole = gzip.compress(b"".join(RECORDS))
    entries = read(tmp_path, whole[:-9])
    assert urls(entries) == URIS[:4] and set(bad(entries).values()) == {"truncated-input"}


def test_broken_records_are_passed_over(tmp_path: Path) -> None:
    first, second, third, *_ = RECORDS
    broken = {
        "no length": second.replace(b"Content-Length", b"X-Length"),
        "two lengths": second.replace(b"Content-Length", b"Content-Length: 7\r\nContent-Length"),
        "negative": record(DATA, size=-5),
        "huge": record(DATA, size=10**30),
        "too short": record(DATA, size=80),
        "too long": record(DATA, size=200),
        "no version": second.replace(b"WARC/1.0", b"WARC/one"),
        "no colons": second.replace(b": ", b"- "),
        "garbage": b"garbage\r\n" * 100 + b"\r\n\r\n",
        "binary": os.urandom(100_000).replace(b"WARC", b""),
        "endless header": second.replace(b"\r\n\r\n", b"\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", 1),
        "spaces": b"   ",
        "nuls": bytes(100),
    }
    for what, data in broken.items():
        entries = read(tmp_path, first + data + b"\r\n" + third)
        assert urls(entries)[0] == URIS[0], what
        assert urls(entries)[-1] == URIS[2], what
        assert bad(entries)[f"in:{len(first)}"] == "broken-record", what


def test_damaged_members_are_passed_over(tmp_path: Path) -> None:
    members = [gzip.compress(one) for one in RECORDS]
    for at in (2, 12, 40, len(members[2]) - 6):
        torn = bytearray(members[2])
        torn[at : at + 3] = bytes(byte ^ 0x5A for byte in torn[at : at + 3])
        entries = read(tmp_path, b"".join([*members[:2], torn, *members[3:]]))
        assert urls(entries) == [*URIS[:2], *URIS[3:]], at
        start = sum(map(len, members[:2]))
        assert bad(entries)[f"in:{start}"] == "damaged-input", at


def test_limits(tmp_path: Path) -> None:
    large = record(b"x" * 5_000, uri="https://example.org/large")
    data = RECORDS[0] + large + RECORDS[1]
    entries = read(tmp_path, data, ReadOptions(max_bytes=1_000))
    assert urls(entries) == URIS[:2]
    assert bad(entries) == {f"in:{len(RECORDS[0])}": "input-too-large"}
    # It is told only of what was asked for.
    entries = read(tmp_path, data, ReadOptions(max_bytes=1_000, warc_types=("conversion",)))
    assert not entries
    packed = gzip.compress(record(bytes(20 << 20), kind="request")) + gzip.compress(RECORDS[0])
    assert bad(read(tmp_path, packed)) == {"in": "decompression-bomb"}


def test_one_without_records_after_its_first_line(tmp_path: Path) -> None:
    entries = read(tmp_path, b"WARC/1.0\r\nand that is all")
    assert bad(entries) == {"in:0": "truncated-input"} and "ends in the header" in said(entries)
