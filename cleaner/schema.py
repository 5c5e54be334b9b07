"""The JSON Schema of the output, built from the contract in :mod:`cleaner.article`."""

from __future__ import annotations

import dataclasses
import json
import re
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from cleaner.article import OPTIONAL, SCHEMA_VERSION, Article, Block, Field, Removal

_PROVENANCE = ("cleaner", "rules", "model")
_ONLY_WHERE_GIVEN = ("templates",)
# What the types alone do not say.
_MORE: dict[str, dict[str, Any]] = {
    "id": {"pattern": "^[0-9a-f]{64}$"},
    "language": {"pattern": "^[a-z]{2}$"},
    "published": {"pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "start": {"minimum": 0},
    "end": {"minimum": 0},
    "confidence": {"minimum": 0, "maximum": 1},
}
_NOTES = {
    "schema_version": "version of this contract",
    "kind": "what sort it is",
    "name": "the field that the span states",
    "from": "where it was found: in the text, or in a sort of page metadata",
    "rule": "the public id of the rule that took the span out",
    "start": "first code point of the span in the text layer",
    "end": "code point after the last one of the span",
    "text": "the span as it stands in the text layer",
    "confidence": "how sure the removal is",
}


def schema() -> dict[str, Any]:
    """The schema, JSON Schema 2020-12: every article that is written is valid against it."""
    described = _attributes()
    properties: dict[str, Any] = {
        "schema_version": {"description": _NOTES["schema_version"], "const": SCHEMA_VERSION}
    }
    hints = get_type_hints(Article)
    for field in dataclasses.fields(Article):
        if field.name != "schema_version":
            properties[field.name] = {
                "description": described[field.name],
                **_of(field.name, hints[field.name]),
            }
    properties["provenance"] |= _object(
        {name: {"type": ["string", "null"]} for name in (*_PROVENANCE, *_ONLY_WHERE_GIVEN)}
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Cleaned article, schema version {SCHEMA_VERSION}",
        "description": "Offsets count code points of the text layer and are half open.",
        **_object(properties),
        "$defs": {_reference(cls): _definition(cls) for cls in (Block, Field, Removal)},
    }


def schema_text() -> str:
    """The schema as it is printed and committed."""
    return json.dumps(schema(), indent=2) + "\n"


def _definition(cls: type) -> dict[str, Any]:
    hints = get_type_hints(cls)
    properties: dict[str, Any] = {}
    for field in dataclasses.fields(cls):
        name = "from" if field.name == "origin" else field.name
        properties[name] = {"description": _NOTES[name], **_of(name, hints[field.name])}
    definition = _object(properties)
    if cls is Field:
        # Both ends are known, or neither: then only the page's metadata says it.
        definition["oneOf"] = [
            {"properties": {"start": {"type": sort}, "end": {"type": sort}}}
            for sort in ("integer", "null")
        ]
    return definition


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [n for n in properties if n not in (*OPTIONAL, *_ONLY_WHERE_GIVEN)],
        "additionalProperties": False,
    }


def _of(name: str, hint: Any) -> dict[str, Any]:
    """The schema of a value of a type."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple:
        return {"type": "array", "items": _of("", args[0])}
    if origin is UnionType and NoneType in args:
        (plain,) = (a for a in args if a is not NoneType)
        return {"type": [_of("", plain)["type"], "null"], **_MORE.get(name, {})}
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return {"$ref": f"#/$defs/{_reference(hint)}"}
    sorts = {str: "string", int: "integer", float: "number"}
    return {"type": sorts.get(hint, "object"), **_MORE.get(name, {})}


def _reference(cls: type) -> str:
    return cls.__name__.lower()


def _attributes() -> dict[str, str]:
    """What the docstring of :class:`Article` says of each attribute."""
    listed = (Article.__doc__ or "").partition("Attributes:")[2]
    entries = re.findall(r"^ {8}(\w+): (.+(?:\n {12,}.+)*)", listed, re.MULTILINE)
    described = {
        name: " ".join(text.split()).rstrip(".").replace("``", "").replace("None", "null")
        for name, text in entries
    }
    # Docstrings are gone under `python -OO`; the schema is valid without them.
    return {f.name: described.get(f.name, "") for f in dataclasses.fields(Article)}
