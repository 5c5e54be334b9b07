"""Parquet files."""

from __future__ import annotations

import datetime
import gzip
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cleaner.corpus.readers import ReadOptions
from tests.corpus.containers import PAGE, TEXT, bad, good, read, said, tar_of

pa: Any = pytest.importorskip("pyarrow")
pq: Any = pytest.importorskip("pyarrow.parquet")


def table_of(columns: dict[str, Any], **options: Any) -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.table(columns), made, **options)
    return made.getvalue()


def test_each_row_is_an_entry(tmp_path: Path) -> None:
    data = table_of(
        {
            "url": ["https://example.org/a", "https://example.org/b", None],
            "text": [TEXT, "b", "c"],
            "n": [1, None, 3],
            "date": ["2024-05-06", None, ""],
        }
    )
    first, second, third = read(tmp_path, data, name="rows.parquet")
    assert first.name.startswith("rows.parquet/example.org-a-")
    assert (first.data, first.origin) == (TEXT, "rows.parquet#1")
    assert first.carried == {"url": "https://example.org/a", "n": 1, "date": "2024-05-06"}
    assert (first.url, first.date) == ("https://example.org/a", "2024-05-06")
    assert second.carried == {"url": "https://example.org/b", "n": None, "date": None}
    assert (third.name, third.url, third.date) == ("rows.parquet/00000003", None, None)


def test_columns_are_carried_as_json(tmp_path: Path) -> None:
    moment = datetime.datetime(2024, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)
    data = table_of(
        {
            "text": ["a"],
            "moment": [moment],
            "day": [moment.date()],
            "time": [moment.time()],
            "took": [datetime.timedelta(seconds=1.5)],
            "odd": [float("nan")],
            "price": [Decimal("1.10")],
            "raw": [b"\xff\x00"],
            "utf8": ["é".encode()],
            "list": [[1, None]],
            "struct": [{"a": [b"x"], "b": True}],
            "map": pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int64())),
            "nanos": pa.array([1_714_979_289_000_000_001], pa.timestamp("ns")),
            "deep": pa.array([[2**53]], pa.list_(pa.timestamp("ms"))),
            "far": pa.array([2**53], pa.timestamp("ms")),
        }
    )
    (entry,) = read(tmp_path, data)
    carried = dict(entry.carried)
    assert "9007199254740992" in carried.pop("far")
    assert carried == {
        "moment": "2024-05-06T07:08:09+00:00",
        "day": "2024-05-06",
        "time": "07:08:09",
        "took": 1.5,
        "odd": None,
        "price": "1.10",
        "raw": "/wA=",
        "utf8": "é",
        "list": [1, None],
        "struct": {"a": ["x"], "b": True},
        "map": [["k", 1]],
        "nanos": "2024-05-06T07:08:09.000000001",
        "deep": None,
    }
    json.dumps(entry.carried)


def test_a_text_may_be_bytes(tmp_path: Path) -> None:
    data = table_of({"html": [PAGE.encode("utf-16")], "body": [b"x"]})
    (entry,) = read(tmp_path, data)
    assert entry.data == PAGE.encode("utf-16") and entry.carried == {"body": "x"}


def test_the_same_as_json_lines(tmp_path: Path) -> None:
    records = [
        {"id": f"a{number}", "text": f"{number} {TEXT}" if number % 3 else None, "html": PAGE}
        for number in range(300)
    ]
    lines = "".join(f"{json.dumps(record)}\n" for record in records).encode()
    table = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records), table, row_group_size=70)
    from_lines, from_rows = read(tmp_path, lines), read(tmp_path, table.getvalue())
    assert [(e.name, e.data, e.carried) for e in from_lines] == [
        (e.name, e.data, e.carried) for e in from_rows
    ]
    assert [entry.origin for entry in from_rows] == [f"in#{number}" for number in range(1, 301)]


def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    data = table_of({"text": ["a", None, "x" * 50], "n": [1, 2, 3]})
    entries = read(tmp_path, data, ReadOptions(max_bytes=20))
    assert list(good(entries).values()) == ["a"]
    assert bad(entries) == {"in#2": "no-text", "in#3": "input-too-large"}
    entries = read(tmp_path, table_of({"tetx": ["a", "b"]}))
    assert bad(entries) == {"in": "no-text"} and "'tetx'" in said(entries)
    assert bad(read(tmp_path, data, ReadOptions(text_key="body"))) == {"in": "no-text"}
    for broken in (data[:-10], data[: len(data) // 2], b"PAR1", b"PAR1" + bytes(50) + b"PAR1"):
        assert bad(read(tmp_path, broken)) == {"in": "damaged-input"}
    torn = bytearray(data)
    torn[10:60] = b"\xff" * 50
    assert set(bad(read(tmp_path, bytes(torn))).values()) == {"damaged-input"}


def test_it_needs_a_file(tmp_path: Path) -> None:
    data = table_of({"text": ["a"]})
    assert bad(read(tmp_path, gzip.compress(data))) == {"in": "needs-a-file"}
    assert bad(read(tmp_path, tar_of([("a", data)]))) == {"in!a": "nested-archive"}


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, table_of({"text": ["a"]}), name="caf\udce9")
    assert entry.data == "a" and entry.origin == "caf\\xe9#1"
