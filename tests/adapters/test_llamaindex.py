"""The adapter for LlamaIndex, with the real one."""

from __future__ import annotations

import asyncio
import pickle
from pathlib import Path

import pytest

pytest.importorskip("llama_index.core")

from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.ingestion.pipeline import get_transformation_hash
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import Document, MetadataMode, TextNode

from cleaner import ConfigError
from cleaner.adapters.llamaindex import ArticleCleaner
from tests.adapters.conftest import BODY, CUT, FOUND, TEXT, cut_out
from tests.adapters.examples import run


def test_example() -> None:
    assert run("llamaindex") == 3


@pytest.mark.parametrize("kind", [Document, TextNode])
def test_node(kind: type[TextNode]) -> None:
    given = kind(text=TEXT, id_="7", metadata={"page": 3, "title": "theirs"})
    (cleaned,) = ArticleCleaner()([given])
    assert type(cleaned) is kind
    assert (cleaned.get_content(), cleaned.node_id) == (BODY, "7")
    assert cut_out(cleaned.metadata.pop("cleaner_removed")) == CUT
    assert "\n\n".join(cut_out(cleaned.metadata.pop("cleaner_blocks"))) == BODY
    assert cleaned.metadata == {**FOUND, "page": 3, "title": "theirs"}
    assert given == kind(text=TEXT, id_="7", metadata={"page": 3, "title": "theirs"})


def test_no_article() -> None:
    given = Document(text=" \n", metadata={"page": 3})
    (same,) = ArticleCleaner()([given])
    assert (same.get_content(), same.node_id) == (" \n", given.node_id)
    assert same.metadata == {"page": 3, "cleaner_error": "empty-input"}


def test_offsets_are_neither_embedded_nor_shown() -> None:
    (cleaned,) = ArticleCleaner()([Document(text=TEXT, excluded_llm_metadata_keys=["title"])])
    for mode in (MetadataMode.EMBED, MetadataMode.LLM):
        assert "cleaner_" not in cleaned.get_content(metadata_mode=mode)
    assert "title" not in cleaned.get_content(metadata_mode=MetadataMode.LLM)
    assert "title" in cleaned.get_content(metadata_mode=MetadataMode.EMBED)


def test_in_a_pipeline_before_the_splitter() -> None:
    steps = [ArticleCleaner(), SentenceSplitter(chunk_size=64, chunk_overlap=0)]
    nodes = IngestionPipeline(transformations=steps).run(documents=[Document(text=TEXT)])
    assert len(nodes) > 1 or nodes[0].get_content() == BODY
    assert all(node.metadata["title"] == FOUND["title"] for node in nodes)
    assert "Share" not in "".join(node.get_content() for node in nodes)


def test_in_an_asynchronous_pipeline() -> None:
    pipeline = IngestionPipeline(transformations=[ArticleCleaner(offsets=False)])
    (node,) = asyncio.run(pipeline.arun(documents=[Document(text=TEXT)]))
    assert (node.get_content(), node.metadata) == (BODY, FOUND)


def test_cache(config: str, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [Document(text=TEXT, id_="7")]
    pipeline = IngestionPipeline(transformations=[ArticleCleaner()])
    first = pipeline.run(documents=documents)
    monkeypatch.setattr(ArticleCleaner, "__call__", lambda *_, **__: pytest.fail("not cached"))
    again = IngestionPipeline(transformations=[ArticleCleaner()], cache=pipeline.cache)
    assert [n.metadata for n in again.run(documents=documents)] == [n.metadata for n in first]

    key = get_transformation_hash(documents, ArticleCleaner(config=config))
    assert key == get_transformation_hash(documents, ArticleCleaner(config=config))
    assert key != get_transformation_hash(documents, ArticleCleaner())
    Path(config).write_text('disable = ["share"]\n')
    assert key != get_transformation_hash(documents, ArticleCleaner(config=config))


def test_stored_and_pickled(config: str) -> None:
    cleaner = ArticleCleaner(config=config, flat=True)
    for back in (
        ArticleCleaner.from_dict(cleaner.to_dict()),
        ArticleCleaner.from_json(cleaner.to_json()),
        pickle.loads(pickle.dumps(cleaner)),
    ):
        assert back.to_dict() == cleaner.to_dict()
        (cleaned,) = back([Document(text=TEXT)])
        assert "Share this article:" in cleaned.get_content()
        assert cleaned.metadata["authors"] == "Ann Lee"


def test_configuration_with_a_mistake_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        ArticleCleaner(config=str(tmp_path / "missing.toml"))
