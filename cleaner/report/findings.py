"""Findings as people, editors and code hosts read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import PurePath
from typing import Protocol
from urllib.parse import quote

from cleaner.check import Finding
from cleaner.config import OutputFormat
from cleaner.judge import WHY
from cleaner.report.terminal import one_line
from cleaner.rules import RuleBook

_SHOWN = 60
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


class Format(Protocol):
    """How findings are printed: what stands before, for each, and after."""

    def head(self) -> str:
        """What stands before the first finding."""

    def one(self, finding: Finding) -> str:
        """A finding."""

    def foot(self) -> str:
        """What stands after the last."""


def format_of(name: OutputFormat, book: RuleBook, version: str) -> Format:
    """The format of that name.

    Args:
        name: the format.
        book: the rules, which say why.
        version: of the program.
    """
    if name == "sarif":
        return _Sarif(book, version)
    formats: dict[str, type[Format]] = {"concise": _Concise, "json": _Json, "github": _Github}
    return formats[name]()


class _Concise:
    def head(self) -> str:
        return ""

    def one(self, finding: Finding) -> str:
        return f"{_where(finding)}: {finding.kind} {finding.rule} {_quoted(finding)}\n"

    def foot(self) -> str:
        return ""


class _Json:
    """A list of objects, one to a line."""

    def __init__(self) -> None:
        self._before = "[\n  "

    def head(self) -> str:
        return ""

    def one(self, finding: Finding) -> str:
        before, self._before = self._before, ",\n  "
        return before + json.dumps(asdict(finding), ensure_ascii=False)

    def foot(self) -> str:
        return "[]\n" if self._before.startswith("[") else "\n]\n"


class _Github:
    """Workflow commands of GitHub Actions, which mark the lines of a pull request."""

    def head(self) -> str:
        return ""

    def one(self, finding: Finding) -> str:
        place = {
            "file": finding.path,
            "line": finding.line,
            "col": finding.column,
            "endLine": finding.end_line,
            "endColumn": finding.end_column,
            "title": f"cleaner {finding.rule}",
        }
        values = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
        return f"::error {values}::{_data(f'{finding.kind} {_quoted(finding)}')}\n"

    def foot(self) -> str:
        return ""


class _Sarif:
    """SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format", 2020), one run."""

    def __init__(self, book: RuleBook, version: str) -> None:
        self._book = book
        self._version = version
        self._rules: dict[str, int] = {}
        self._before = ""

    def head(self) -> str:
        start = {"$schema": _SARIF, "version": "2.1.0"}
        return (
            f'{json.dumps(start)[:-1]}, "runs": [{{"columnKind": "unicodeCodePoints", "results": ['
        )

    def one(self, finding: Finding) -> str:
        number = self._rules.setdefault(finding.rule, len(self._rules))
        result = {
            "ruleId": finding.rule,
            "ruleIndex": number,
            "level": "warning",
            "message": {"text": f"{finding.kind}: {_quoted(finding)}"},
            "locations": [{"physicalLocation": _location(finding)}],
            "properties": {"kind": finding.kind, "confidence": finding.confidence},
        }
        before, self._before = self._before, ","
        return f"{before}\n{json.dumps(result, ensure_ascii=False)}"

    def foot(self) -> str:
        driver = {
            "name": "cleaner",
            "version": self._version,
            "rules": [
                {"id": rule, "shortDescription": {"text": self._why(rule)}} for rule in self._rules
            ],
        }
        return f'], "tool": {json.dumps({"driver": driver}, ensure_ascii=False)}}}]}}\n'

    def _why(self, rule: str) -> str:
        known = self._book.by_id.get(rule)
        return (
            known.why if known is not None else WHY.get(rule, "Found by a stage of the caller's.")
        )


def _location(finding: Finding) -> dict[str, object]:
    path = PurePath(finding.path)
    address = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    return {
        "artifactLocation": {"uri": address},
        "region": {
            "startLine": finding.line,
            "startColumn": finding.column,
            "endLine": finding.end_line,
            "endColumn": finding.end_column,
        },
    }


def _where(finding: Finding) -> str:
    return f"{one_line(finding.path)}:{finding.line}:{finding.column}"


def _quoted(finding: Finding) -> str:
    text = one_line(finding.text)
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return json.dumps(shown, ensure_ascii=False)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def lines(form: Format, found: Iterator[Finding]) -> Iterator[str]:
    """All findings as they are printed, each when it is found."""
    yield form.head()
    for finding in found:
        yield form.one(finding)
    yield form.foot()
