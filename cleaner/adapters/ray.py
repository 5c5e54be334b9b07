"""Ray Data: a reader, and a function for ``Dataset.map_batches``. Needs the extra ``ray``."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Sequence
from typing import Any

from cleaner.adapters._engines import RECORD, Sent, cleaned_one, told_before
from cleaner.adapters._fields import ERROR, Holds, Metadata, Table, chosen, needed
from cleaner.article import Article
from cleaner.corpus.errors import NoText
from cleaner.corpus.readers import ReadOptions, find_inputs
from cleaner.errors import InputError
from cleaner.pipeline import Pipeline

with needed("ray"):
    import pyarrow
    import ray.data

    from cleaner.adapters._tables import tables

_TEXT = pyarrow.string()
_SPAN = [("kind", _TEXT), ("start", pyarrow.int64()), ("end", pyarrow.int64())]
_REMOVAL = [_SPAN[0], ("rule", _TEXT), *_SPAN[1:], ("confidence", pyarrow.float64())]
_TYPES: dict[Holds, Any] = {
    "text": _TEXT,
    "texts": pyarrow.list_(_TEXT),
    "removed": pyarrow.list_(pyarrow.struct(_REMOVAL)),
    "blocks": pyarrow.list_(pyarrow.struct(_SPAN)),
}
_BLOCKS = 10_000
"""The most tasks that read, unless a caller says otherwise."""
_HELD = ("string", "binary", "null")


class ArticleCleaner:
    """Adds columns for the body and the fields of the article in a column of texts or bytes.

    For ``dataset.map_batches(ArticleCleaner("text"), batch_format="pyarrow")``: a row for each row,
    whatever it holds. All columns are carried through; one that is there already is left alone.
    ``cleaner_removed`` and ``cleaner_blocks`` hold offsets into the text. Where there is no
    article, the body is the text as it is, and ``cleaner_error`` names the error. The same batch
    always gives the same rows, so that a task may be done again when a node is lost.

    Args:
        column: the column that holds the articles, or several: of these the first counts that
            holds something.
        into: the column for the bodies; the name of ``column`` to replace the texts.
        path: the column with what an article is called in its record.
        url: the column with its address, which counts where the article states none itself.
        encoding: the column with the encoding that a server stated of the bytes.
        pipeline: what cleans; the built-in stages and rules unless given.
        config: a configuration file, instead of a pipeline; read once, where this is made.
        overwrite: whether columns that are there already are replaced.
        offsets: whether to add ``cleaner_removed`` and ``cleaner_blocks``.
        record: whether to add ``cleaner_record``, the article's whole record as JSON.
        prefix: what the names of the fields' columns begin with.

    Raises:
        UsageError: both a pipeline and a configuration file are given.
        ConfigError: the configuration file has a mistake in it.
    """

    def __init__(
        self,
        column: str | Sequence[str] = "text",
        *,
        into: str = "body",
        path: str | None = None,
        url: str | None = None,
        encoding: str | None = None,
        pipeline: Pipeline | None = None,
        config: str | os.PathLike[str] | None = None,
        overwrite: bool = False,
        offsets: bool = True,
        record: bool = False,
        prefix: str = "",
    ) -> None:
        self._columns = (column,) if isinstance(column, str) else tuple(column)
        self._about = (path, url, encoding)
        self._record = record
        self._cleans = Sent(chosen(pipeline, config))
        metadata = Metadata(overwrite=overwrite, offsets=offsets, prefix=prefix)
        self._table = Table(
            column=into if into in self._columns else self._columns[0], into=into, metadata=metadata
        )

    def schema(self, schema: pyarrow.Schema) -> pyarrow.Schema:
        """The types of the columns of a batch after it was cleaned.

        Args:
            schema: those before.

        Raises:
            UsageError: the bodies would take the place of another column.
        """
        fields = {name: schema.field(name) for name in schema.names}
        for name, holds in self._added(schema.names).items():
            fields[name] = pyarrow.field(name, _TYPES[holds])
        return pyarrow.schema(list(fields.values()))

    def __call__(self, batch: pyarrow.Table) -> pyarrow.Table:
        """Clean a batch.

        Args:
            batch: the rows.

        Returns:
            The same rows in the same order, with the columns to be added.

        Raises:
            UsageError: the bodies would take the place of another column.
        """
        known = batch.column_names
        texts = self._texts(batch)
        about = [_strings(batch, name) for name in (ERROR, *self._about)]
        found = [self._found(*row) for row in zip(texts, *about, strict=True)]
        shown = (None if isinstance(text, NoText) else text for text in texts)
        values = self._table.told(known, zip(shown, found, strict=True))
        if self._record:
            values[RECORD] = [a.to_json() if isinstance(a, Article) else None for a in found]
        for name, holds in self._added(known).items():
            column = pyarrow.array(values[name], type=_TYPES[holds])
            at = batch.schema.get_field_index(name)
            field = pyarrow.field(name, _TYPES[holds])
            if at < 0:
                batch = batch.append_column(field, column)
            else:
                batch = batch.set_column(at, field, column)
        return batch

    def _added(self, known: Sequence[str]) -> dict[str, Holds]:
        added = self._table.added(known)
        return {**added, RECORD: "text"} if self._record else added

    def _texts(self, batch: pyarrow.Table) -> list[str | bytes | NoText | None]:
        """For each row its text or bytes; None where it is null, an error where no column fits."""
        columns = [c for name in self._columns if (c := _held(batch, name)) is not None]
        if not columns:
            there = ", ".join(f"{f.name} ({f.type})" for f in batch.schema)[:400]
            problem = NoText(f"no text in {', '.join(self._columns)}; there are {there or 'none'}")
            return [problem] * batch.num_rows
        rows = zip(*columns, strict=True)
        return [next((value for value in row if value is not None), None) for row in rows]

    def _found(
        self,
        text: str | bytes | NoText | None,
        before: str | None,
        path: str | None,
        url: str | None,
        encoding: str | None,
    ) -> Article | InputError:
        """What comes of a row."""
        if isinstance(text, NoText):
            return text
        told = told_before(before) if text is None else None
        return told or cleaned_one(self._cleans.pipeline, text, path or "", url, encoding)


def read_articles(
    inputs: str | Sequence[str], options: ReadOptions | None = None, *, blocks: int | None = None
) -> ray.data.Dataset:
    """Read articles as ``cleaner run`` does: from files, archives, JSON lines, Parquet and WARC.

    The files are found where this is called, and each is read by one task, piece by piece. A row is
    an article to be: ``text`` or ``data`` (bytes) holds it, ``path`` is what it is called,
    ``origin`` where a person finds it, ``stated_encoding``, ``stated_url`` and ``stated_date`` what
    the container says of it, ``carried`` what else is in its record, as JSON. Where it cannot be
    read, ``cleaner_error`` and ``cleaner_message`` say why. For
    ``ArticleCleaner(("text", "data"), path="path", url="stated_url", encoding="stated_encoding")``,
    which leaves those as they are.

    Args:
        inputs: files, directories or globs, on a file system that all nodes see.
        options: how they are read.
        blocks: how many tasks read; one for each file unless given, 10,000 at most.

    Returns:
        The rows, read when they are asked for.
    """
    options = options or ReadOptions()
    given = [inputs] if isinstance(inputs, str) else list(inputs)
    # Arrow has no type for it.
    found = [{"input": pickle.dumps(each)} for each in find_inputs(given, options)]
    tasks = min(blocks or _BLOCKS, len(found)) or None
    shards = ray.data.from_items(found, override_num_blocks=tasks)

    def entries(batch: pyarrow.Table) -> Iterator[pyarrow.Table]:
        for each in batch.column("input").to_pylist():
            yield from tables(pickle.loads(each), options)

    return shards.map_batches(entries, batch_size=1, batch_format="pyarrow")


def _held(batch: pyarrow.Table, name: str) -> list[str | bytes | None] | None:
    """The values of a column of texts or bytes; None where there is none of that name and type."""
    at = batch.schema.get_field_index(name)
    if at < 0:
        return None
    column = batch.column(at)
    kind = column.type
    if pyarrow.types.is_dictionary(kind):
        kind = kind.value_type
    if not any(held in str(kind).partition("[")[0] for held in _HELD):
        return None
    try:
        values: list[str | bytes | None] = column.to_pylist()
    except UnicodeDecodeError:
        # Files may call texts what is no UTF-8; the pipeline finds out what it is.
        return list(column.cast(kind).cast(pyarrow.large_binary()).to_pylist())
    return values


def _strings(batch: pyarrow.Table, name: str | None) -> list[str | None]:
    """The texts of a column; None for what is none."""
    values = _held(batch, name) if name is not None else None
    if values is None:
        return [None] * batch.num_rows
    return [value if isinstance(value, str) else None for value in values]
