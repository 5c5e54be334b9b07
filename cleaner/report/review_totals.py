"""The totals of a run, counted while its articles go by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from cleaner.article import KINDS, Article
from cleaner.report.spans import ledger

BARS = 20
"""The bars of the histogram of removed shares."""
_ROWS = 300
"""The most rows of a table; the rest is summed up."""
_NAMED = 50
"""So many records that could not be read are named."""


class Counts:
    """What the spans of one article come to, in characters of its text layer.

    Attributes:
        kept: what the body was made of.
        removed: what was taken out.
        seen: both, and fields.
    """

    def __init__(self, article: Article) -> None:
        self.kept = self.removed = self.seen = 0
        for span in ledger(article):
            size = max(0, span.end - span.start)
            self.seen += size
            self.kept += size if span.what == "body" else 0
            self.removed += size if span.what == "removed" else 0

    @property
    def share(self) -> float:
        """The share that was removed, 0 to 1."""
        return self.removed / self.seen if self.seen else 0.0


class Totals:
    """What all articles of a run come to. It keeps counts alone."""

    def __init__(self) -> None:
        self.articles = 0
        self.problems: Counter[str] = Counter()
        self._named: list[list[str]] = []
        self._sums: Counter[str] = Counter()
        self._warnings: Counter[str] = Counter()
        self._made: Counter[tuple[str, ...]] = Counter()
        self._shares = [0] * (BARS + 1)
        self._kinds: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        self._rules: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        self._groups: dict[str, defaultdict[str | None, list[int]]] = {
            "sources": defaultdict(lambda: [0, 0, 0, 0]),
            "languages": defaultdict(lambda: [0, 0, 0, 0]),
        }

    def add(self, article: Article, counts: Counts) -> None:
        """Count an article."""
        self.articles += 1
        self._sums.update(
            kept=counts.kept,
            removed=counts.removed,
            seen=counts.seen,
            removals=len(article.removed),
            untouched=not article.removed,
            empty=not article.body,
            untitled=article.title is None,
            warned=bool(article.warnings),
        )
        self._sums[article.format] += 1
        self._warnings.update({warning.partition(":")[0] for warning in article.warnings})
        made = tuple(str(article.provenance.get(n) or "") for n in ("cleaner", "rules", "model"))
        self._made[made] += 1
        # What is untouched has a bar of its own: it is another thing than a little removed.
        self._shares[1 + min(int(counts.share * BARS), BARS - 1) if article.removed else 0] += 1
        for group, name in (("sources", article.source), ("languages", article.language)):
            row = self._groups[group][name]
            for n, value in enumerate((1, counts.seen, counts.removed, article.title is None)):
                row[n] += value
        seen: set[str | tuple[str, str]] = set()
        for gone in article.removed:
            size = gone.end - gone.start
            rule = (gone.kind, gone.rule)
            for row, key in ((self._kinds[gone.kind], gone.kind), (self._rules[rule], rule)):
                row[0] += 1
                row[1] += size
                row[2] += key not in seen
                seen.add(key)

    def problem(self, name: str, error: Exception) -> None:
        """Count a record of which no article could be made."""
        self.problems[getattr(error, "name", "error")] += 1
        if len(self._named) < _NAMED:
            self._named.append([name, str(error)])

    def to_dict(self) -> dict[str, Any]:
        """The totals as plain JSON values; tables as rows, the largest first."""
        order: dict[str, int] = {kind: number for number, kind in enumerate(KINDS)}
        kinds = sorted(self._kinds.items(), key=lambda k: (-k[1][1], order.get(k[0], len(order))))
        rules = sorted(self._rules.items(), key=lambda r: (-r[1][1], r[0]))
        return {
            "articles": self.articles,
            "problems": self.problems.total(),
            "named": self._named,
            **{name: self._sums[name] for name in _SUMS},
            "warnings": sorted(self._warnings.items()),
            "made": [[*made, count] for made, count in self._made.most_common(10)],
            "shares": self._shares,
            "kinds": _rows(([kind], row) for kind, row in kinds),
            "rules": _rows(([kind, rule], row) for (kind, rule), row in rules),
            **{group: _rows(_by_articles(rows)) for group, rows in self._groups.items()},
        }


_SUMS = (
    *("kept", "removed", "seen", "removals", "untouched", "empty", "untitled", "warned"),
    *("text", "html"),
)


def _by_articles(rows: dict[str | None, list[int]]) -> Iterable[tuple[list[str | None], list[int]]]:
    ordered = sorted(rows.items(), key=lambda r: (-r[1][0], r[0] is None, r[0] or ""))
    return (([name], row) for name, row in ordered)


def _rows(found: Iterable[tuple[list[Any], list[int]]]) -> dict[str, Any]:
    """The first rows, and what all others come to."""
    rows: list[list[Any]] = []
    rest: list[int] = []
    left = 0
    for names, row in found:
        if len(rows) < _ROWS:
            rows.append([*names, *row])
        else:
            left += 1
            rest = [a + b for a, b in zip(rest or [0] * len(row), row, strict=True)]
    return {"rows": rows, "left": left, "rest": rest}
