"""Which articles are shown in full: outliers first, then an even sample. Only places are kept."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner.article import Article
from cleaner.report.review_records import Place

PAGE = 80_000_000
"""About so many characters of articles a browser still opens with ease."""
LONGEST = 200_000
"""So many characters of one article are shown."""
_PER_SPAN = 12
"""What a span adds to the page besides its text, in characters."""
_REASONS = 24
"""So many sorts of outliers are told apart."""
_GOLDEN = 0x9E3779B97F4A7C15
"""The golden ratio's fraction, in 64 bits."""


@dataclass(order=True, frozen=True, slots=True)
class _Entry:
    rank: tuple[float, float]
    number: int
    place: Place = field(compare=False)
    size: int = field(compare=False)


class _Highest:
    """The entries of the highest rank, at most so many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._heap: list[_Entry] = []

    def add(self, entry: _Entry) -> None:
        if len(self._heap) < self._most:
            heapq.heappush(self._heap, entry)
        else:
            heapq.heappushpop(self._heap, entry)

    def __iter__(self) -> Iterator[_Entry]:
        return iter(sorted(self._heap, reverse=True))


class Choice:
    """Chooses articles while they go by.

    Half of those shown are outliers at most, each sort of them in turn; the others are spread
    evenly over the run. The same articles give the same choice.

    Args:
        most: so many are shown at most.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._count = 0
        self._sample = _Highest(most)
        self._outliers: dict[str, _Highest] = {}

    def add(self, place: Place, article: Article, removed: float) -> None:
        """Consider an article.

        Args:
            place: where its record stands.
            article: the article.
            removed: the share of it that was taken out.
        """
        number, self._count = self._count, self._count + 1
        spread = -_spread(number)
        size = _size(article)
        self._sample.add(_Entry((spread, 0), number, place, size))
        entry = _Entry((removed, spread), number, place, size)
        for reason in reasons(article, removed):
            if reason not in self._outliers:
                if len(self._outliers) == _REASONS:
                    continue
                self._outliers[reason] = _Highest(max(1, self.most // 8))
            self._outliers[reason].add(entry)

    def chosen(self) -> list[Place]:
        """The places of the articles that are shown, in the order of the run."""
        taken: dict[int, Place] = {}
        room = PAGE
        for entry in self._in_turn():
            if len(taken) == self.most or (entry.size > room and taken):
                break
            if entry.number not in taken:
                taken[entry.number] = entry.place
                room -= entry.size
        return [place for _, place in sorted(taken.items(), key=lambda item: item[0])]

    def _in_turn(self) -> Iterator[_Entry]:
        """Outliers, a sort after the other, up to half of all; then the sample."""
        seen: set[int] = set()
        sorts = [iter(highest) for highest in self._outliers.values()]
        while sorts and len(seen) < self.most // 2:
            entry = next(sorts[0], None)
            if entry is None:
                del sorts[0]
                continue
            sorts.append(sorts.pop(0))
            seen.add(entry.number)
            yield entry
        yield from self._sample


def reasons(article: Article, removed: float) -> Iterator[str]:
    """Why an article is worth looking at."""
    if not article.body:
        yield "empty body"
    for warning in article.warnings:
        yield f"warning {warning.partition(':')[0]}"
    if removed > 0:
        yield "removed"
    if article.title is None:
        yield "no title"


def _spread(number: int) -> float:
    """A share from 0 to 1; the numbers that get less than a bound lie evenly among all.

    Steps of the golden ratio keep no time with anything: pairs of a text and its page, say.
    """
    return number * _GOLDEN % (1 << 64) / (1 << 64)


def _size(article: Article) -> int:
    spans = len(article.blocks) + len(article.fields) + len(article.removed)
    text = len(article.body) + sum(len(gone.text) for gone in article.removed)
    return min(text, LONGEST) + _PER_SPAN * spans
