"""Parquet files, read a few rows at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from cleaner.corpus.entry import Entry
from cleaner.corpus.errors import DamagedInput, NeedsFile
from cleaner.corpus.readers.extras import extra
from cleaner.corpus.readers.place import Place
from cleaner.corpus.readers.records import entry_of, json_value, no_text, text_keys
from cleaner.corpus.readers.source import Source
from cleaner.errors import InputError

_BATCH = 4 << 20
"""Bytes that are decoded at once, if rows are as large as the file says they are on average."""
_ROWS = 64
"""The most rows of them: some are far larger than others."""
_BUFFER = 1 << 20


def read_parquet(source: Source, place: Place) -> Iterator[Entry]:
    """An entry for each row of a table.

    Args:
        source: the file's bytes; only looked into.
        place: the file.

    Raises:
        NeedsFile: it is a stream, or compressed as a whole.
        NoText: no column can hold texts.
        DamagedInput: it cannot be read, or not on.
        MissingExtra: pyarrow is not installed.
    """
    parquet: Any = extra("pyarrow.parquet")
    if place.file is None:
        raise NeedsFile(
            "a Parquet file is read from its end; save it to a file of its own, and uncompressed"
        )
    # pyarrow cannot open a file whose name is no UTF-8.
    with place.file.open("rb") as file:
        try:
            table = parquet.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False)
            size = file.seek(0, os.SEEK_END)
            for number, entry in _entries(table, place):
                source.reached(size * number // max(1, table.metadata.num_rows))
                yield entry
        except (InputError, MemoryError):
            raise
        except Exception as error:  # The library has errors of its own.
            reason = str(error).partition("\n")[0]
            raise DamagedInput(
                f"this Parquet file is damaged ({reason}); get it again from where it came from"
            ) from error


def _entries(table: Any, place: Place) -> Iterator[tuple[int, Entry]]:
    """The entry of each row, and the row's number."""
    columns = table.schema_arrow.names
    if not set(columns).intersection(text_keys(place.options)):
        raise no_text(columns, place.options)
    number = 0
    for batch in table.iter_batches(_rows(table.metadata), use_threads=False):
        for row in range(batch.num_rows):
            number += 1
            cells = zip(columns, batch.columns, strict=True)
            record = {name: _value(column[row]) for name, column in cells}
            yield number, entry_of(record, number, place, f"#{number}")


def _rows(metadata: Any) -> int:
    """How many rows are decoded at once."""
    groups = (metadata.row_group(n) for n in range(metadata.num_row_groups))
    size = sum(group.total_byte_size for group in groups)
    return int(max(1, min(_ROWS, _BATCH * metadata.num_rows // max(1, size))))


def _value(cell: Any) -> Any:
    try:
        value = cell.as_py()
    except (ValueError, OverflowError):
        value = _spelt(cell)
    # A text may be stored as bytes; what reads it finds its encoding.
    return value if isinstance(value, bytes) else json_value(value)


def _spelt(cell: Any) -> str | None:
    """A time that Python cannot hold, as text; null where it is deep inside a value."""
    try:
        spelt = cell.cast("string").as_py()
    except (ValueError, NotImplementedError):  # what the library says of casts it has not
        return None
    return str(spelt).replace(" ", "T", 1)
