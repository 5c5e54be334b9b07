"""Files of JSON lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from cleaner.corpus.readers import ReadOptions
from cleaner.corpus.readers.options import TEXT_KEYS
from tests.corpus.containers import PAGE, TEXT, bad, good, read, said
from tests.corpus.test_readers_single import PACKERS


def lines(*records: object) -> bytes:
    return "".join(f"{json.dumps(record)}\n" for record in records).encode()


def test_each_line_is_an_entry(tmp_path: Path) -> None:
    one = {"text": TEXT, "id": "a1", "score": 0.5, "tags": ["x", {"y": None}]}
    two = {"url": "https://example.org/b", "html": PAGE, "date": "2024-05-06"}
    first, second = read(tmp_path, lines(one, two), name="all.jsonl")
    assert (first.name, first.data, first.origin) == ("all.jsonl/a1", TEXT, "all.jsonl:1")
    assert first.carried == {"id": "a1", "score": 0.5, "tags": ["x", {"y": None}]}
    assert first.url is first.date is None
    assert second.name.startswith("all.jsonl/example.org-b-") and second.data == PAGE
    assert (second.url, second.date) == ("https://example.org/b", "2024-05-06")
    assert second.carried == {"url": "https://example.org/b", "date": "2024-05-06"}


def test_compressed(tmp_path: Path) -> None:
    data = lines(*({"text": f"{number} {TEXT}"} for number in range(2_000)))
    plain = read(tmp_path, data)
    assert len(plain) == 2_000 and not bad(plain)
    for packer in ("gzip", "bzip2", "xz"):
        packed = PACKERS[packer](data)
        assert good(read(tmp_path, packed)) == good(plain)
        entries = read(tmp_path, packed[:-9])
        assert bad(entries) == {"in": "truncated-input"}
        assert set(good(entries).items()) <= set(good(plain).items())


def test_what_is_no_line_of_it_is_named(tmp_path: Path) -> None:
    data = (
        b"\xef\xbb\xbf"
        + lines(*([{"text": "a"}] * 20))
        + b"\r\n \n"
        + lines([1], "x", None)
        + b'{"text": "b"\n{"text": "\xff"}\n'
        + b"{" * 5_000
        + b'\n{"text": "c"}\r\n{"n": '
        + b"9" * 5_000
        + b'}\n{"text": "d", "n": NaN, "m": -Infinity}'
    )
    entries = read(tmp_path, data)
    found = good(entries)
    assert list(found.values()) == [*"a" * 20, "c", "d"]
    assert list(found)[-2:] == ["in/00000029", "in/00000031"]
    wrong = (23, 24, 25, 26, 27, 28, 30)
    assert bad(entries) == dict.fromkeys((f"in:{number}" for number in wrong), "bad-line")
    assert entries[-1].carried == {"n": None, "m": None}


def test_one_whose_first_line_is_bad(tmp_path: Path) -> None:
    entries = read(tmp_path, b"oops\n" + lines({"text": "a"}, {"text": "b"}))
    assert list(good(entries).values()) == ["a", "b"] and bad(entries) == {"in:1": "bad-line"}


def test_one_that_is_cut_off(tmp_path: Path) -> None:
    entries = read(tmp_path, lines({"text": "a"}, {"text": "b"})[:-6])
    assert list(good(entries).values()) == ["a"] and bad(entries) == {"in:2": "bad-line"}


def test_long_lines(tmp_path: Path) -> None:
    long = {"text": "x" * 200_000}
    data = lines(long, {"text": "a"}, long)
    assert [len(str(text)) for text in good(read(tmp_path, data)).values()] == [200_000, 1, 200_000]
    entries = read(tmp_path, data, ReadOptions(max_bytes=100_000))
    assert bad(entries) == dict.fromkeys(("in:1", "in:3"), "input-too-large")
    assert list(good(entries).values()) == ["a"]


def test_which_key_holds_the_text(tmp_path: Path) -> None:
    record = dict.fromkeys(TEXT_KEYS, "") | {key: key for key in TEXT_KEYS}
    for number, key in enumerate(TEXT_KEYS):
        rest = {k: v for k, v in reversed(record.items()) if k not in TEXT_KEYS[:number]}
        (entry,) = read(tmp_path, lines(rest))
        assert entry.data == key and key not in entry.carried
        assert list(entry.carried) == [k for k in rest if k != key]
    (entry,) = read(tmp_path, lines({"text": None, "content": 7, "html": PAGE}))
    assert entry.data == PAGE and entry.carried == {"text": None, "content": 7}
    (entry,) = read(tmp_path, lines(record), ReadOptions(text_key="body"))
    assert entry.data == "body"
    entries = read(tmp_path, lines({"tetx": "a", "id": 7}))
    assert bad(entries) == {"in:1": "no-text"} and entries[0].name == "in/7"
    assert "'tetx', 'id'" in said(entries)
    entries = read(tmp_path, lines({"text": "a"}), ReadOptions(text_key="body"))
    assert bad(entries) == {"in:1": "no-text"}
    many = {str(number): number for number in range(50)}
    assert "and 38 more" in said(read(tmp_path, lines(many)))
    assert "none" in said(read(tmp_path, lines({})))


@pytest.mark.parametrize(
    ("record", "key", "name"),
    [
        ({"id": "a", "url": "b"}, None, "a"),
        ({"id": None, "url": "b"}, None, "b"),
        ({"id": "", "url": "b"}, None, "b"),
        ({"id": 17}, None, "17"),
        ({"id": True}, None, "00000001"),
        ({"id": ["a"]}, None, "00000001"),
        ({"id": "a", "doc": "c"}, "doc", "c"),
        ({"id": "a"}, "doc", "00000001"),
    ],
)
def test_which_key_holds_the_id(
    tmp_path: Path, record: dict[str, object], key: str | None, name: str
) -> None:
    (entry,) = read(tmp_path, lines({"text": "x", **record}), ReadOptions(id_key=key))
    assert entry.name == f"in/{name}" and entry.carried == record


def test_ids_never_lead_elsewhere(tmp_path: Path) -> None:
    ids = ["../../etc/passwd", "/etc/passwd", "a\0b", "C:\\x", "..", "\ud800", "x" * 5_000, "a/b"]
    entries = read(tmp_path, lines(*({"text": "x", "id": one} for one in ids)))
    names = [entry.name for entry in entries]
    assert len(set(names)) == len(ids) and not bad(entries)
    assert all(name.count("/") == 1 and len(name) < 100 and ".." not in name for name in names)


def test_it_is_told_by_its_content(tmp_path: Path) -> None:
    assert good(read(tmp_path, b'{"text": "a"}', name="a.txt")) == {"a.txt/00000001": "a"}
    assert bad(read(tmp_path, gzip.compress(b'[{"text": "a"}]'))) == {"in": "not-json-lines"}
    assert good(read(tmp_path, TEXT.encode(), name="a.jsonl")) == {"a.jsonl": TEXT.encode()}


def test_what_is_carried_can_be_written(tmp_path: Path) -> None:
    data = b'{"text": "\\ud800", "url": "x\\udfff", "n": [1e999, {"\\ud800": "\\ud83d\\ude00"}]}'
    (entry,) = read(tmp_path, data)
    assert entry.data == "\ud800" and entry.url == "x\ufffd"
    assert entry.carried == {"url": "x\ufffd", "n": [None, {"\ufffd": "\U0001f600"}]}
    deep = b'{"text": "a", "n": ' + b"[" * 5_000 + b"]" * 5_000 + b"}\n"
    entries = read(tmp_path, deep + lines({"text": "b"}))
    assert bad(entries) == {"in:1": "bad-line"} and list(good(entries).values()) == ["b"]


@pytest.mark.parametrize("start", [b"{", b"[", b"{\n", b'{"', b"{{\n", b'{"a":1}\n'])
def test_telling_it_takes_no_time(tmp_path: Path, start: bytes) -> None:
    # Quadratic in the size of what is looked at, this would take minutes.
    for filler in (b"\n", b" ", b"{", b"\\", b"[", b"\r\n", b'"'):
        assert read(tmp_path, start + filler * 70_000)
