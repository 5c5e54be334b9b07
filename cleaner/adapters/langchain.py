"""LangChain: a document transformer. Needs the extra ``langchain``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from cleaner.adapters._fields import Metadata, body_of, chosen, cleaned, needed
from cleaner.pipeline import Pipeline

with needed("langchain"):
    from langchain_core.documents import BaseDocumentTransformer, Document


class ArticleCleaner(BaseDocumentTransformer):
    """Makes each document's content the body of its article, and adds the fields to its metadata.

    Ids and metadata are carried through; ``cleaner_removed`` and ``cleaner_blocks`` hold offsets
    into the content as it was. Where there is no article, the content stays as it is and
    ``cleaner_error`` names the error. Clean documents before they are split.

    Documents take any metadata, but many vector stores take only texts and numbers: for these say
    ``flat=True``. Loaders often set ``source``, ``title`` and ``language`` themselves, and what
    they say stays: to have both, give a ``prefix``.

    Args:
        pipeline: what cleans; the built-in stages and rules unless given.
        config: a configuration file, instead of a pipeline.
        overwrite: whether fields take the place of metadata that are there already.
        offsets: whether to add ``cleaner_removed`` and ``cleaner_blocks``.
        prefix: what the fields' names begin with in the metadata.
        flat: whether every value has to be a text: names are joined by ", ", offsets are JSON.

    Raises:
        UsageError: both a pipeline and a configuration file are given.
        ConfigError: the configuration file has a mistake in it.
    """

    def __init__(
        self,
        *,
        pipeline: Pipeline | None = None,
        config: str | os.PathLike[str] | None = None,
        overwrite: bool = False,
        offsets: bool = True,
        prefix: str = "",
        flat: bool = False,
    ) -> None:
        self._pipeline = chosen(pipeline, config)
        self._metadata = Metadata(overwrite=overwrite, offsets=offsets, prefix=prefix, flat=flat)

    def transform_documents(
        self, documents: Sequence[Document], **kwargs: Any
    ) -> Sequence[Document]:
        """Clean documents.

        Args:
            documents: the documents; they are not changed.
            kwargs: not used.

        Returns:
            As many documents, in the same order.
        """
        results = cleaned((document.page_content for document in documents), self._pipeline)
        return [
            document.model_copy(
                update={
                    "page_content": body_of(found, document.page_content),
                    "metadata": self._metadata.merged(document.metadata, found),
                }
            )
            for document, found in zip(documents, results, strict=True)
        ]
