"""Rule files from outside the package: a project's own, and those that other packages ship."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from importlib.metadata import entry_points
from pathlib import Path

from cleaner.errors import RuleError, UsageError
from cleaner.rules.load import parse_rules
from cleaner.rules.model import RuleFile

GROUP = "cleaner.rules"
"""The group of entry points by which a package offers rules: each names a package that holds rule
files."""


def read_rule_files(files: Iterable[Path]) -> tuple[RuleFile, ...]:
    """The rules of some files in the format of the built-in ones.

    Raises:
        RuleError: one cannot be read or breaks the format, or two define the same rule.
    """
    found: list[tuple[str, RuleFile]] = []
    for file in files:
        try:
            text = file.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise RuleError(f"{file}: not UTF-8; save it as UTF-8") from error
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise RuleError(f"{file} cannot be read: {reason}") from error
        found.append((str(file), parse_rules(text, str(file))))
    return _apart(found)


def plugin_files(names: Iterable[str]) -> tuple[RuleFile, ...]:
    """The rules that packages ship, in the order of the names of their entry points.

    Raises:
        UsageError: no installed package offers rules of that name.
        RuleError: a file breaks the format, or two define the same rule.
    """
    offered = entry_points(group=GROUP)
    found: list[tuple[str, RuleFile]] = []
    for name in sorted(set(names)):
        if name not in offered.names:
            known = (
                f"installed are {', '.join(sorted(offered.names))}" if offered else "there are none"
            )
            raise UsageError(f"no installed package offers rules named {name!r}; {known}")
        try:
            folder = resources.files(offered[name].load())
        except (ImportError, AttributeError, TypeError) as error:
            raise RuleError(f"the rules of {name!r} cannot be loaded: {error}") from error
        files = sorted(
            (f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name
        )
        if not files:
            raise RuleError(f"the package of {name!r} holds no rule files (*.toml)")
        found += [
            (f"{name}: {f.name}", parse_rules(f.read_text("utf-8"), f"{name}: {f.name}"))
            for f in files
        ]
    return _apart(found)


def _apart(files: list[tuple[str, RuleFile]]) -> tuple[RuleFile, ...]:
    """The files, none of which defines a rule of another."""
    seen: dict[str, str] = {}
    for name, file in files:
        for rule in file.rules:
            if rule.id in seen:
                raise RuleError(f"{name}: {rule.id} is defined in {seen[rule.id]} already")
            seen[rule.id] = name
    return tuple(file for _, file in files)
