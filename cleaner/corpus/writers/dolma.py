"""Dolma's data format: documents as they were, and what to take out of them as attributes beside.

The format is described in the Dolma toolkit's ``docs/data-format.md``. Spans count code points, as
offsets everywhere here do. Names of attributes have three parts, experiment, tagger and type: the
toolkit parts them at ``__``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.article import Article
from cleaner.corpus.writers.compression import compressed, unpacked

EXPERIMENT = "cleaner"
"""The name of the attributes: a directory, and the first part of each attribute's name."""
UNKNOWN = "unknown"
"""The source of a document that states none."""
_METADATA = ("path", "format", "encoding", "title", "url", "authors", "published")
_MORE = ("published_text", "language", "tags", "warnings", "provenance")
_TAB = b"\t"


def dolma_line(article: Article, layer: str, added: str | None) -> bytes:
    """A document and its attributes, parted by a tab, on one line.

    Args:
        article: the article.
        layer: the text layer that it was made of.
        added: when the document was collected, where that is known.
    """
    record = article.to_dict()
    source = article.source or UNKNOWN
    document: dict[str, Any] = {"id": article.id, "text": layer, "source": source}
    if added is not None:
        document["added"] = added
    if article.published is not None:
        # The format wants a time; the day is what is known.
        document["created"] = f"{article.published}T00:00:00.000Z"
    document["metadata"] = {name: record[name] for name in (*_METADATA, *_MORE)}
    if article.carried:
        document["metadata"]["carried"] = record["carried"]
    attributes = {"source": source, "id": article.id, "attributes": _spans(article)}
    return _TAB.join((_json(document), _json(attributes))) + b"\n"


def _spans(article: Article) -> dict[str, list[list[float]]]:
    """What is not the body: removals by kind, with their confidence, and fields by name."""
    spans: dict[str, list[list[float]]] = {}
    for gone in article.removed:
        name = f"{EXPERIMENT}__removed__{gone.kind.replace('-', '_')}"
        spans.setdefault(name, []).append([gone.start, gone.end, gone.confidence])
    for field in article.fields:
        if field.start is not None and field.end is not None:
            name = f"{EXPERIMENT}__fields__{field.name}"
            spans.setdefault(name, []).append([field.start, field.end, 1.0])
    return dict(sorted(spans.items()))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


class Dolma:
    """Two gzipped files of lines: documents, and for each its attributes."""

    name = "Dolma documents and attributes"

    def write(self, lines: BinaryIO, files: Sequence[BinaryIO]) -> None:
        """Part each line into the two files."""
        with ExitStack() as stack:
            documents, attributes = (stack.enter_context(compressed(f, "gzip")) for f in files)
            for line in lines:
                document, _, attribute = line.partition(_TAB)
                documents.write(document + b"\n")
                attributes.write(attribute)

    def read(self, files: Sequence[Path]) -> Iterator[bytes]:
        """The two files' lines, put together."""
        with ExitStack() as stack:
            documents, attributes = (stack.enter_context(unpacked(f, "gzip")) for f in files)
            for document, attribute in zip(documents, attributes, strict=True):
                yield document.rstrip(b"\n") + _TAB + attribute
