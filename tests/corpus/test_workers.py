"""What workers are told, and what they have already."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from cleaner import Config, Pipeline
from cleaner.corpus.entry import Entry
from cleaner.corpus.start import Plan, run_to
from cleaner.corpus.work import Cleaning, preload
from cleaner.corpus.writers.output import Output
from cleaner.errors import EmptyInput
from cleaner.pipeline import builtin_rules
from tests.conftest import environment
from tests.corpus.writing import Quiet

_LOADED = """\
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
from cleaner.judge.model import builtin_model
from cleaner.errors import EmptyInput
from cleaner.pipeline import builtin_rules

lazily = [type(builtin_rules().matcher)._patterns.attrname, "languages"]
made = {**vars(builtin_rules().matcher), **vars(builtin_rules())}
print(json.dumps({
    "made": [name in made for name in lazily],
    "models": builtin_model.cache_info().currsize,
    "modules": [name in sys.modules for name in ("re2", "chardet", "langdetect", "trafilatura")],
}))
"""
_RULES = """\
kind = "other"
what = "A kind for this test."
[[rule]]
id = "other.rain"
why = "It stands in a test, so that workers can be sent rules of one's own."
confidence = 0.9
[rule.en]
lines = ["it rained all day, and nobody on the quay was surprised."]
"""
_TEXT = (
    b"A late tide\n\nIt rained all day, and nobody on the quay was surprised.\n\nSubscribe now\n"
)


@pytest.mark.parametrize("pages", [False, True])
def test_what_workers_need_is_loaded_before_they_are_forked(pages: bool) -> None:
    given = [Entry("a.txt", _TEXT, "a.txt")]
    given += [Entry("b.html", b"<!DOCTYPE HTML><p>A late tide", "b.html")] * pages
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *preload(given)],
        env=environment(),
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == {
        "made": [True, True],
        "models": 1 + pages,
        "modules": [True, True, True, pages],
    }


def test_what_pages_need_is_loaded_for_pages() -> None:
    texts: list[bytes | str | None] = [_TEXT, "a <b and c>", None, b"", "\ud800"]
    pages: list[bytes | str] = [b"\n<HTML lang=en>", "<!doctype  html>", b"<body><p>A late tide"]
    for data in texts:
        assert preload([Entry("a", data, "a")]) == ["cleaner.corpus.warm_texts"], data
    for page in pages:
        assert preload([Entry("a", page, "a")]) == ["cleaner.corpus.warm_pages"], page


def test_the_built_in_rules_are_not_sent_to_workers() -> None:
    for pipeline in (Pipeline(dial="gentle"), Config(disable=("newsletter",)).pipeline()):
        own = Cleaning(pipeline, None, None)
        sent = pickle.dumps(own)
        assert len(sent) < 5_000
        found = pickle.loads(sent)
        assert found.pipeline.rules.matcher is builtin_rules().matcher
        assert found.fingerprint() == own.fingerprint()
        entry = Entry("a.txt", _TEXT, "a.txt")
        assert found.clean(entry) == own.clean(entry)


def test_sending_a_pipeline_leaves_it_as_it_is() -> None:
    pipeline = Pipeline()
    pickle.dumps(Cleaning(pipeline, None, None))
    assert pipeline.rules is builtin_rules()


def test_other_rules_are_sent_to_workers(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(_RULES)
    own = Cleaning(Pipeline().with_rules(file), "utf-8", 2, "text", ("x",))
    found = pickle.loads(pickle.dumps(own))
    assert (found.encoding, found.indent, found.format, found.carry) == ("utf-8", 2, "text", ("x",))
    assert found.fingerprint() == own.fingerprint()
    entry = Entry("a.txt", _TEXT, "a.txt")
    assert found.clean(entry) == own.clean(entry)


class SeenError(Exception):
    """Ends a run as soon as it has begun."""


@pytest.mark.parametrize(("workers", "module"), [(0, "warm_texts"), (2, "warm_pages")])
def test_a_run_looks_at_its_first_inputs(
    workers: int, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(_TEXT)
    (tmp_path / "b.html").write_text("<html><body><p>A late tide.</p></body></html>")
    seen: list[list[str]] = []

    def begun(_: object, output: Output, *__: object, preload: list[str], **___: object) -> None:
        output.close()
        seen.append(preload)
        raise SeenError

    monkeypatch.setattr("cleaner.corpus.start.Run", begun)
    plan = Plan(
        inputs=[str(tmp_path)], jsonl=str(tmp_path / "o.jsonl"), max_bytes=1 << 20, workers=workers
    )
    with pytest.raises(SeenError):
        run_to(plan, Pipeline(), Quiet())
    assert seen == [[f"cleaner.corpus.{module}"]]


def test_an_entry_that_was_read_keeps_what_it_holds() -> None:
    given = Entry("a", b"b", "c", EmptyInput("d"), {"e": 1}, "f", "g", "h", 9)
    plain = Entry("", None, "")
    values = {f.name: getattr(given, f.name) for f in fields(Entry)}
    assert all(value != getattr(plain, name) for name, value in values.items())
    found = given.read_up_to(10)
    assert {f.name: getattr(found, f.name) for f in fields(Entry)} == {**values, "passed": 10}
