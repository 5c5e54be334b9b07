"""The settings for people and for editors: what is in force and why, and the file's schema."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.config import Config
from cleaner.config_file import find, read

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class InForce:
    """A setting as it is in force.

    Attributes:
        name: as files have it.
        value: as files would have it; None where nothing is set.
        origin: the file and line that set it, or ``default``.
    """

    name: str
    value: Any
    origin: str


def in_force(file: Path | None = None, isolated: bool = False) -> list[InForce]:
    """All settings in force in the working directory.

    Raises:
        ConfigError: the file has a mistake in it.
    """
    found = None if isolated else file if file is not None else find(Path.cwd())
    read_from = read(found) if found is not None else {}
    config = Config(**{name: setting.value for name, setting in read_from.items()})
    return [
        InForce(
            setting.name.replace("_", "-"),
            _plain(getattr(config, setting.name)),
            read_from[setting.name].origin if setting.name in read_from else DEFAULT,
        )
        for setting in dataclasses.fields(Config)
    ]


def as_text(settings: list[InForce]) -> str:
    """Settings as a file would have them, each with where it comes from."""
    rows = [
        (f"{s.name} = {json.dumps(s.value, ensure_ascii=False)}", s.origin)
        if s.value is not None
        else (f"# {s.name} is not set", "")
        for s in settings
    ]
    size = max(len(row) for row, _ in rows)
    return "".join(
        f"{row.ljust(size)}  # {origin}\n" if origin else f"{row}\n" for row, origin in rows
    )


def as_json(settings: list[InForce]) -> str:
    """Settings as JSON: by name, the value and where it comes from."""
    record = {s.name: {"value": s.value, "origin": s.origin} for s in settings}
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def schema_text() -> str:
    """The JSON Schema (2020-12) of a configuration file, or of the table ``[tool.cleaner]``."""
    described = _attributes()
    properties: dict[str, dict[str, Any]] = {}
    for setting in dataclasses.fields(Config):
        entry = {"description": described.get(setting.name, ""), **_sort(setting)}
        default = _plain(setting.default)
        properties[setting.name.replace("_", "-")] = (
            entry if default is None else {**entry, "default": default}
        )
    record = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of cleaner",
        "description": "All of cleaner.toml, or the table [tool.cleaner] of pyproject.toml.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }
    return json.dumps(record, indent=2) + "\n"


def _sort(setting: dataclasses.Field[Any]) -> dict[str, Any]:
    if "one_of" in setting.metadata:
        return {"enum": list(setting.metadata["one_of"])}
    if "least" in setting.metadata:
        return {"type": "integer", "minimum": setting.metadata["least"]}
    if "tuple" in str(setting.type):
        return {"type": "array", "items": {"type": "string", "minLength": 1}}
    return {"type": "string", "minLength": 1}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [str(v) for v in value]
    return str(value) if isinstance(value, Path) else value


def _attributes() -> dict[str, str]:
    """What the docstring of :class:`Config` says of each setting."""
    listed = (Config.__doc__ or "").partition("Attributes:")[2]
    entries = re.findall(r"^ {8}(\w+): (.+(?:\n {12,}.+)*)", listed, re.MULTILINE)
    return {name: " ".join(text.split()).rstrip(".") for name, text in entries}
