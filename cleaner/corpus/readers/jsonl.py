"""Files of JSON lines: a JSON object on each line."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any

from cleaner.corpus.entry import Entry
from cleaner.corpus.errors import BadLine
from cleaner.corpus.readers.names import safe_name
from cleaner.corpus.readers.options import amount
from cleaner.corpus.readers.place import Place
from cleaner.corpus.readers.records import entry_of
from cleaner.corpus.readers.source import Source
from cleaner.errors import InputError, InputTooLarge

_SPACE = b" \t\r\n"


def read_jsonl(source: Source, place: Place) -> Iterator[Entry]:
    """An entry for each line that is not blank; one that names the problem for a bad line.

    Args:
        source: the lines.
        place: the file that they are in.

    Raises:
        InputError: the file cannot be read on.
    """
    number = 0
    most = place.options.max_bytes
    while (line := source.line(most)) != b"":
        number += 1
        where = f":{number}"
        if line is None:
            problem: InputError = InputTooLarge(f"this line holds more than {amount(most)}")
            yield place.bad(problem, safe_name("", number), where)
            continue
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if not (line := line.strip(_SPACE)):
            continue
        try:
            record = _object(line)
        except BadLine as error:
            yield place.bad(error, safe_name("", number), where)
        else:
            yield entry_of(record, number, place, where)


def _object(line: bytes) -> dict[str, Any]:
    """The object that a line holds.

    Raises:
        BadLine: it holds something else.
    """
    try:
        # NaN and the infinities are no JSON values, though some programs write them.
        value = json.loads(line.decode(), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        # The line and the column that it states are those of a document.
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise BadLine(f"this is no JSON in UTF-8 ({reason}); see what wrote it") from error
    if not isinstance(value, dict):
        raise BadLine(f"this line holds a {type(value).__name__}, not an object; see what wrote it")
    return value
