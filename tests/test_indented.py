"""JSON over several lines."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.indented import indented

_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES: st.SearchStrategy[Any] = st.recursive(
    _SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner)
)


@given(VALUES, st.integers(0, 4))
def test_it_is_laid_out_as_the_standard_library_does_it(value: Any, indent: int) -> None:
    assert indented(value, indent) == json.dumps(value, ensure_ascii=False, indent=indent)


@given(st.lists(st.dictionaries(st.text(), _SCALARS, min_size=1), min_size=1), st.integers(0, 3))
def test_so_are_lists_of_objects(value: list[dict[str, Any]], indent: int) -> None:
    laid_out = json.dumps({"a": value}, ensure_ascii=False, indent=indent)
    assert indented({"a": value}, indent) == laid_out


@pytest.mark.parametrize(
    "value",
    [[], {}, [[]], {"a": {}}, [{"a": [1, "\n"]}, "é", {"b": []}], [{"a": "},\n  {"}, {"b": 1}]],
)
def test_what_is_empty_takes_no_lines(value: Any) -> None:
    assert indented(value, 2) == json.dumps(value, ensure_ascii=False, indent=2)
