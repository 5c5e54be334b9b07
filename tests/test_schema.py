"""The committed schema is the code's, and what is written is valid against it."""

from __future__ import annotations

import copy
import dataclasses
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from cleaner import Article, CleanerError, clean
from cleaner.article import BLOCK_KINDS, FIELD_NAMES, KINDS
from cleaner.schema import schema, schema_text
from tests.conftest import ROOT, Command

_VALIDATOR = Draft202012Validator(schema())
KEYS = (
    "schema_version",
    "id",
    "path",
    "format",
    "encoding",
    "title",
    "source",
    "url",
    "authors",
    "published",
    "published_text",
    "language",
    "tags",
    "body",
    "blocks",
    "fields",
    "removed",
    "warnings",
    "provenance",
)
"""The contract's keys in the contract's order, written down here a second time on purpose."""
OPTIONAL = ("carried",)
"""Those that come last, and only where they hold something."""


def assert_valid(record: dict[str, Any]) -> None:
    """Fail unless the record is valid against the schema."""
    _VALIDATOR.validate(record)


def article() -> dict[str, Any]:
    """A valid record that has something of everything."""
    return clean(
        "A dry summer\n\nBy Ann Lee\n\nIt did not rain for weeks, and the wells of the village "
        "ran dry one after the other.\n\nShare this article:"
    ).to_dict()


def test_committed_copy(cleaner: Command) -> None:
    committed = (ROOT / "cleaner/article.schema.json").read_text("utf-8")
    assert committed == schema_text(), "cleaner schema > cleaner/article.schema.json"
    assert cleaner("schema").stdout.decode() == committed


def test_schema_says_what_the_contract_says() -> None:
    Draft202012Validator.check_schema(schema())
    assert tuple(schema()["properties"]) == KEYS + OPTIONAL
    assert tuple(schema()["required"]) == KEYS
    assert tuple(article()) == KEYS
    definitions = schema()["$defs"]
    assert definitions["removal"]["properties"]["kind"]["enum"] == list(KINDS)
    assert definitions["block"]["properties"]["kind"]["enum"] == list(BLOCK_KINDS)
    assert definitions["field"]["properties"]["name"]["enum"] == list(FIELD_NAMES)
    for part in (schema(), *definitions.values()):
        assert part["additionalProperties"] is False
        assert all(p.get("description") for p in part["properties"].values())
    # Every attribute is described where it is defined.
    assert Article.__doc__ is not None
    for field in dataclasses.fields(Article):
        assert field.name in KEYS + OPTIONAL


@pytest.mark.parametrize("seed", sorted((ROOT / "seeds").iterdir()), ids=lambda p: p.name[:3])
def test_seeds_are_valid(seed: Path) -> None:
    assert_valid(clean(seed.read_bytes(), path=seed.name).to_dict())


@given(st.text(max_size=300))
def test_any_text_is_valid(text: str) -> None:
    try:
        record = clean(text).to_dict()
    except CleanerError:
        return
    assert_valid(record)


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (["schema_version"], 2),
        (["id"], "ABC"),
        (["format"], "pdf"),
        (["title"], 1),
        (["authors"], "Ann Lee"),
        (["authors", 0], None),
        (["published"], "1 May 2024"),
        (["language"], "eng"),
        (["extra"], 1),
        (["blocks", 0, "kind"], "footer"),
        (["blocks", 0, "start"], -1),
        (["blocks", 0, "extra"], 1),
        (["fields", 0, "name"], "editor"),
        (["fields", 0, "start"], None),
        (["removed", 0, "kind"], "cruft"),
        (["removed", 0, "confidence"], 1.5),
        (["provenance", "extra"], "1"),
        (["provenance", "cleaner"], 1),
        (["carried"], []),
    ],
)
def test_what_breaks_the_contract_is_refused(where: list[Any], value: Any) -> None:
    record = copy.deepcopy(article())
    assert_valid(record)
    part = record
    for step in where[:-1]:
        part = part[step]
    part[where[-1]] = value
    with pytest.raises(ValidationError):
        assert_valid(record)


@pytest.mark.parametrize("key", KEYS)
def test_no_key_may_be_missing(key: str) -> None:
    record = article()
    del record[key]
    with pytest.raises(ValidationError):
        assert_valid(record)
