"""The adapter for Hugging Face datasets, with the real one."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("datasets")

from datasets import Dataset, Features, Value
from datasets.fingerprint import Hasher

from cleaner import Pipeline, UsageError
from cleaner.adapters.datasets import ArticleCleaner
from cleaner.document import Document
from tests.adapters.conftest import BODY, CUT, FOUND, TEXT, cut_out
from tests.adapters.examples import run
from tests.conftest import ROOT, environment

PLAIN = "It did not rain for weeks, and the river was so low that the ferry stopped."


def cleaned(dataset: Dataset, clean: ArticleCleaner, **how: object) -> Dataset:
    return dataset.map(clean, batched=True, features=clean.features(dataset.features), **how)


def untouched(doc: Document) -> Document:
    return doc


def test_example() -> None:
    assert run("datasets") == 4


def test_columns() -> None:
    dataset = Dataset.from_dict({"text": [TEXT], "id": [7], "title": ["theirs"]})
    (row,) = cleaned(dataset, ArticleCleaner())
    assert (row["text"], row["id"], row["body"]) == (TEXT, 7, BODY)
    assert row["title"] == "theirs"
    assert {name: row[name] for name in FOUND} == {**FOUND, "title": "theirs"}
    assert cut_out(row["cleaner_removed"]) == CUT
    assert "\n\n".join(cut_out(row["cleaner_blocks"])) == BODY
    assert row["cleaner_error"] is None


def test_no_article() -> None:
    dataset = Dataset.from_dict({"text": [" \n", None, TEXT]})
    result = cleaned(dataset, ArticleCleaner(into="text", offsets=False))
    assert result["text"][:] == [" \n", None, BODY]
    assert result["cleaner_error"][:] == ["empty-input", "empty-input", None]
    assert result["authors"][:] == [None, None, ["Ann Lee"]]


def test_bytes() -> None:
    dataset = Dataset.from_dict(
        {"page": [TEXT.encode(), b"\x00\x01\x02\x03" * 99]},
        features=Features({"page": Value("binary")}),
    )
    result = cleaned(dataset, ArticleCleaner("page"))
    assert result["body"][:] == [BODY, None]
    assert result["cleaner_error"][:] == [None, "binary-input"]


def test_types_do_not_hang_on_the_first_articles() -> None:
    dataset = Dataset.from_dict({"text": ["", PLAIN, TEXT]})
    clean = ArticleCleaner()
    result = cleaned(dataset, clean, batch_size=1)
    assert result.features == clean.features(dataset.features)
    assert result["authors"][:] == [None, [], ["Ann Lee"]]


def test_bodies_take_no_other_column() -> None:
    dataset = Dataset.from_dict({"text": [TEXT], "body": [1]})
    with pytest.raises(UsageError, match="'body'"):
        cleaned(dataset, ArticleCleaner())
    assert cleaned(dataset, ArticleCleaner(overwrite=True))["body"][:] == [BODY]


def test_stream() -> None:
    stream = Dataset.from_dict({"text": [TEXT]}).to_iterable_dataset()
    cleaned_stream = stream.map(ArticleCleaner(), batched=True)
    assert [row["body"] for row in cleaned_stream] == [BODY]


# Processes are forked, which newer versions of Python warn of where there are threads.
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("stage", [False, True])
def test_two_processes(stage: bool) -> None:
    pipeline = Pipeline().with_stage("own", untouched, before="settle") if stage else None
    dataset = Dataset.from_dict({"text": ["", PLAIN, TEXT, TEXT]})
    result = cleaned(dataset, ArticleCleaner(pipeline=pipeline), num_proc=2)
    assert result["body"][:] == ["", PLAIN, BODY, BODY]


def test_pickled(config: str) -> None:
    back = pickle.loads(pickle.dumps(ArticleCleaner(config=config)))
    assert "Share this article:" in back({"text": [TEXT]})["body"][0]


def test_fingerprint(config: str) -> None:
    clean = ArticleCleaner()
    before = Hasher.hash(clean)
    clean({"text": [TEXT]})
    assert before == Hasher.hash(clean) == Hasher.hash(ArticleCleaner())
    assert before == Hasher.hash(pickle.loads(pickle.dumps(clean)))
    configured = Hasher.hash(ArticleCleaner(config=config))
    assert configured == Hasher.hash(ArticleCleaner(config=config))
    others = [
        ArticleCleaner("page"),
        ArticleCleaner(prefix="a_"),
        ArticleCleaner(pipeline=Pipeline().with_dial("gentle")),
        ArticleCleaner(pipeline=Pipeline().with_stage("own", untouched, before="settle")),
    ]
    assert len({before, configured, *map(Hasher.hash, others)}) == 6
    Path(config).write_text('disable = ["share"]\n')
    assert configured != Hasher.hash(ArticleCleaner(config=config))


def test_fingerprint_is_the_same_in_another_process() -> None:
    code = (
        "from datasets.fingerprint import Hasher\n"
        "from cleaner.adapters.datasets import ArticleCleaner\n"
        "print(Hasher.hash(ArticleCleaner()))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        cwd=ROOT,
        env=environment({"PYTHONHASHSEED": "7"}),
    )
    assert shown.stdout.split() == [Hasher.hash(ArticleCleaner())]


def test_results_are_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Dataset.from_dict({"text": [TEXT]}).save_to_disk(tmp_path / "stored")
    dataset = Dataset.load_from_disk(tmp_path / "stored")
    first = cleaned(dataset, ArticleCleaner())
    monkeypatch.setattr(ArticleCleaner, "__call__", lambda *_: pytest.fail("not found"))
    assert cleaned(dataset, ArticleCleaner())["body"][:] == first["body"][:] == [BODY]
