"""Articles as rows of Parquet files.

The columns are the keys of the output contract, in its order. What a record carries may be
anything, so ``carried`` holds it as JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.corpus.writers.compression import library
from cleaner.errors import CleanerError, OutputError

GROUP_BYTES = 16 << 20
"""Bytes of JSON after which a group of rows is written: what bounds memory."""
GROUP_ROWS = 10_000
_BATCH = 64
"""Rows that are read at once."""
_PAGE = 1 << 20
PROVENANCE = ("cleaner", "rules", "model", "templates")
"""What made a record; the last is there only where there were templates."""
MARK = b"article-cleaner"
"""The key of the files' metadata that says what wrote them."""


def parquet_schema() -> Any:
    """The schema of the files.

    Raises:
        UsageError: pyarrow is not installed.
    """
    pa = library("pyarrow")
    text, count = pa.string(), pa.int64()
    texts = pa.list_(pa.field("element", text, nullable=False))

    def records(*columns: Any) -> Any:
        return pa.list_(pa.field("element", pa.struct(columns), nullable=False))

    def needed(name: str, kind: Any) -> Any:
        return pa.field(name, kind, nullable=False)

    span = (needed("start", count), needed("end", count))
    schema = pa.schema(
        [
            needed("schema_version", pa.int32()),
            *(needed(name, text) for name in ("id", "path", "format", "encoding")),
            *(pa.field(name, text) for name in ("title", "source", "url")),
            needed("authors", texts),
            *(pa.field(name, text) for name in ("published", "published_text", "language")),
            needed("tags", texts),
            needed("body", text),
            needed("blocks", records(needed("kind", text), *span)),
            needed(
                "fields",
                records(
                    needed("name", text),
                    needed("from", text),
                    pa.field("start", count),
                    pa.field("end", count),
                ),
            ),
            needed(
                "removed",
                records(
                    needed("kind", text),
                    needed("rule", text),
                    *span,
                    needed("text", text),
                    needed("confidence", pa.float64()),
                ),
            ),
            needed("warnings", texts),
            needed("provenance", pa.struct([pa.field(name, text) for name in PROVENANCE])),
            pa.field("carried", text),
        ]
    )
    return schema.with_metadata({MARK: b"articles, schema version 1"})


class Parquet:
    """One Parquet file, compressed with zstd."""

    name = "Parquet"

    def write(self, lines: BinaryIO, files: Sequence[BinaryIO]) -> None:
        """Write each line as a row."""
        pa, parquet = library("pyarrow"), library("pyarrow.parquet")
        schema = parquet_schema()
        try:
            with parquet.ParquetWriter(
                files[0], schema, version="2.6", compression="zstd", data_page_size=_PAGE
            ) as writer:
                for group in _groups(lines):
                    table = pa.Table.from_pylist(group, schema)
                    writer.write_table(table, row_group_size=len(group))
        except (CleanerError, OSError, MemoryError):
            raise
        except Exception as error:  # The library has errors of its own.
            raise OutputError(f"the Parquet file cannot be written: {error}") from error

    def read(self, files: Sequence[Path]) -> Iterator[bytes]:
        """The lines that the rows were made of."""
        parquet = library("pyarrow.parquet")
        # pyarrow cannot open a file whose name is no UTF-8.
        with files[0].open("rb") as file:
            table = parquet.ParquetFile(file, pre_buffer=False)
            for batch in table.iter_batches(_BATCH, use_threads=False):
                for row in batch.to_pylist():
                    if row["provenance"]["templates"] is None:
                        del row["provenance"]["templates"]
                    carried = row.pop("carried")
                    if carried is not None:
                        row["carried"] = json.loads(carried)
                    yield f"{json.dumps(row, ensure_ascii=False)}\n".encode()


def is_ours(file: Path) -> bool:
    """Whether a file is one that was written here.

    Raises:
        UsageError: pyarrow is not installed.
    """
    parquet = library("pyarrow.parquet")
    try:
        with file.open("rb") as stream:
            return MARK in (parquet.read_schema(stream).metadata or {})
    except Exception:  # Whatever the library says of a file of another sort.
        return False


def _groups(lines: BinaryIO) -> Iterator[list[dict[str, Any]]]:
    """The lines' records, as many at once as are to be held in memory."""
    group: list[dict[str, Any]] = []
    size = 0
    for line in lines:
        record = json.loads(line)
        if "carried" in record:
            record["carried"] = json.dumps(record["carried"], ensure_ascii=False)
        group.append(record)
        size += len(line)
        if size >= GROUP_BYTES or len(group) >= GROUP_ROWS:
            yield group
            group, size = [], 0
    if group:
        yield group
