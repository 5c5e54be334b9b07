"""Records of named values, as JSON lines and tables hold them, to entries."""

from __future__ import annotations

import base64
import datetime
import decimal
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cleaner.corpus.entry import Entry
from cleaner.corpus.errors import BadLine, NoText
from cleaner.corpus.readers.names import safe_name
from cleaner.corpus.readers.options import ID_KEYS, TEXT_KEYS, ReadOptions, amount
from cleaner.corpus.readers.place import Place
from cleaner.errors import InputTooLarge

_SHOWN = 12
_SURROGATE = re.compile("[\ud800-\udfff]")


def text_keys(options: ReadOptions) -> tuple[str, ...]:
    """Where a record's text may be."""
    return TEXT_KEYS if options.text_key is None else (options.text_key,)


def entry_of(record: Mapping[str, Any], number: int, place: Place, where: str) -> Entry:
    """The entry of a record. Everything in it but the text is carried through.

    Args:
        record: JSON values by key, and bytes.
        number: its place in the container, from 1.
        place: the container.
        where: what comes after the container's name in the entry's origin.

    Returns:
        The entry; one with a problem where there is no text, or where something in the record is
        too large or nested too deep.
    """
    options = place.options
    name = safe_name(_id_of(record, options), number)
    keys = text_keys(options)
    key = next((k for k in keys if isinstance(record.get(k), (str, bytes))), None)
    if key is None:
        return place.bad(no_text(list(record), options), name, where)
    data = record[key]
    if len(data) > options.max_bytes:
        large = InputTooLarge(f"its text holds more than {amount(options.max_bytes)}")
        return place.bad(large, name, where)
    rest = {
        k: json_value(value) if isinstance(value, bytes) else value
        for k, value in record.items()
        if k != key
    }
    try:
        carried = _writable(rest)
    except RecursionError:
        problem = BadLine("its values are nested too deep; leave out what nobody needs")
        return place.bad(problem, name, where)
    return replace(
        place.entry(data, name, where),
        carried=carried,
        url=_stated(carried, "url"),
        date=_stated(carried, "date"),
    )


def _writable(values: dict[str, Any]) -> dict[str, Any]:
    """The same as UTF-8 and JSON can hold it: without lone surrogates and infinities.

    Raises:
        RecursionError: it cannot be written as JSON.
    """
    try:
        text = json.dumps(values, ensure_ascii=False, allow_nan=False)
    except ValueError:
        text = json.dumps(values, ensure_ascii=False)
    else:
        if _SURROGATE.search(text) is None:
            return values
    mended = json.loads(_SURROGATE.sub("\ufffd", text), parse_constant=lambda _: None)
    return dict(mended)


def no_text(keys: list[str], options: ReadOptions) -> NoText:
    """The problem of a record without a text: which keys it has, and which were looked for."""
    wanted = ", ".join(text_keys(options))
    more = [f"and {len(keys) - _SHOWN} more"] if len(keys) > _SHOWN else []
    there = ", ".join([*(repr(key[:40]) for key in keys[:_SHOWN]), *more]) or "none"
    return NoText(f"no text under {wanted}; name the key that holds it (its keys: {there})")


def _id_of(record: Mapping[str, Any], options: ReadOptions) -> str:
    for key in ID_KEYS if options.id_key is None else (options.id_key,):
        value = record.get(key)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and value != "":
            return str(value)
    return ""


def _stated(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    return value if isinstance(value, str) and value else None


def json_value(value: Any) -> Any:
    """A value of a table as JSON can hold it.

    Times are as in ISO 8601, durations in seconds, decimals are texts, bytes that are no UTF-8 are
    in base 64, and what is no number is null.
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, decimal.Decimal):
        return str(value)
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return base64.b64encode(value).decode("ascii")
    if isinstance(value, Mapping):
        return {str(key): json_value(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [json_value(item) for item in value]
    return str(value)
