"""What the adapters share; needs none of their libraries."""

from __future__ import annotations

import json
import pickle
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from cleaner import Article, ConfigError, EmptyInput, Pipeline, UsageError, clean
from cleaner.adapters._engines import Sent
from cleaner.adapters._fields import Metadata, Table, chosen, cleaned, identity
from cleaner.pipeline import default_pipeline
from tests.adapters.conftest import BODY, CUT, FOUND, TEXT, cut_out
from tests.adapters.examples import EXAMPLES, PAGE

HOSTS = {
    "langchain": "langchain_core",
    "llamaindex": "llama_index",
    "haystack": "haystack",
    "datasets": "datasets",
    "scrapy": "scrapy",
    "datatrove": "datatrove",
    "ray": "ray",
}
ARTICLE = clean(TEXT)
EMPTY = EmptyInput("nothing there")


def without(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a library one that is not installed."""
    for name in [library, *sys.modules]:
        if name.split(".")[0] == library:
            monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.parametrize("adapter", HOSTS)
def test_a_missing_library_names_the_extra(adapter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without(HOSTS[adapter], monkeypatch)
    monkeypatch.delitem(sys.modules, f"cleaner.adapters.{adapter}", raising=False)
    with pytest.raises(ModuleNotFoundError, match=HOSTS[adapter]) as caught:
        import_module(f"cleaner.adapters.{adapter}")
    assert str(caught.value).endswith(f"; pip install 'article-cleaner[{adapter}]'")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_frame_library_names_the_extra(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(library, monkeypatch)
    frames = import_module("cleaner.adapters.frames")
    with pytest.raises(ModuleNotFoundError, match=rf"article-cleaner\[{library}\]"):
        getattr(frames, f"clean_{library}")({}, "text")


def test_what_is_sent_is_made_once() -> None:
    own = pickle.dumps(Sent(Pipeline().without("identify")))
    first, second = pickle.loads(own), pickle.loads(own)
    assert first.pipeline is second.pipeline
    assert "identify" not in [stage.name for stage in first.pipeline.stages]
    builtin = pickle.dumps(Sent(default_pipeline()))
    assert len(builtin) < 1_000
    assert pickle.loads(builtin).pipeline is default_pipeline()


def test_every_adapter_has_its_example() -> None:
    assert EXAMPLES.keys() == {*HOSTS, "pandas", "polars"}
    assert PAGE.count("```python") == len(EXAMPLES)


def test_fields_that_are_known() -> None:
    said = Metadata().of(ARTICLE)
    removed, blocks = said.pop("cleaner_removed"), said.pop("cleaner_blocks")
    assert said == FOUND
    assert cut_out(removed) == CUT
    assert removed[0] == {
        "kind": "share",
        "rule": "share.prompt",
        "start": TEXT.index("Share"),
        "end": TEXT.index("Share") + len("Share this article:"),
        "confidence": ARTICLE.removed[0].confidence,
    }
    assert "\n\n".join(cut_out(blocks)) == BODY
    assert blocks[0].keys() == {"kind", "start", "end"}


def test_an_error_is_a_name() -> None:
    assert Metadata().of(EMPTY) == {"cleaner_error": "empty-input"}


def test_offsets_left_out() -> None:
    assert Metadata(offsets=False).of(ARTICLE) == FOUND


def test_prefix_is_for_fields_only() -> None:
    said = Metadata(prefix="news_").of(ARTICLE)
    assert said["news_title"] == FOUND["title"]
    assert "title" not in said and "cleaner_removed" in said


def test_flat_values_are_texts() -> None:
    said = Metadata(flat=True).of(ARTICLE)
    assert all(isinstance(value, str) for value in said.values())
    assert said["authors"] == "Ann Lee"
    assert cut_out(json.loads(said["cleaner_removed"])) == CUT
    clean_already = clean("It did not rain for weeks, and the river was low.")
    assert Metadata(flat=True).of(clean_already)["cleaner_removed"] == "[]"


@pytest.mark.parametrize("nothing", [None, "", [], ()])
def test_known_values_stay(nothing: object) -> None:
    known = {"title": "theirs", "source": nothing, "page": 3}
    merged = Metadata().merged(known, ARTICLE)
    assert (merged["title"], merged["source"], merged["page"]) == ("theirs", "Harbour Gazette", 3)
    assert Metadata(overwrite=True).merged(known, ARTICLE)["title"] == FOUND["title"]
    assert known == {"title": "theirs", "source": nothing, "page": 3}


def test_false_and_zero_are_values() -> None:
    known = {"title": 0, "source": False}
    merged = Metadata().merged(known, ARTICLE)
    assert (merged["title"], merged["source"]) == (0, False)


def test_what_an_earlier_cleaning_said_is_gone() -> None:
    again = Metadata(offsets=False).merged({"cleaner_error": "empty-input", "a": 1}, ARTICLE)
    assert again == {"a": 1, **FOUND}
    assert Metadata().merged({"cleaner_removed": [1]}, EMPTY) == {"cleaner_error": "empty-input"}


def test_texts_bytes_and_nothing(tmp_path: Path) -> None:
    text, same, empty = cleaned([TEXT, TEXT.encode(), None], Pipeline())
    assert isinstance(text, Article) and isinstance(same, Article)
    assert text.body == same.body == BODY
    assert not isinstance(empty, Article) and empty.name == "empty-input"
    # A path would have a file read that somebody named in a document.
    with pytest.raises(UsageError, match=r"not \w+Path"):
        list(cleaned([tmp_path], Pipeline()))  # type: ignore[list-item] # on purpose: no text


def test_pipeline_or_configuration(config: str) -> None:
    quiet = Pipeline().without("identify")
    assert chosen(quiet, None) is quiet
    assert chosen(None, None)(TEXT) == ARTICLE
    assert chosen(None, config).rules.disabled == {"share.prompt"}
    with pytest.raises(UsageError, match="either"):
        chosen(quiet, config)
    with pytest.raises(ConfigError):
        chosen(None, config + ".missing")


def test_identity_tells_pipelines_apart(config: str) -> None:
    first = Pipeline()
    others = [first.with_dial("gentle"), first.without("judge"), chosen(None, config)]
    assert len({identity(p) for p in (first, *others)}) == 4
    assert identity(first) == identity(Pipeline())


def columns(known: list[str], **how: Any) -> dict[str, str]:
    into = how.pop("into", "body")
    table = Table(column="text", into=into, metadata=Metadata(**how))
    return {str(k): v for k, v in table.added(known).items()}


def test_columns_that_are_added() -> None:
    assert columns(["text"]) == {
        "body": "text",
        "title": "text",
        "source": "text",
        "url": "text",
        "authors": "texts",
        "published": "text",
        "language": "text",
        "tags": "texts",
        "cleaner_removed": "removed",
        "cleaner_blocks": "blocks",
        "cleaner_error": "text",
    }
    assert "cleaner_removed" not in columns(["text"], offsets=False)
    assert "title" not in columns(["text", "title"])
    assert "title" in columns(["text", "title"], overwrite=True)
    assert "a_title" in columns(["text", "title"], prefix="a_")


def test_bodies_take_no_other_column() -> None:
    with pytest.raises(UsageError, match="'body'"):
        columns(["text", "body"])
    assert "body" in columns(["text", "body"], overwrite=True)
    assert "text" in columns(["text", "body"], into="text")


def test_values_of_columns() -> None:
    table = Table(column="text", into="body", metadata=Metadata())
    values = table.values(["text"], [TEXT, " \n", None, b"\x00\x01\x02\x03" * 99], Pipeline())
    assert values["body"] == [BODY, " \n", None, None]
    assert values["authors"] == [["Ann Lee"], None, None, None]
    assert values["tags"] == [[], None, None, None]
    assert values["url"] == [None] * 4
    assert values["cleaner_error"] == [None, "empty-input", "empty-input", "binary-input"]
    assert values["cleaner_blocks"][1:] == [None] * 3
