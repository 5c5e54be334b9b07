"""Configuration files: finding the nearest, reading it, naming the line of a mistake."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.config import NAMES, checked, nearest
from cleaner.errors import ConfigError

OWN = "cleaner.toml"
SHARED = "pyproject.toml"
_TABLE = ("tool", "cleaner")
_PATHS = ("rules", "model", "page_model", "templates")
_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]{1,200}?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*="
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting in a file: its value, and the line on which it stands."""

    value: Any
    file: Path
    line: int

    @property
    def origin(self) -> str:
        """Where it stands, for people and editors."""
        return f"{self.file}:{self.line}"


def find(start: Path) -> Path | None:
    """The nearest configuration file, from a directory upwards.

    In each directory ``cleaner.toml`` goes before ``pyproject.toml``, which counts where it has a
    table ``[tool.cleaner]``.

    Raises:
        ConfigError: a ``pyproject.toml`` on the way is not TOML.
    """
    place = start.resolve()
    for folder in (place, *place.parents):
        if (folder / OWN).is_file():
            return folder / OWN
        if (folder / SHARED).is_file() and _table(
            folder / SHARED, _toml(folder / SHARED)
        ) is not None:
            return folder / SHARED
    return None


def read(file: Path) -> dict[str, Setting]:
    """The settings of a file by the attributes of :class:`cleaner.Config`.

    Paths in it count from where it lies.

    Raises:
        ConfigError: it cannot be read, is not TOML, or has an unknown setting or a wrong value.
    """
    data = _toml(file)
    table = _table(file, data)
    if table is None:
        raise ConfigError(f"{file}: there is no table [tool.cleaner] in it")
    text = file.read_text("utf-8")
    prefix = () if file.name != SHARED else _TABLE
    settings: dict[str, Setting] = {}
    for key, value in table.items():
        line = line_of(text, (*prefix, key))
        if key not in NAMES:
            raise ConfigError(f"{file}:{line}: unknown setting {key!r}; {nearest(key, NAMES)}")
        name = key.replace("-", "_")
        try:
            value = checked(name, value)
        except ConfigError as error:
            raise ConfigError(f"{file}:{line}: {error}") from error
        if name in _PATHS:
            value = _placed(file.parent, value)
        settings[name] = Setting(value, file, line)
    return settings


def line_of(text: str, path: tuple[str, ...]) -> int:
    """The line, from 1, on which a key of a TOML file stands, or the table that holds it."""
    table: tuple[str, ...] = ()
    nearest_line, depth = 1, 0
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header is not None:
            table = _parts(header[1])
            here = table
        elif key is not None:
            here = (*table, *_parts(key[1]))
        else:
            continue
        if here == path:
            return number
        # An inline table holds its keys on its own line.
        if path[: len(here)] == here and len(here) > depth:
            nearest_line, depth = number, len(here)
    return nearest_line


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8; save it as UTF-8") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(f"{file} cannot be read: {reason}") from error


def _table(file: Path, data: dict[str, Any]) -> dict[str, Any] | None:
    """The table of the settings: all of a file of our own, one of a shared one."""
    if file.name != SHARED:
        return data
    tool = data.get(_TABLE[0], {})
    table = tool.get(_TABLE[1]) if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        line = line_of(file.read_text("utf-8"), _TABLE)
        raise ConfigError(f"{file}:{line}: tool.cleaner must be a table, such as [tool.cleaner]")
    return table


def _placed(folder: Path, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(folder / v for v in value)
    return folder / value if value is not None else None
