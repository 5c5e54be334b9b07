"""What an evaluation found, as a table for people and as JSON for programs."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from cleaner.errors import UsageError
from cleaner.judge.training.figures import Figures, Score, Titles
from cleaner.judge.training.reliability import Bin

Table = Mapping[tuple[str, str], Figures]
"""Figures by set and view, language or type of page."""
_HEAD = ("texts", "before", "precision", "recall", "f1", "change", "worse", "untouched")


@dataclass(frozen=True, slots=True)
class Worst:
    """A page that came out badly, and how good it was before and after."""

    page: str
    before: Score
    after: Score


@dataclass(slots=True)
class Report:
    """The figures of an evaluation.

    Attributes:
        views: by set and view.
        articles: the same of the pages that are articles.
        titles: what was found of the titles of articles, by set and view.
        languages: by set and language, of one flattened view.
        kinds: by set and type of page, of the same view, where there are several.
        covered: the share of each page's visible characters that its text layer holds.
        unaccounted: characters in all that the ledger holds nowhere or twice.
        heavy: texts of which a removal was too heavy to be made.
        reliability: what came of removals, by how sure they were.
        worst: by set and view, the articles that came out worst.
    """

    views: Table
    articles: Table
    languages: Table
    unaccounted: int
    heavy: int
    reliability: Sequence[Bin] = field(default_factory=list)
    kinds: Table = field(default_factory=dict)
    covered: Sequence[float] = ()
    titles: Mapping[tuple[str, str], Titles] = field(default_factory=dict)
    worst: Mapping[tuple[str, str], Sequence[Worst]] = field(default_factory=dict)

    def text(self) -> str:
        """Tables for a terminal."""
        parts = [
            _table("articles", self.articles),
            _table("all pages", self.views),
            _titles(self.titles),
            _table("articles, by language", self.languages),
            _table("by type of page", self.kinds),
            _bins(self.reliability),
            *(_worst("/".join(key), pages) for key, pages in self.worst.items()),
            f"characters unaccounted for: {self.unaccounted}; heavy removals: {self.heavy}",
        ]
        if self.covered:
            middle, least = statistics.median(self.covered), min(self.covered)
            parts.append(f"visible text in the text layer: median {middle:.4f}, least {least:.4f}")
        return "\n\n".join(p for p in parts if p) + "\n"

    def as_json(self) -> str:
        """The same for programs; keys are SET/VIEW and SET/LANGUAGE."""
        record: dict[str, Any] = {
            name: {"/".join(key): f.rounded() for key, f in table.items()}
            for name, table in (
                ("articles", self.articles),
                ("views", self.views),
                ("languages", self.languages),
                ("kinds", self.kinds),
            )
        }
        record["titles"] = {"/".join(key): t.rounded() for key, t in self.titles.items()}
        record["reliability"] = [b.rounded() for b in self.reliability]
        record |= {"unaccounted": self.unaccounted, "heavy": self.heavy}
        if self.worst:
            record["worst"] = {
                "/".join(key): [
                    {"id": w.page, "before": _rounded(w.before), "after": _rounded(w.after)}
                    for w in pages
                ]
                for key, pages in self.worst.items()
            }
        if self.covered:
            record["covered"] = {
                "median": round(statistics.median(self.covered), 4),
                "least": round(min(self.covered), 4),
            }
        return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def _table(title: str, table: Table) -> str:
    if not table:
        return ""
    width = max(len(title), *(len("/".join(key)) for key in table))
    lines = [title.ljust(width) + "".join(name.rjust(10) for name in _HEAD)]
    for key, found in table.items():
        row = found.rounded()
        cells = [
            f"{row[n]:10d}"
            if n == "texts"
            else f"{row[n]:+10.4f}"
            if n == "change"
            else f"{row[n]:10.4f}"
            for n in _HEAD
        ]
        lines.append("/".join(key).ljust(width) + "".join(cells))
    return "\n".join(lines)


def _titles(found: Mapping[tuple[str, str], Titles]) -> str:
    if not found:
        return ""
    width = max(len("titles of articles"), *(len("/".join(key)) for key in found))
    lines = ["titles of articles".ljust(width) + "     texts     right     wrong"]
    for key, t in found.items():
        lines.append("/".join(key).ljust(width) + f"{t.texts:10d}{t.right:10.4f}{t.wrong:10.4f}")
    return "\n".join(lines)


def _bins(bins: Sequence[Bin]) -> str:
    if not bins:
        return ""
    lines = ["confidence of removals   stated    true     words"]
    lines += [
        f"{b.low:.2f} to {b.high:.2f}            {b.stated:9.3f}{b.true:8.3f}{b.words:10d}"
        for b in bins
    ]
    return "\n".join(lines)


def _worst(title: str, pages: Sequence[Worst]) -> str:
    width = max(len(title) + 7, *(len(w.page) for w in pages))
    lines = [f"worst: {title}".ljust(width) + "    before precision    recall        f1"]
    for w in pages:
        figures = (w.before.f1, w.after.precision, w.after.recall, w.after.f1)
        lines.append(w.page.ljust(width) + "".join(f"{f:10.4f}" for f in figures))
    return "\n".join(lines)


def _rounded(score: Score) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(score).items()}


HIGHER_IS_BETTER = ("f1", "recall", "untouched", "right")
"""The figures that a floor holds."""
_ROUNDING = 1e-4


def below(report: Report, floor: str) -> list[str]:
    """What a floor asks for and the report does not reach.

    Args:
        report: what was measured.
        floor: JSON, as :meth:`Report.as_json` writes it; only the figures of articles count, and
            those of their titles.

    Raises:
        UsageError: it is no such JSON.
    """
    try:
        record = json.loads(floor)
        asked = {"articles": record["articles"], "titles": record.get("titles", {})}
        reached = json.loads(report.as_json())
        return [
            f"{key}: {name} {found.get(name, 0):.4f}, at least {figures[name]:.4f}"
            for table in asked
            for key, figures in asked[table].items()
            for found in (reached[table].get(key, {}),)
            for name in HIGHER_IS_BETTER
            if name in figures and found.get(name, 0) < figures[name] - _ROUNDING
        ] + [
            f"{key}: wrong titles {found.get('wrong', 1):.4f}, at most {figures['wrong']:.4f}"
            for key, figures in asked["titles"].items()
            for found in (reached["titles"].get(key, {}),)
            if "wrong" in figures and found.get("wrong", 1) > figures["wrong"] + _ROUNDING
        ]
    except (ValueError, KeyError, AttributeError) as error:
        raise UsageError(f"the floor holds no figures as --json writes them: {error}") from error
