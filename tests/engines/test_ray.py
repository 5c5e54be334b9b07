"""The adapter for Ray Data, with the real one: on a cluster of two nodes, one of them killed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ray")
pytest.importorskip("fastwarc")

import pyarrow
import ray.cloudpickle
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Pipeline, UsageError, clean
from cleaner.adapters._tables import tables
from cleaner.adapters.ray import ArticleCleaner
from cleaner.corpus.readers import ReadOptions, find_inputs
from tests.adapters.conftest import BODY, CUT, FOUND, TEXT, cut_out
from tests.adapters.conftest import config as config
from tests.engines.conftest import Shards
from tests.engines.host import Host

NOTHING: dict[str, None] = dict.fromkeys(["title", "authors", "tags", "cleaner_blocks"])


def test_examples(host: Host) -> None:
    done = host.run("tests.engines.examples", "ray", timeout=300)
    assert done.returncode == 0, done.stderr[-4000:]


def test_columns() -> None:
    batch = pyarrow.table({"text": [TEXT], "id": [7], "title": ["theirs"]})
    made = ArticleCleaner()(batch)
    (row,) = made.to_pylist()
    assert made.column_names[:3] == ["text", "id", "title"]
    assert (row["text"], row["id"], row["title"], row["body"]) == (TEXT, 7, "theirs", BODY)
    assert {name: row[name] for name in FOUND} == {**FOUND, "title": "theirs"}
    assert cut_out(row["cleaner_removed"]) == CUT
    assert "\n\n".join(cut_out(row["cleaner_blocks"])) == BODY
    assert row["cleaner_error"] is None and row["tags"] == []
    replaced = ArticleCleaner(into="text", overwrite=True, prefix="")(batch)
    (row,) = replaced.to_pylist()
    assert replaced.column_names[:3] == ["text", "id", "title"]
    assert (row["text"], row["title"]) == (BODY, FOUND["title"])


def test_no_article() -> None:
    batch = pyarrow.table({"text": [" \n", None, TEXT]})
    rows = ArticleCleaner()(batch).to_pylist()
    assert [row["cleaner_error"] for row in rows] == ["empty-input", "empty-input", None]
    assert [row["body"] for row in rows] == [" \n", None, BODY]
    assert rows[0].items() >= NOTHING.items() and rows[1].items() >= NOTHING.items()


@pytest.mark.parametrize(
    "columns", [{"text": [1, 2]}, {"page": [TEXT, TEXT]}, {"text": [{"a": 1}, None]}]
)
def test_no_texts_at_all(columns: dict[str, list[Any]]) -> None:
    rows = ArticleCleaner()(pyarrow.table(columns)).to_pylist()
    assert [row["cleaner_error"] for row in rows] == ["no-text"] * 2
    assert all(row.items() >= {**NOTHING, "body": None}.items() for row in rows)


def test_several_columns() -> None:
    batch = pyarrow.table(
        {
            "text": [None, TEXT, None],
            "data": pyarrow.array([TEXT.encode("utf-16"), b"none", None], pyarrow.binary()),
        }
    )
    rows = ArticleCleaner(("text", "data"))(batch).to_pylist()
    assert [row["body"] for row in rows] == [BODY, BODY, None]
    assert [row["cleaner_error"] for row in rows] == [None, None, "empty-input"]


@pytest.mark.parametrize(
    "array",
    [
        pyarrow.array([TEXT]).dictionary_encode(),
        pyarrow.array([TEXT], pyarrow.large_string()),
        pyarrow.array([TEXT.encode()], pyarrow.large_binary()),
        pyarrow.array([TEXT], pyarrow.string_view()),
        pyarrow.array([TEXT.encode()], pyarrow.binary(len(TEXT.encode()))),
    ],
)
def test_texts_of_all_types(array: pyarrow.Array) -> None:
    (row,) = ArticleCleaner()(pyarrow.table({"text": array})).to_pylist()
    assert row["body"] == BODY


def test_texts_that_are_no_utf_8() -> None:
    data = [TEXT.replace("Ann", "R\xe9n\xe9").encode("latin-1"), TEXT.encode()]
    wrong = pyarrow.array(data, pyarrow.binary()).view(pyarrow.string())
    rows = ArticleCleaner()(pyarrow.table({"text": wrong})).select(["body", "authors"]).to_pylist()
    assert rows == [
        {"body": BODY, "authors": ["R\xe9n\xe9 Lee"]},
        {"body": BODY, "authors": ["Ann Lee"]},
    ]


@settings(max_examples=20)
@given(st.lists(st.none() | st.text(max_size=80).map(str.encode) | st.binary(max_size=80)))
def test_a_row_for_each_row(data: list[bytes | None]) -> None:
    array = pyarrow.array(data, pyarrow.binary())
    batch = pyarrow.table({"data": array, "id": list(range(len(data)))})
    step = ArticleCleaner("data", record=True)
    made = step(batch)
    assert made["id"].to_pylist() == list(range(len(data)))
    assert made.schema == step.schema(batch.schema)
    assert made == step(batch)
    for row in made.to_pylist():
        assert (row["cleaner_error"] is None) is (row["cleaner_record"] is not None)


def test_types_do_not_hang_on_the_rows() -> None:
    step = ArticleCleaner("text", into="text", record=True)
    schema = pyarrow.schema([("text", pyarrow.string()), ("title", pyarrow.int64())])
    for rows in ([], [{"text": None, "title": 1}], [{"text": TEXT, "title": None}]):
        made = step(pyarrow.Table.from_pylist(rows, schema=schema))
        assert made.schema == step.schema(schema)
        assert made.schema.field("title").type == pyarrow.int64()


def test_bodies_take_no_other_column() -> None:
    batch = pyarrow.table({"text": [TEXT], "body": [1]})
    with pytest.raises(UsageError, match="'body'"):
        ArticleCleaner()(batch)
    with pytest.raises(UsageError, match="'body'"):
        ArticleCleaner().schema(batch.schema)
    assert ArticleCleaner(overwrite=True)(batch)["body"].to_pylist() == [BODY]
    assert ArticleCleaner(into="clean")(batch)["clean"].to_pylist() == [BODY]


def test_what_a_record_says() -> None:
    batch = pyarrow.table({"text": [TEXT], "id": ["a/b"]})
    made = ArticleCleaner(path="id", record=True, offsets=False)(batch)
    assert made["cleaner_record"].to_pylist() == [clean(TEXT, path="a/b").to_json()]
    assert "cleaner_removed" not in made.column_names


def test_what_cleans(config: str) -> None:
    batch = pyarrow.table({"text": [TEXT]})
    step = ArticleCleaner(config=config)
    Path(config).unlink()
    for sent in (step, *(ray.cloudpickle.loads(ray.cloudpickle.dumps(step)) for _ in range(2))):
        assert "Share this article:" in sent(batch)["body"][0].as_py()
    quiet = ArticleCleaner(pipeline=Pipeline().without("identify"))
    assert quiet(batch)["language"].to_pylist() == [None]
    with pytest.raises(UsageError):
        ArticleCleaner(pipeline=Pipeline(), config=config)


def test_what_a_reader_gives(tmp_path: Path) -> None:
    rows = [{"text": "Tr\ud800ams", "id": "a", "page": 3, "url": "https://example.org/a"}]
    (tmp_path / "in.jsonl").write_text(json.dumps(rows[0]) + "\nnone\n")
    (tmp_path / "page.txt").write_text(TEXT)
    found = [
        pyarrow.concat_tables(tables(each, ReadOptions()))
        for each in find_inputs([str(tmp_path)], ReadOptions())
    ]
    first, bad, page = pyarrow.concat_tables(found).to_pylist()
    assert (first["path"], first["text"], first["data"]) == ("in.jsonl/a", "Tr\ufffdams", None)
    assert json.loads(first["carried"]) == {"page": 3, "id": "a", "url": "https://example.org/a"}
    assert first["stated_url"] == "https://example.org/a"
    assert (bad["text"], bad["data"], bad["cleaner_error"]) == (None, None, "bad-line")
    assert "JSON" in bad["cleaner_message"] and bad["origin"] == f"{tmp_path}/in.jsonl:2"
    assert (page["path"], page["text"], page["data"]) == ("page.txt", None, TEXT.encode())
    made = ArticleCleaner(("text", "data"))(pyarrow.concat_tables(found))
    assert made["cleaner_error"].to_pylist() == [None, "bad-line", None]
    assert made["body"].to_pylist()[2] == BODY


def table(folder: Path) -> list[dict[str, Any]]:
    parquet: Any = pytest.importorskip("pyarrow.parquet")
    found = sorted(folder.glob("*.parquet"))
    return [row for file in found for row in parquet.read_table(file).to_pylist()]


def test_a_node_is_killed_midway(shards: Shards, host: Host, tmp_path: Path) -> None:
    out, marks = tmp_path / "out", tmp_path / "marks"
    marks.mkdir()
    done = host.run("tests.engines.on_ray", shards.folder, out, marks, timeout=300)
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["nodes"], told["left"]) == (2, 1)
    assert told["killed"] >= 2
    # One was through on the node that was killed, the next was under way.
    assert 2 in told["batches"].values()
    rows = table(out)
    records = [row["cleaner_record"] for row in rows if row["cleaner_record"] is not None]
    problems = [(r["path"], r["cleaner_error"]) for r in rows if r["cleaner_error"] is not None]
    assert len(records) + len(problems) == len(rows)
    shards.check(records, problems)
