"""The adapter for LangChain, with the real one."""

from __future__ import annotations

import asyncio

import pytest

pytest.importorskip("langchain_core")

from langchain_core.documents import Document
from langchain_core.embeddings import DeterministicFakeEmbedding
from langchain_core.vectorstores import InMemoryVectorStore

from cleaner import Pipeline
from cleaner.adapters.langchain import ArticleCleaner
from tests.adapters.conftest import BODY, CUT, FOUND, TEXT, cut_out
from tests.adapters.examples import run


def test_example() -> None:
    assert run("langchain") == 4


def test_document() -> None:
    given = Document(page_content=TEXT, id="7", metadata={"page": 3, "title": "theirs"})
    (cleaned,) = ArticleCleaner().transform_documents([given])
    assert (cleaned.page_content, cleaned.id) == (BODY, "7")
    assert cut_out(cleaned.metadata.pop("cleaner_removed")) == CUT
    assert "\n\n".join(cut_out(cleaned.metadata.pop("cleaner_blocks"))) == BODY
    assert cleaned.metadata == {**FOUND, "page": 3, "title": "theirs"}
    assert given == Document(page_content=TEXT, id="7", metadata={"page": 3, "title": "theirs"})


def test_no_article() -> None:
    given = Document(page_content=" \n", metadata={"page": 3})
    (same, cleaned) = ArticleCleaner().transform_documents([given, Document(page_content=TEXT)])
    assert same.page_content == " \n"
    assert same.metadata == {"page": 3, "cleaner_error": "empty-input"}
    assert cleaned.page_content == BODY


def test_asynchronously() -> None:
    documents = [Document(page_content=TEXT)]
    cleaner = ArticleCleaner(offsets=False)
    (cleaned,) = asyncio.run(cleaner.atransform_documents(documents))
    assert (cleaned.page_content, cleaned.metadata) == (BODY, FOUND)


def test_pipeline_and_configuration(config: str) -> None:
    documents = [Document(page_content=TEXT)]
    (quiet,) = ArticleCleaner(pipeline=Pipeline().without("identify")).transform_documents(
        documents
    )
    assert "language" not in quiet.metadata
    (shared,) = ArticleCleaner(config=config).transform_documents(documents)
    assert "Share this article:" in shared.page_content


def test_flat_metadata_in_a_vector_store() -> None:
    cleaned = ArticleCleaner(flat=True).transform_documents([Document(page_content=TEXT)])
    store = InMemoryVectorStore(DeterministicFakeEmbedding(size=8))
    store.add_documents(list(cleaned))
    (found,) = store.similarity_search("trams", filter=lambda d: d.metadata["authors"] == "Ann Lee")
    assert found.page_content == BODY
    assert all(isinstance(value, str) for value in found.metadata.values())
