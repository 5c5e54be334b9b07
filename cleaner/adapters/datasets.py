"""Hugging Face datasets: a function for ``Dataset.map``. Needs the extra ``datasets``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from cleaner.adapters._fields import Holds, Metadata, Table, chosen, identity, needed
from cleaner.pipeline import Pipeline

with needed("datasets"):
    from datasets import Features, Value

_SPAN = {"kind": Value("string"), "start": Value("int64"), "end": Value("int64")}
_TYPES: dict[Holds, Any] = {
    "text": Value("string"),
    "texts": [Value("string")],
    "removed": [
        {
            "kind": Value("string"),
            "rule": Value("string"),
            "start": Value("int64"),
            "end": Value("int64"),
            "confidence": Value("float64"),
        }
    ],
    "blocks": [_SPAN],
}


class ArticleCleaner:
    """Adds columns for the body and the fields of the article in a column of texts or bytes.

    For ``dataset.map(clean, batched=True, features=clean.features(dataset.features))``, with any
    ``num_proc``. All columns are carried through; one that is there already is left alone.
    ``cleaner_removed`` and ``cleaner_blocks`` hold offsets into the text. Where there is no
    article, the body is the text as it is, and ``cleaner_error`` names the error.

    What cleans is part of the fingerprint, so that results are taken from the host's cache only
    while nothing has changed.

    Args:
        column: the column that holds the articles.
        into: the column for the bodies; the name of ``column`` to replace the texts.
        pipeline: what cleans; the built-in stages and rules unless given. Stages of the caller's
            own must pickle where there are several processes.
        config: a configuration file, instead of a pipeline.
        overwrite: whether columns that are there already are replaced.
        offsets: whether to add ``cleaner_removed`` and ``cleaner_blocks``.
        prefix: what the names of the fields' columns begin with.

    Raises:
        UsageError: both a pipeline and a configuration file are given.
        ConfigError: the configuration file has a mistake in it.
    """

    def __init__(
        self,
        column: str = "text",
        *,
        into: str = "body",
        pipeline: Pipeline | None = None,
        config: str | os.PathLike[str] | None = None,
        overwrite: bool = False,
        offsets: bool = True,
        prefix: str = "",
    ) -> None:
        metadata = Metadata(overwrite=overwrite, offsets=offsets, prefix=prefix)
        self._table = Table(column=column, into=into, metadata=metadata)
        self._pipeline = chosen(pipeline, config)
        # For the fingerprint: code and model are not in the pickled pipeline. To ask for it also
        # has the rules work out their version, so that the pickle is the same after a use.
        self._identity = identity(self._pipeline)

    def features(self, features: Mapping[str, Any]) -> Features:
        """The types of the columns of a dataset after it was cleaned.

        Without them the host guesses the types from the first articles, which may have no authors.

        Args:
            features: the types of the dataset's columns.

        Raises:
            UsageError: the bodies would take the place of another column.
        """
        added = self._table.added(features.keys())
        return Features({**features, **{name: _TYPES[holds] for name, holds in added.items()}})

    def __call__(self, batch: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
        """Clean a batch.

        Args:
            batch: the values of the dataset's columns.

        Returns:
            The values of the columns to be added.

        Raises:
            UsageError: the bodies would take the place of another column, or a value is no text.
        """
        return self._table.values(batch.keys(), batch[self._table.column], self._pipeline)
