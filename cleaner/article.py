"""The output contract, schema version 1: what a cleaned article says, and in which order.

Offsets (``start``, ``end``) count code points of the text layer and are half open.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Self, get_args

from cleaner.errors import RecordError
from cleaner.indented import indented

SCHEMA_VERSION = 1

Kind = Literal[
    "newsletter",
    "share",
    "comments",
    "disclaimer",
    "related",
    "navigation",
    "cookie",
    "advert",
    "promo",
    "paywall",
    "counter",
    "byline",
    "caption",
    "author-bio",
    "legal",
    "citation",
    "markup",
    "duplicate",
    "template",
    "other",
]
"""What sort of cruft a removal is."""

BlockKind = Literal["paragraph", "heading", "list_item", "quote", "table_row", "code"]
"""What a block of the body is."""

FieldName = Literal["title", "source", "url", "authors", "published", "tags"]
"""What a field span states."""

KINDS: tuple[Kind, ...] = get_args(Kind)
BLOCK_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
FIELD_NAMES: tuple[FieldName, ...] = get_args(FieldName)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text layer that belongs to the body."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """Where a field was found.

    ``origin`` (``from`` in JSON) is ``text`` or the sort of page metadata that says it;
    ``start`` and ``end`` are null when only the page's metadata says it.
    """

    name: FieldName
    origin: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Removal:
    """A span that was taken out, why, and how sure that is (0 to 1)."""

    kind: Kind
    rule: str
    start: int
    end: int
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text layer, with its text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. Attributes stand in the order of the output contract.

    Attributes:
        id: sha256 of the input bytes, in hexadecimal.
        path: the input as it was named, relative to the input's root.
        format: ``text`` or ``html``.
        encoding: the Python codec that turns the input bytes into the text layer.
        title: the article's title, or None where the text states none.
        source: the outlet's name as a reader would say it, else its domain, else None.
        url: the article's address, or None.
        authors: names, without "By" and the like.
        published: ISO 8601 calendar date, or None where none is stated.
        published_text: the date as found, for instance "10 hours ago", or None.
        language: ISO 639-1 code, or None when unsure.
        tags: topic labels, in the order found.
        body: the blocks, cleaned; joined by a blank line, list items by a newline.
        blocks: the body's stretches of the text layer, in order.
        fields: where each field was found.
        removed: every span that was taken out, in order.
        warnings: named conditions, each "name" or "name: detail".
        provenance: versions or hashes of what made this; templates only where they were given.
        carried: what else stood in the input's record; in the output only where something did.
    """

    id: str
    path: str
    format: Literal["text", "html"]
    encoding: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_text: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    body: str = ""
    blocks: tuple[Block, ...] = ()
    fields: tuple[Field, ...] = ()
    removed: tuple[Removal, ...] = ()
    warnings: tuple[str, ...] = ()
    provenance: Mapping[str, str | None] = field(default_factory=dict)
    carried: Mapping[str, Any] = field(default_factory=dict)
    schema_version: int = SCHEMA_VERSION

    def to_dict(self) -> dict[str, Any]:
        """The article as plain JSON values, keys in contract order."""
        record: dict[str, Any] = {"schema_version": self.schema_version}
        for name in _ATTRIBUTES:
            value = getattr(self, name)
            record[name] = list(value) if isinstance(value, tuple) else value
        record["blocks"] = [{"kind": b.kind, "start": b.start, "end": b.end} for b in self.blocks]
        record["fields"] = [
            {"name": f.name, "from": f.origin, "start": f.start, "end": f.end} for f in self.fields
        ]
        record["removed"] = [
            {
                "kind": r.kind,
                "rule": r.rule,
                "start": r.start,
                "end": r.end,
                "text": r.text,
                "confidence": r.confidence,
            }
            for r in self.removed
        ]
        record["provenance"] = dict(self.provenance)
        if self.carried:
            record["carried"] = dict(self.carried)
        return record

    def to_json(self, indent: int | None = None) -> str:
        """The article as JSON, keys in contract order; one line unless ``indent`` is given."""
        if indent is None:
            return json.dumps(self.to_dict(), ensure_ascii=False)
        return indented(self.to_dict(), indent)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """The article of which ``to_dict`` gave the record.

        Raises:
            RecordError: the record is no article's, or of another schema version.
        """
        version = record.get("schema_version")
        if version != SCHEMA_VERSION:
            raise RecordError(
                f"schema_version is {version!r}; this version of cleaner reads {SCHEMA_VERSION}"
            )
        missing = [name for name in _ATTRIBUTES if name not in record]
        known = (*_ATTRIBUTES, *OPTIONAL, "schema_version")
        unknown = [name for name in record if name not in known]
        if missing or unknown:
            told = [f"{name} is missing" for name in missing]
            raise RecordError("; ".join(told + [f"{name} is unknown" for name in unknown]))
        values = {name: _plain(name, record[name]) for name in _ATTRIBUTES}
        values |= {name: _plain(name, record[name]) for name in OPTIONAL if name in record}
        values["blocks"] = _spans(Block, "blocks", record)
        values["fields"] = _spans(Field, "fields", record)
        values["removed"] = _spans(Removal, "removed", record)
        return cls(**values)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The article of which ``to_json`` gave the text.

        Raises:
            RecordError: it is not JSON, or no article's.
        """
        try:
            record = json.loads(text)
        except ValueError as error:
            raise RecordError(f"not JSON: {error}") from error
        if not isinstance(record, dict):
            raise RecordError(f"a JSON object is needed, not {type(record).__name__}")
        return cls.from_dict(record)

    def kept(self, original: str | bytes) -> tuple[Stretch, ...]:
        """The stretches of the text layer that the body was made of, as they stand there.

        What was taken out is in ``removed``, with its text.

        Args:
            original: the input, or its text layer.

        Raises:
            UsageError: the article was not made of it.
        """
        from cleaner.layer import layer_of
        from cleaner.report.spans import ledger

        text = layer_of(self, original)
        return tuple(
            Stretch(span.start, span.end, text[span.start : span.end])
            for span in ledger(self)
            if span.what == "body"
        )

    def explain(self, original: str | bytes, *, colour: bool = False) -> str:
        """The text layer with what was removed and found marked in it, as ``cleaner explain`` does.

        Args:
            original: the input, or its text layer.
            colour: whether to strike removals through with a terminal's codes.

        Raises:
            UsageError: the article was not made of it.
        """
        from cleaner.layer import layer_of
        from cleaner.report.explain import as_text

        return as_text(self, layer_of(self, original), colour)


OPTIONAL = ("carried",)
"""The keys of a record that are there only where they hold something."""
_ATTRIBUTES = tuple(f.name for f in fields(Article) if f.name not in ("schema_version", *OPTIONAL))
_TEXTS = ("id", "path", "format", "encoding", "body")
_LISTS = ("authors", "tags", "warnings")
_OBJECTS = ("blocks", "fields", "removed")


def _plain(name: str, value: Any) -> Any:
    """A record's value as the attribute of that name holds it."""
    if name in _OBJECTS:
        return value
    if name in _LISTS:
        fits = isinstance(value, list) and all(isinstance(v, str) for v in value)
        what = "a list of texts"
    elif name in ("provenance", "carried"):
        fits, what = isinstance(value, dict), "an object"
    elif name in _TEXTS:
        fits, what = isinstance(value, str), "a text"
    else:
        fits, what = value is None or isinstance(value, str), "a text or null"
    if not fits:
        raise RecordError(f"{name} must be {what}, not {value!r:.60}")
    return tuple(value) if name in _LISTS else value


def _spans(cls: type[Any], name: str, record: Mapping[str, Any]) -> tuple[Any, ...]:
    """The blocks, fields or removals of a record."""
    keys = {"from" if f.name == "origin" else f.name: f.name for f in fields(cls)}
    entries = record[name]
    if not isinstance(entries, list):
        raise RecordError(f"{name} must be a list, not {entries!r:.60}")
    for number, entry in enumerate(entries):
        if not isinstance(entry, dict) or entry.keys() != keys.keys():
            raise RecordError(f"{name}[{number}] must have the keys {', '.join(keys)}")
    return tuple(cls(**{keys[key]: value for key, value in entry.items()}) for entry in entries)
