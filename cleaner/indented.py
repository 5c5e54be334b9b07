"""JSON over several lines, as :func:`json.dumps` lays it out, many times as fast."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from json import JSONEncoder
from typing import Any


def indented(value: Any, indent: int) -> str:
    """A value as indented JSON, letters as they are.

    The standard library's encoder is written in C for JSON on one line only. What holds nothing
    that holds more is encoded by that, with line breaks for separators.

    Args:
        value: made of what JSON knows; keys are strings.
        indent: spaces for each level.
    """
    return _at("\n", value, " " * indent)


def _at(margin: str, value: Any, step: str) -> str:
    if not _holds(value):
        return _encoder("")(value)
    inner = margin + step
    items = value.values() if isinstance(value, dict) else value
    if not any(map(_holds, items)):
        flat = _encoder(inner)(value)
        return f"{flat[0]}{inner}{flat[1:-1]}{margin}{flat[-1]}"
    if isinstance(value, dict):
        parts = [f"{_encoder('')(key)}: {_at(inner, item, step)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(parts)}{margin}}}"
    if all(
        item and isinstance(item, dict) and not any(map(_holds, item.values())) for item in value
    ):
        # All at once. No string holds a line break as such, so that this one parts two objects.
        innermost = inner + step
        flat = _encoder(innermost)(value)[2:-2]
        parts = flat.split(f"}},{innermost}{{")
        between = f"{inner}}},{inner}{{{innermost}"
        return f"[{inner}{{{innermost}{between.join(parts)}{inner}}}{margin}]"
    parts = [_at(inner, item, step) for item in value]
    return f"[{inner}{f',{inner}'.join(parts)}{margin}]"


def _holds(value: Any) -> bool:
    """Whether a value holds others."""
    return bool(value) and isinstance(value, (dict, list, tuple))


@lru_cache(maxsize=32)
def _encoder(inner: str) -> Callable[[Any], str]:
    """What encodes values that hold nothing which holds more, a line break before each item."""
    separators = (f",{inner}", ": ") if inner else (", ", ": ")
    return JSONEncoder(ensure_ascii=False, separators=separators).encode
