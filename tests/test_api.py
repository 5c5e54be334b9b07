"""The public API: what there is, what it promises."""

from __future__ import annotations

import doctest
import importlib
import inspect
import json
import logging
import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import cleaner
from cleaner import (
    Article,
    Config,
    Document,
    EmptyInput,
    InputError,
    InternalError,
    Pipeline,
    Proposal,
    RecordError,
    UnreadableInput,
    UsageError,
    clean,
    clean_file,
    iter_clean,
    text_layer,
)
from cleaner.layer import layer_of
from tests.conftest import ROOT, Command
from tests.strategies import documents

TEXT = (
    "A dry summer\n\nBy Ann Lee\n\nIt did not rain for weeks, and the wells of the village ran dry "
    "one after the other.\n\nShare this article:\n\nThe farmers sold their cows in June."
)
PAGE = (
    "<html><head><title>A dry summer</title></head><body><nav><a href=/>Home</a></nav><article>"
    "<h1>A dry summer</h1><p>It did not rain for weeks, and the wells of the village ran dry one "
    "after the other.</p><p>The farmers sold their cows in June, and the mayor bought two.</p>"
    "</article><footer>Privacy policy</footer></body></html>"
)


def surface() -> Iterator[str]:
    """Every public name, with its signature and its members."""
    for name in sorted(cleaner.__all__):
        found = getattr(cleaner, name)
        if inspect.isclass(found):
            bases = ", ".join(b.__name__ for b in found.__bases__ if b is not object)
            yield f"class {name}({bases})"
            for member, value in sorted(_members(found)):
                yield f"    {member}{value}"
        elif callable(found):
            yield f"{name}{inspect.signature(found)}"
        else:
            yield name


def _members(cls: type) -> Iterator[tuple[str, str]]:
    if not issubclass(cls, Exception):
        # The stages are functions, whose looks differ from run to run.
        yield "__init__", str(inspect.signature(cls)).replace(repr(cleaner.STAGES), "STAGES")
    for name, value in vars(cls).items():
        if name.startswith("_") and name != "__call__":
            continue
        plain = value.__func__ if isinstance(value, (classmethod, staticmethod)) else value
        yield name, str(inspect.signature(plain)) if inspect.isroutine(plain) else ""


def test_nothing_public_changes_unannounced() -> None:
    told = (ROOT / "tests/public_api.txt").read_text("utf-8")
    assert "\n".join(surface()) + "\n" == told, (
        "the public API changed: say so in CHANGELOG.md, and write what is new to "
        "tests/public_api.txt"
    )


@given(documents())
def test_articles_survive_json(text: str) -> None:
    article = clean(text)
    again = Article.from_json(article.to_json())
    assert again == article
    assert again.to_json(indent=2) == article.to_json(indent=2)


def test_a_page_survives_json_and_pickling() -> None:
    article = clean(PAGE)
    assert article.format == "html"
    assert Article.from_dict(json.loads(article.to_json())) == article
    assert pickle.loads(pickle.dumps(article)) == article


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema_version": 2}, "schema_version is 2; this version of cleaner reads 1"),
        ({"body": None}, "body must be a text"),
        ({"title": 5}, "title must be a text or null"),
        ({"authors": "Ann Lee"}, "authors must be a list of texts"),
        ({"provenance": []}, "provenance must be an object"),
        ({"blocks": {}}, "blocks must be a list"),
        ({"removed": [{"kind": "share"}]}, r"removed\[0\] must have the keys kind, rule"),
        ({"mood": "dry"}, "mood is unknown"),
    ],
)
def test_names_what_is_wrong_with_a_record(change: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError, match=message):
        Article.from_dict({**clean(TEXT).to_dict(), **change})


def test_names_what_is_no_record() -> None:
    record = clean(TEXT).to_dict()
    del record["body"]
    with pytest.raises(RecordError, match="body is missing"):
        Article.from_dict(record)
    with pytest.raises(RecordError, match="not JSON"):
        Article.from_json("{")
    with pytest.raises(RecordError, match="a JSON object is needed, not list"):
        Article.from_json("[]")


@given(documents())
def test_kept_and_removed_are_what_the_original_holds(text: str) -> None:
    article = clean(text)
    layer = text_layer(text)
    kept = article.kept(text)
    assert all(layer[s.start : s.end] == s.text for s in kept)
    assert all(layer[r.start : r.end] == r.text for r in article.removed)
    fields = sum(f.end - f.start for f in article.fields if f.start is not None and f.end)
    sizes = [s.end - s.start for s in kept] + [r.end - r.start for r in article.removed]
    assert sum(sizes) + fields <= len(layer)


def test_views_take_the_input_or_its_text_layer() -> None:
    data = TEXT.replace("village", "Dörfchen").encode("utf-16")
    article = clean(data)
    layer = text_layer(data)
    assert article.kept(data) == article.kept(layer)
    assert article.explain(data) == article.explain(layer)
    assert "[-Share this article:-]{share.prompt}" in article.explain(data)
    assert "\x1b[" in article.explain(data, colour=True)
    page = clean(PAGE)
    assert page.kept(PAGE) == page.kept(text_layer(PAGE)) == page.kept(PAGE.encode())
    assert "wells of the village" in "".join(s.text for s in page.kept(PAGE))


@pytest.mark.parametrize("other", [TEXT[:40], TEXT.replace("Share", "Spare"), TEXT.encode()[1:]])
def test_views_refuse_another_original(other: str | bytes) -> None:
    with pytest.raises(UsageError, match="not made of this"):
        layer_of(clean(TEXT), other)


def test_a_file(tmp_path: Path) -> None:
    file = tmp_path / "summer.txt"
    file.write_text(TEXT, "latin-1")
    article = clean_file(file, encoding="latin-1")
    assert (article.path, article.title) == ("summer.txt", "A dry summer")
    assert article.body == clean_file(str(file)).body == clean(TEXT).body
    with pytest.raises(InputError, match="more than 0 MB"):
        clean_file(file, max_bytes=10)
    with pytest.raises(UnreadableInput):
        clean_file(tmp_path / "none.txt")


def test_a_stream_goes_on_after_what_cannot_be_cleaned(tmp_path: Path) -> None:
    file = tmp_path / "summer.txt"
    file.write_text(TEXT)
    given: list[str | bytes | Path] = [
        TEXT,
        b"",
        file,
        tmp_path / "none.txt",
        b"%PDF-1.7",
        TEXT.encode(),
    ]
    found = list(iter_clean(given))
    names = [r.name if isinstance(r, InputError) else r.path for r in found]
    assert names == ["", "empty-input", "summer.txt", "unreadable-input", "binary-input", ""]
    error = found[1]
    assert isinstance(error, EmptyInput) and error.__traceback__ is None
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_stream_is_cleaned_as_it_is_asked_for() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield TEXT

    stream = iter_clean(endless())
    assert next(stream) == next(stream)


def test_a_stream_refuses_an_unknown_encoding_at_once() -> None:
    with pytest.raises(UsageError, match="unknown encoding"):
        iter_clean([], encoding="utf-99")


def test_a_bug_in_a_stage_costs_one_article() -> None:
    def fails(doc: Document) -> Document:
        if "cows" in doc.text:
            raise ZeroDivisionError("no cows")
        return doc

    pipeline = Pipeline().with_stage("fails", fails, before="settle")
    bad, good = iter_clean([TEXT, TEXT.replace("cows", "sheep")], pipeline=pipeline)
    assert isinstance(bad, InternalError) and "no cows" in str(bad)
    assert isinstance(good, Article)


def stars(doc: Document) -> Document:
    """A stage of a caller's: lines of stars go."""
    return doc.propose(
        Proposal(line.start, line.end, "other.stars", 1.0, kind="other")
        for line in doc.lines
        if set(line.text) == {"*"}
    )


def test_a_stage_of_ones_own() -> None:
    pipeline = Pipeline().with_stage("stars", stars, before="settle").without("identify")
    text = TEXT.replace("Share this article:", "*****")
    assert [r.rule for r in pipeline(text).removed] == ["other.stars"]
    assert pipeline(text).language is None
    assert [s.name for s in pipeline.stages][-3:] == ["stars", "settle", "assemble"]


class Cleaning:
    """What pools are given."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline

    def __call__(self, text: str) -> str:
        return self.pipeline(text).to_json()


def test_threads_and_processes_give_the_same_bytes() -> None:
    texts = [TEXT.replace("weeks", f"{n} weeks") for n in range(12)] + [PAGE]
    cleaning = Cleaning(Pipeline().with_stage("stars", stars, before="settle"))
    alone = [cleaning(text) for text in texts]
    # Each its own pipeline, so that what is loaded when first needed is loaded by many at once.
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda t: Cleaning(Pipeline())(t), texts)) == [
            clean(t).to_json() for t in texts
        ]
        assert list(threads.map(cleaning, texts)) == alone
    with ProcessPoolExecutor(2) as processes:
        assert list(processes.map(cleaning, texts)) == alone


def test_threads_that_load_everything_at_once(cleaner: Command) -> None:
    program = (
        "from concurrent.futures import ThreadPoolExecutor as T\n"
        "import sys\n"
        "from cleaner import clean\n"
        f"texts = [{TEXT!r}] * 16 + [{PAGE!r}] * 16\n"
        "found = list(T(16).map(lambda t: clean(t).to_json(), texts))\n"
        "assert len(set(found)) == 2, found\n"
        "assert clean(texts[0]).to_json() == found[0]\n"
    )
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=ROOT, timeout=120, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_nothing_is_printed_or_logged(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    broken = "<html><body><table><p>" + "<div>" * 50 + "no end &bogus; <a href="
    with caplog.at_level(logging.DEBUG):
        for data in (TEXT, PAGE, broken, "<html><body></body></html>x", "<p>a</p>" * 3):
            list(iter_clean([data]))
    assert capfd.readouterr() == ("", "")
    assert [r for r in caplog.records if r.levelno > logging.DEBUG] == []


def test_no_configuration_is_read_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cleaner.toml").write_text('disable = ["share"]')
    monkeypatch.chdir(tmp_path)
    assert "Share this" not in clean(TEXT).body
    assert "Share this" in Config.load().pipeline()(TEXT).body


@pytest.mark.parametrize("module", ["cleaner", "cleaner.api", "cleaner.pipeline"])
def test_examples_in_docstrings(module: str) -> None:
    done = doctest.testmod(importlib.import_module(module))
    assert done.attempted and not done.failed


def test_articles_are_values() -> None:
    article = clean(TEXT)
    with pytest.raises(AttributeError):
        article.title = "Another"  # type: ignore[misc] # on purpose
    assert replace(article, title="Another").title == "Another"
