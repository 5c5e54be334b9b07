"""Data frames of pandas and of Polars. Each needs the extra of its name, and not the other's."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from cleaner.adapters._fields import Holds, Metadata, Table, chosen, needed
from cleaner.pipeline import Pipeline

if TYPE_CHECKING:
    import pandas
    import polars


def clean_pandas(
    frame: pandas.DataFrame,
    column: str,
    *,
    into: str = "body",
    pipeline: Pipeline | None = None,
    config: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    offsets: bool = True,
    prefix: str = "",
) -> pandas.DataFrame:
    """Add columns for the body and the fields of the article in a column of texts or bytes.

    ``cleaner_removed`` and ``cleaner_blocks`` hold offsets into the text. Where there is no
    article, the body is the text as it is, and ``cleaner_error`` names the error.

    Args:
        frame: the frame; it is not changed.
        column: the column that holds the articles.
        into: the column for the bodies; the name of ``column`` to replace the texts.
        pipeline: what cleans; the built-in stages and rules unless given.
        config: a configuration file, instead of a pipeline.
        overwrite: whether columns that are there already are replaced; they are left alone
            otherwise.
        offsets: whether to add ``cleaner_removed`` and ``cleaner_blocks``.
        prefix: what the names of the fields' columns begin with.

    Returns:
        A frame with the same rows. Texts are of the type ``string``, lists are objects.

    Raises:
        UsageError: both a pipeline and a configuration file are given, a value is no text, or the
            bodies would take the place of another column.
        ConfigError: the configuration file has a mistake in it.
    """
    with needed("pandas"):
        import pandas

    metadata = Metadata(overwrite=overwrite, offsets=offsets, prefix=prefix)
    table = Table(column=column, into=into, metadata=metadata)
    given = frame[column]
    texts = [None if missing else text for text, missing in zip(given, given.isna(), strict=True)]
    values = table.values(frame.columns, texts, chosen(pipeline, config))
    series = {
        name: pandas.Series(
            values[name], index=frame.index, dtype="string" if holds == "text" else "object"
        )
        for name, holds in table.added(frame.columns).items()
    }
    return frame.assign(**series)


def clean_polars(
    frame: polars.DataFrame,
    column: str,
    *,
    into: str = "body",
    pipeline: Pipeline | None = None,
    config: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    offsets: bool = True,
    prefix: str = "",
) -> polars.DataFrame:
    """Add columns for the body and the fields of the article in a column of texts or bytes.

    ``cleaner_removed`` and ``cleaner_blocks`` hold offsets into the text. Where there is no
    article, the body is the text as it is, and ``cleaner_error`` names the error.

    Args:
        frame: the frame; it is not changed.
        column: the column that holds the articles.
        into: the column for the bodies; the name of ``column`` to replace the texts.
        pipeline: what cleans; the built-in stages and rules unless given.
        config: a configuration file, instead of a pipeline.
        overwrite: whether columns that are there already are replaced; they are left alone
            otherwise.
        offsets: whether to add ``cleaner_removed`` and ``cleaner_blocks``.
        prefix: what the names of the fields' columns begin with.

    Returns:
        A frame with the same rows. Texts are of the type ``String``; lists hold texts or records.

    Raises:
        UsageError: both a pipeline and a configuration file are given, a value is no text, or the
            bodies would take the place of another column.
        ConfigError: the configuration file has a mistake in it.
    """
    with needed("polars"):
        import polars

    text, number = polars.String, polars.Int64
    span = {"kind": text, "start": number, "end": number}
    removal = {
        "kind": text,
        "rule": text,
        "start": number,
        "end": number,
        "confidence": polars.Float64,
    }
    types: dict[Holds, Any] = {
        "text": text,
        "texts": polars.List(text),
        "removed": polars.List(polars.Struct(removal)),
        "blocks": polars.List(polars.Struct(span)),
    }
    metadata = Metadata(overwrite=overwrite, offsets=offsets, prefix=prefix)
    table = Table(column=column, into=into, metadata=metadata)
    values = table.values(frame.columns, frame[column].to_list(), chosen(pipeline, config))
    return frame.with_columns(
        polars.Series(name, values[name], dtype=types[holds])
        for name, holds in table.added(frame.columns).items()
    )
