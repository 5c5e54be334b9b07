"""The adapter for datatrove, with the real one: run by its executors, broken off, gone on with."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datatrove")
pytest.importorskip("fastwarc")

from datatrove.data import Document, Media
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from cleaner import Pipeline, UsageError, clean
from cleaner.adapters._fields import identity
from cleaner.adapters.datatrove import ArticleCleaner, ArticleReader
from tests.adapters.conftest import BODY, CUT, FOUND, TEXT, cut_out
from tests.adapters.conftest import config as config
from tests.engines.conftest import Shards
from tests.engines.host import Host
from tests.engines.on_datatrove import TASKS

SCRIPT = "tests.engines.on_datatrove"
PAGE = f"<!DOCTYPE html><html><body><h1>Trams</h1><p>{BODY}</p></body></html>"


def cleaned(step: ArticleCleaner, *docs: Document) -> list[Document]:
    return list(step.run(iter(docs)))


def totals(step: ArticleCleaner) -> dict[str, int]:
    stats = {name: stat.total for name, stat in step.stats.stats.items()}
    stats.pop("doc_len", None)
    return stats


def test_examples(host: Host) -> None:
    done = host.run("tests.engines.examples", "datatrove", timeout=300)
    assert done.returncode == 0, done.stderr[-4000:]


def test_document() -> None:
    step = ArticleCleaner()
    (doc,) = cleaned(step, Document(TEXT, "7", metadata={"page": 3, "title": "theirs"}))
    assert (doc.text, doc.id) == (BODY, "7")
    assert cut_out(doc.metadata.pop("cleaner_removed")) == CUT
    assert "\n\n".join(cut_out(doc.metadata.pop("cleaner_blocks"))) == BODY
    assert doc.metadata == {**FOUND, "page": 3, "title": "theirs"}
    assert totals(step) == {"total": 1, "forwarded": 1, "articles": 1}


def test_what_is_told_and_how() -> None:
    step = ArticleCleaner(overwrite=True, offsets=False, record=True, prefix="a_", flat=True)
    (doc,) = cleaned(step, Document(TEXT, "7", metadata={"a_title": "theirs", "title": "theirs"}))
    assert doc.metadata.pop("cleaner_record") == clean(TEXT, path="7").to_json()
    found = {f"a_{name}": value for name, value in FOUND.items()}
    assert doc.metadata == {**found, "a_authors": "Ann Lee", "title": "theirs"}


def test_again() -> None:
    (once,) = cleaned(ArticleCleaner(record=True), Document(TEXT, "7"))
    (again,) = cleaned(ArticleCleaner(offsets=False), once)
    assert (again.text, again.metadata) == (BODY, FOUND)


def test_where_the_article_is() -> None:
    media = [Media("a", 3, "", media_bytes=PAGE.encode("utf-16"))]
    step = ArticleCleaner("media", offsets=False)
    docs = cleaned(step, Document("", "1", media), Document(TEXT, "2"))
    assert [doc.text for doc in docs] == [clean(PAGE).body, BODY]
    (doc,) = cleaned(ArticleCleaner("html"), Document("a", "1", metadata={"html": PAGE}))
    assert doc.text == clean(PAGE).body and doc.metadata["html"] == PAGE


def test_the_encoding_that_a_server_states() -> None:
    page = PAGE.replace("Work", "\u0416\u0430\u0440\u0430").encode("cp1251")
    media = [Media("a", 3, "", media_bytes=page)]
    step = ArticleCleaner("media")
    for stated, there in (("windows-1251", True), ("windows-1252", False), (None, None)):
        (doc,) = cleaned(step, Document("", "1", media, {"stated_encoding": stated}))
        assert there is None or ("\u0416\u0430\u0440\u0430" in doc.text) is there


def test_no_article() -> None:
    step = ArticleCleaner()
    given = [Document(" \n", "1"), Document("\ud800", "2"), Document(3, "3"), Document(TEXT, "4")]
    docs = cleaned(step, *given)
    assert [doc.metadata.get("cleaner_error") for doc in docs] == [
        "empty-input",
        None,
        "no-text",
        None,
    ]
    assert [docs[0].text, docs[2].text] == [" \n", ""]
    told = {"articles": 2, "error_empty-input": 1, "error_no-text": 1}
    assert totals(step) == {"total": 4, "forwarded": 4, **told}


def test_no_article_dropped(tmp_path: Path) -> None:
    writer = JsonlWriter(str(tmp_path), "${rank}.jsonl", compression=None)
    step = ArticleCleaner(drop=True, exclusion_writer=writer)
    docs = cleaned(step, Document(" \n", "1", metadata={"page": 3}), Document(TEXT, "2"))
    assert [doc.id for doc in docs] == ["2"]
    told = {"articles": 1, "dropped": 1, "dropped_empty-input": 1}
    assert totals(step) == {"total": 2, "forwarded": 1, **told}
    written = json.loads((tmp_path / "00000.jsonl").read_text())
    reason = {"filter_reason": "empty-input", "cleaner_error": "empty-input"}
    assert written == {"text": " \n", "id": "1", "metadata": {"page": 3, **reason}}


def test_wrong_use(tmp_path: Path, config: str) -> None:
    with pytest.raises(UsageError, match="drop=True"):
        ArticleCleaner(exclusion_writer=JsonlWriter(str(tmp_path)))
    with pytest.raises(UsageError):
        ArticleCleaner(pipeline=Pipeline(), config=config)


def test_what_cleans(config: str) -> None:
    (doc,) = cleaned(ArticleCleaner(config=config), Document(TEXT, "1"))
    assert "Share this article:" in doc.text
    quiet = ArticleCleaner(pipeline=Pipeline().without("identify"))
    assert "language" not in cleaned(quiet, Document(TEXT, "1"))[0].metadata


def test_after_another_reader(tmp_path: Path) -> None:
    rows = [{"text": TEXT, "id": "a", "url": "https://example.org/a"}, {"text": PAGE, "id": "b"}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    docs = list(ArticleCleaner().run(JsonlReader(str(tmp_path)).run()))
    assert [(doc.id, doc.text) for doc in docs] == [("a", BODY), ("b", clean(PAGE).body)]
    assert docs[0].metadata["url"] == "https://example.org/a"


def test_reader(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(
        json.dumps({"text": TEXT, "id": "a", "page": 3, "cleaner_error": "theirs"}) + "\nnone\n"
    )
    (tmp_path / "page.html").write_text(PAGE)
    docs = list(ArticleReader(str(tmp_path)).run())
    assert [doc.id for doc in docs] == ["in.jsonl/a", "in.jsonl/00000002", "page.html"]
    carried = {"id": "a", "page": 3, "origin": f"{tmp_path}/in.jsonl:1"}
    assert (docs[0].text, docs[0].media, docs[0].metadata) == (TEXT, [], carried)
    assert (docs[1].text, docs[1].metadata["cleaner_error"]) == ("", "bad-line")
    assert "JSON" in docs[1].metadata["cleaner_message"]
    assert [medium.media_bytes for medium in docs[2].media] == [PAGE.encode()]
    each = [[doc.id for doc in ArticleReader([str(tmp_path)]).run(None, n, 3)] for n in range(3)]
    assert each == [["in.jsonl/a", "in.jsonl/00000002"], ["page.html"], []]
    before = Document("a", "first")
    assert next(ArticleReader(str(tmp_path)).run(iter([before]))) is before
    step = ArticleCleaner("media")
    assert [doc.metadata.get("cleaner_error") for doc in cleaned(step, *docs)] == [
        None,
        "bad-line",
        None,
    ]
    assert "JSON" in docs[1].metadata["cleaner_message"]


def documents(out: Path) -> list[dict[str, Any]]:
    files = sorted((out / "articles").iterdir())
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def check(out: Path, shards: Shards) -> None:
    """The documents are those of the local run, and the statistics count them."""
    found = documents(out)
    good = [d["metadata"] for d in found if "cleaner_record" in d["metadata"]]
    bad = [d for d in found if "cleaner_error" in d["metadata"]]
    assert len(good) + len(bad) == len(found)
    problems = [(d["id"], d["metadata"]["cleaner_error"]) for d in bad]
    shards.check([metadata["cleaner_record"] for metadata in good], problems)
    bodies = {d["id"]: d["text"] for d in found if "text" in d}
    for record in map(json.loads, shards.records):
        assert bodies[record["path"]] == record["body"]
    assert counted(out, "articles") == len(shards.records)
    assert counted(out, "error_empty-input") == len(shards.problems) - 1
    assert counted(out, "error_truncated-input") == 1


def counted(out: Path, name: str) -> int:
    """What the statistics of all tasks say that there was of something at the cleaner."""
    each = [json.loads(file.read_text()) for file in sorted((out / "log/stats").iterdir())]
    assert len(each) == TASKS
    own = [step for steps in each for step in steps if step["name"].endswith("cleaner")]
    numbers = [step["stats"].get(name, 0) for step in own]
    return sum(n["total"] if isinstance(n, dict) else n for n in numbers)


def test_a_task_is_killed_midway(shards: Shards, host: Host, tmp_path: Path) -> None:
    first = host.run(SCRIPT, "local", shards.folder, tmp_path, timeout=300)
    assert first.returncode == -signal.SIGKILL, first.stderr[-4000:]
    completions = tmp_path / "log/completions"
    done = {int(file.name) for file in completions.iterdir()}
    assert done and TASKS - 1 not in done
    kept = {rank: (tmp_path / f"articles/{rank:05}.jsonl").stat() for rank in done}

    second = host.run(SCRIPT, "local", shards.folder, tmp_path, timeout=300)
    assert second.returncode == 0, second.stderr[-4000:]
    assert len(list(completions.iterdir())) == TASKS
    for rank, stat in kept.items():
        assert (tmp_path / f"articles/{rank:05}.jsonl").stat().st_mtime_ns == stat.st_mtime_ns
    check(tmp_path, shards)
    # What cleans is told in words.
    _, step, *_ = json.loads((tmp_path / "log/executor.json").read_text())["pipeline"]
    assert step["cleans"] == identity(Pipeline())


def test_on_ray(shards: Shards, host: Host, tmp_path: Path) -> None:
    pytest.importorskip("ray")
    done = host.run(SCRIPT, "ray", shards.folder, tmp_path, timeout=300)
    assert done.returncode == 0, done.stderr[-4000:]
    check(tmp_path, shards)
