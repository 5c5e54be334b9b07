"""The summary of a run: a row per article, or totals where rows would be too many to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.article import KINDS, Article
from cleaner.report import terminal
from cleaner.report.spans import kept_and_seen, percent

ROWS = 30
"""With more articles than this, only totals are shown."""
_TITLE = 24
"""The least width of a title that is cut."""
_HEAD = ("article", "title", "source", "kept", "removed")


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    title: str
    source: str
    kept: str
    removed: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the summary says of an article.

    Attributes:
        path: of the article.
        title: its title, or None.
        source: its source, or None.
        language: its language, or None.
        kept: how many characters the body kept.
        seen: how many there were besides the space between.
        kinds: how many removals there are of each kind.
        warnings: names of its warnings.
    """

    path: str
    title: str | None
    source: str | None
    language: str | None
    kept: int
    seen: int
    kinds: Mapping[str, int]
    warnings: Sequence[str]

    @classmethod
    def of(cls, article: Article) -> Facts:
        """What the summary says of an article."""
        kept, seen = kept_and_seen(article)
        return cls(
            path=article.path,
            title=article.title,
            source=article.source,
            language=article.language,
            kept=kept,
            seen=seen,
            kinds=dict(Counter(r.kind for r in article.removed)),
            warnings=[w.partition(":")[0] for w in article.warnings],
        )

    def to_dict(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        # Many times as fast as `asdict`, which copies all that is in it.
        return {name: getattr(self, name) for name in self.__slots__}


class Summary:
    """What a run did. It keeps counts, and rows only for the first few articles.

    Attributes:
        articles: so many were written.
        problems: the inputs that no article could be made of, by the name of the problem.
        passed: how many bytes of the inputs, as they lie on the disk, are dealt with.
    """

    def __init__(self) -> None:
        self.passed = 0
        self.articles = 0
        self.problems: Counter[str] = Counter()
        self._rows: list[_Row] = []
        self._kept = self._seen = self._changed = 0
        self._kinds: Counter[str] = Counter()
        self._missing: Counter[str] = Counter()
        self._warnings: Counter[str] = Counter()

    def add(self, facts: Facts) -> None:
        """Count an article that was written."""
        self.articles += 1
        self._kept += facts.kept
        self._seen += facts.seen
        self._changed += bool(facts.kinds)
        self._kinds.update(facts.kinds)
        self._missing.update(
            name for name in ("title", "source", "language") if getattr(facts, name) is None
        )
        self._warnings.update(facts.warnings)
        if self.articles <= ROWS:
            self._rows.append(
                _Row(
                    terminal.one_line(facts.path),
                    terminal.one_line(facts.title or "-"),
                    terminal.one_line(facts.source or "-"),
                    percent(facts.kept, facts.seen),
                    _by_kind(facts.kinds),
                )
            )
        else:
            self._rows.clear()

    @property
    def kept_share(self) -> float:
        """How much of all characters the bodies kept, 0 to 1."""
        return self._kept / self._seen if self._seen else 1.0

    def problem(self, name: str) -> None:
        """Count an input that no article could be made of."""
        self.problems[name] += 1

    def text(self, width: int) -> str:
        """The summary, titles cut so that a line fits ``width`` columns where it can."""
        lines = self._table(width) if self._rows else []
        total = f"{_count(self.articles, 'article')} cleaned"
        if self.articles:
            total += f", {percent(self._kept, self._seen)} of {self._seen:,} characters kept"
        lines.append(total)
        if self.articles > ROWS:
            lines.append(f"with something removed: {self._changed:,}")
            lines.append(f"removals: {_by_kind(self._kinds) or 'none'}")
            lines += [f"without {name}: {count:,}" for name, count in self._missing.items()]
        lines += [f"warning {name}: {count:,}" for name, count in sorted(self._warnings.items())]
        if self.problems:
            names = ", ".join(f"{name} {count:,}" for name, count in sorted(self.problems.items()))
            lines.append(f"{_count(self.problems.total(), 'input')} not cleaned: {names}")
        return "\n".join(lines)

    def _table(self, width: int) -> list[str]:
        cells = [_HEAD] + [(r.name, r.title, r.source, r.kept, r.removed) for r in self._rows]
        longest = [max(terminal.columns(row[n]) for row in cells) for n in range(len(_HEAD))]
        # The title gives way; what was removed is never cut.
        sizes = [min(longest[0], 32), 0, min(longest[2], 20), longest[3]]
        room = width - sum(sizes) - longest[4] - 2 * len(sizes)
        sizes[1] = min(longest[1], max(_TITLE, room))
        table = []
        for number, row in enumerate(cells):
            fitted = [terminal.fit(cell, size) for cell, size in zip(row, sizes, strict=False)]
            if number:
                fitted[3] = row[3].rjust(sizes[3])
            table.append("  ".join([*fitted, row[4]]).rstrip())
        return [*table, ""]


def _by_kind(kinds: Mapping[str, int]) -> str:
    """Kinds with their numbers, in the contract's order."""
    return ", ".join(f"{kind} {kinds[kind]:,}" for kind in KINDS if kinds.get(kind))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
