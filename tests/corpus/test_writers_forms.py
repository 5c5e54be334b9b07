"""Each form of a part holds all of its lines, and the same lines always give the same bytes."""

from __future__ import annotations

import gzip
import io
import json
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean, text_layer
from cleaner.article import Article
from cleaner.corpus.writers import parquet
from cleaner.corpus.writers.dolma import Dolma, dolma_line
from cleaner.corpus.writers.form import Form, JsonLines
from cleaner.corpus.writers.parquet import Parquet
from cleaner.output import encode
from cleaner.schema import schema
from tests.corpus.writing import articles, made, run, written
from tests.test_schema import KEYS, OPTIONAL

FORMS: dict[str, Form] = {
    "plain": JsonLines("none"),
    "gzip": JsonLines("gzip"),
    "zstd": JsonLines("zstd"),
    "parquet": Parquet(),
    "dolma": Dolma(),
}


def line(form: Form, article: Article) -> bytes:
    return dolma_line(article, "a\nb\nc", None) if isinstance(form, Dolma) else encode(article)


def packed(form: Form, lines: list[bytes]) -> list[bytes]:
    """The files of a part."""
    made = [io.BytesIO() for _ in range(2 if isinstance(form, Dolma) else 1)]
    form.write(io.BytesIO(b"".join(lines)), made)
    return [file.getvalue() for file in made]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@given(found=st.lists(articles(), max_size=4))
def test_what_is_written_is_read_again(
    form: Form, found: list[Article], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("part")
    lines = [line(form, article) for article in found]
    paths = []
    for number, data in enumerate(packed(form, lines)):
        paths.append(folder / str(number))
        paths[-1].write_bytes(data)
    assert list(form.read(paths)) == lines
    if not isinstance(form, Dolma):
        assert [Article.from_json(read) for read in form.read(paths)] == found


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_same_lines_give_the_same_bytes(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line(form, made(f"Rain {n}\nIt rained.\nShare", f"{n}")) for n in range(50)]
    first = packed(form, lines)
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    assert packed(form, lines) == first


def test_gzip_says_neither_time_nor_name() -> None:
    (data,) = packed(FORMS["gzip"], [b"{}\n"])
    assert data[3] == 0 and data[4:8] == bytes(4)


def test_columns_are_the_keys_of_the_contract() -> None:
    columns = parquet.parquet_schema()
    assert tuple(columns.names) == KEYS + OPTIONAL
    whole = schema()
    for name, definition in (("blocks", "block"), ("fields", "field"), ("removed", "removal")):
        inside = [f.name for f in columns.field(name).type.value_type]
        assert inside == list(whole["$defs"][definition]["properties"])
    # A key that is not among the columns would be lost without a word.
    known = set(whole["properties"]["provenance"]["properties"])
    assert known <= {f.name for f in columns.field("provenance").type}


def test_rows_hold_what_records_hold(tmp_path: Path) -> None:
    article = made("Rain\nIt rained.\nShare")
    other = Article.from_dict({**article.to_dict(), "carried": {"n": [1, None]}, "title": None})
    (data,) = packed(FORMS["parquet"], [encode(article), encode(other)])
    rows = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    for row, record in zip(rows, (article.to_dict(), other.to_dict()), strict=True):
        carried = record.pop("carried", None)
        row["provenance"].pop("templates")
        assert row.pop("carried") == (json.dumps(carried) if carried else None)
        assert row == record


@pytest.mark.parametrize("limit", ["GROUP_ROWS", "GROUP_BYTES"])
def test_few_rows_are_held_at_once(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [encode(made(f"Rain {n}\nIt rained.\nShare")) for n in range(7)]
    monkeypatch.setattr(parquet, limit, 2 if limit == "GROUP_ROWS" else 2 * len(lines[0]))
    (data,) = packed(FORMS["parquet"], lines)
    found = pyarrow.parquet.ParquetFile(io.BytesIO(data)).metadata
    assert [found.row_group(n).num_rows for n in range(found.num_row_groups)] == [2, 2, 2, 1]


def test_an_empty_run_has_an_output_all_the_same(tmp_path: Path) -> None:
    run(tmp_path / "parquet", "parquet", [], rotate=None)
    (file,) = written(tmp_path / "parquet").values()
    assert pyarrow.parquet.read_table(io.BytesIO(file)).num_rows == 0
    run(tmp_path / "gzip", "gzip", [])
    assert {n: gzip.decompress(d) for n, d in written(tmp_path / "gzip").items()} == {
        "all-00000.jsonl.gz": b""
    }


PAGE = (
    "<!DOCTYPE html><html><head><title>Trams | Gazette</title></head><body><nav><a href=/>Home</a>"
    "</nav><h1>Trams — at last 🚋</h1><p>The first tram in forty years rolled along the quay on "
    "Monday, and half the town came to see it.</p><p>Subscribe to our newsletter</p></body></html>"
)
TEXT = (
    "Der Sommer war trocken 🌞\n\nBy Ann Lee | 5 May 2024\n\nEs hat wochenlang nicht geregnet, und "
    "die Brunnen des Dorfes — alle — fielen trocken.\n\nShare this article:\n\n"
    "Über die Autorin: Ann Lee schreibt seit vielen Jahren über das Wetter."
)


@pytest.mark.parametrize("data", [PAGE, TEXT])
def test_a_document_without_its_spans_is_the_body(data: str) -> None:
    article = clean(data)
    layer = text_layer(data)
    document, attributes = map(json.loads, dolma_line(article, layer, None).split(b"\t"))
    assert document["text"] == layer and document["id"] == attributes["id"] == article.id
    assert document["source"] == attributes["source"]
    spans = sorted(
        (start, end) for found in attributes["attributes"].values() for start, end, _ in found
    )
    assert len(spans) >= len(article.removed) > 0
    left = layer
    for start, end in reversed(spans):
        left = left[:start] + left[end:]
    assert "".join(left.split()) == "".join(article.body.split())


def test_documents_are_as_the_format_wants_them() -> None:
    article = clean(TEXT, path="a.txt")
    record = article.to_dict()
    document, attributes = map(
        json.loads, dolma_line(article, TEXT, "2024-05-06T07:08:09Z").split(b"\t")
    )
    assert list(document) == ["id", "text", "source", "added", "created", "metadata"]
    assert all(isinstance(document[k], str) and document[k] for k in list(document)[:-1])
    assert document["created"] == "2024-05-05T00:00:00.000Z"
    assert document["metadata"]["path"] == "a.txt"
    assert document["metadata"]["authors"] == record["authors"]
    found: dict[str, Any] = attributes["attributes"]
    # The toolkit parts names at "__", and looks them up with JSONPath.
    assert all(name.count("__") == 2 and name.replace("_", "a").isalpha() for name in found)
    removed = {f"cleaner__removed__{r.kind.replace('-', '_')}" for r in article.removed}
    assert removed <= found.keys() and "cleaner__fields__title" in found
    for gone in article.removed:
        name = f"cleaner__removed__{gone.kind.replace('-', '_')}"
        assert [gone.start, gone.end, gone.confidence] in found[name]
    plain, bare = map(json.loads, dolma_line(made("a\nb\nc"), "a\nb\nc", None).split(b"\t"))
    assert "added" not in plain and "created" not in plain
    assert bare["attributes"] == {
        "cleaner__fields__title": [[0, 1, 1.0]],
        "cleaner__removed__author_bio": [[4, 5, 0.75]],
    }
