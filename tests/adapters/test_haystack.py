"""The adapter for Haystack, with the real one."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("haystack")

from haystack import Document, Pipeline
from haystack.components.writers import DocumentWriter
from haystack.dataclasses import ByteStream
from haystack.document_stores.in_memory import InMemoryDocumentStore

from cleaner import ConfigError
from cleaner.adapters.haystack import ArticleCleaner
from tests.adapters.conftest import BODY, CUT, FOUND, TEXT, cut_out
from tests.adapters.examples import run


def test_example() -> None:
    assert run("haystack") == 3


def test_document() -> None:
    given = Document(content=TEXT, meta={"page": 3, "title": "theirs"}, score=0.5)
    (cleaned,) = ArticleCleaner().run([given])["documents"]
    assert (cleaned.content, cleaned.score) == (BODY, 0.5)
    meta = dict(cleaned.meta)
    assert cut_out(meta.pop("cleaner_removed")) == CUT
    assert "\n\n".join(cut_out(meta.pop("cleaner_blocks"))) == BODY
    assert meta == {**FOUND, "page": 3, "title": "theirs"}
    assert given.content == TEXT and given.meta == {"page": 3, "title": "theirs"}


def test_ids() -> None:
    given = Document(content=TEXT)
    (new,) = ArticleCleaner(offsets=False).run([given])["documents"]
    assert new.id == Document(content=BODY, meta=FOUND).id
    (old,) = ArticleCleaner(keep_id=True).run([given])["documents"]
    assert old.id == given.id


def test_no_article() -> None:
    picture = Document(blob=ByteStream(b"\x89PNG"))
    empty = Document(content=" \n", meta={"page": 3})
    same, untouched, cleaned = ArticleCleaner().run([empty, picture, Document(content=TEXT)])[
        "documents"
    ]
    assert same.content == " \n"
    assert same.meta == {"page": 3, "cleaner_error": "empty-input"}
    assert untouched is picture
    assert cleaned.content == BODY


def test_stored_pipeline(config: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Newer versions load only what they are told to trust; this is how without an argument.
    monkeypatch.setenv("HAYSTACK_DESERIALIZATION_ALLOWLIST", "cleaner.adapters.haystack")
    pipeline = Pipeline()
    pipeline.add_component("cleaner", ArticleCleaner(config=config, flat=True, prefix="news_"))
    pipeline.add_component("writer", DocumentWriter(InMemoryDocumentStore()))
    pipeline.connect("cleaner", "writer")
    back = Pipeline.loads(pipeline.dumps())
    assert back.dumps() == pipeline.dumps()
    assert back.run({"cleaner": {"documents": [Document(content=TEXT)]}}) == {
        "writer": {"documents_written": 1}
    }
    writer: Any = back.get_component("writer")
    (found,) = writer.document_store.filter_documents()
    assert "Share this article:" in found.content
    assert found.meta["news_authors"] == "Ann Lee"


def test_configuration_with_a_mistake_is_told_at_once(config: str) -> None:
    with pytest.raises(ConfigError):
        ArticleCleaner(config=config + ".missing")
