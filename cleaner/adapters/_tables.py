"""What a corpus holds, as Arrow tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pyarrow

from cleaner.adapters._engines import MESSAGE
from cleaner.adapters._fields import ERROR
from cleaner.corpus.entry import Entry
from cleaner.corpus.readers import ReadOptions, read_input
from cleaner.inputs import Input

_TEXT = pyarrow.string()
_ENTRIES = pyarrow.schema(
    [
        ("path", _TEXT),
        ("origin", _TEXT),
        ("text", _TEXT),
        ("data", pyarrow.binary()),
        ("stated_encoding", _TEXT),
        ("stated_url", _TEXT),
        ("stated_date", _TEXT),
        ("carried", _TEXT),
        (ERROR, _TEXT),
        (MESSAGE, _TEXT),
    ]
)
_ROWS, _BYTES = 64, 4 << 20
"""What a reader gives at once, at most: so many rows, and not much more than so many bytes."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def tables(found: Input, options: ReadOptions) -> Iterator[pyarrow.Table]:
    """The entries of one input, a few at a time."""
    rows: list[dict[str, Any]] = []
    size = 0
    for entry in read_input(found, options):
        rows.append(_row(entry))
        size += len(entry.data or "")
        if len(rows) >= _ROWS or size >= _BYTES:
            yield pyarrow.Table.from_pylist(rows, schema=_ENTRIES)
            rows, size = [], 0
    # Also where there are none, so that the columns are known.
    yield pyarrow.Table.from_pylist(rows, schema=_ENTRIES)


def _row(entry: Entry) -> dict[str, Any]:
    texts = {
        "path": entry.record_path,
        "origin": entry.origin,
        "text": entry.data if isinstance(entry.data, str) else None,
        "stated_encoding": entry.encoding,
        "stated_url": entry.url,
        "stated_date": entry.date,
        "carried": json.dumps(dict(entry.carried), ensure_ascii=False) if entry.carried else None,
        ERROR: entry.problem.name if entry.problem is not None else None,
        MESSAGE: str(entry.problem) if entry.problem is not None else None,
    }
    row: dict[str, Any] = {
        # Arrow holds UTF-8 alone; cleaning puts the same in the place of lone surrogates.
        name: text and _SURROGATE.sub("\ufffd", text)
        for name, text in texts.items()
    }
    row["data"] = entry.data if isinstance(entry.data, bytes) else None
    return row
