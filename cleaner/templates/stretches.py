"""Repeated stretches in text without line breaks: where runs of words that many articles have begin
and end.

What follows a repeated stretch differs from article to article, so the number of articles that have
a run of words falls where the stretch ends. The runs are the k-grams of winnowing (Schleimer,
Wilkerson & Aiken, "Winnowing: local algorithms for document fingerprinting", 2003), all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cleaner.templates.find import may_begin, may_end, plain_numbers
from cleaner.templates.units import GRAM, Unit, key_of

_LEVEL = 0.85
"""A stretch goes on while its runs are in so many of the articles that its commonest run is in."""


def gram_counts(articles: Sequence[Sequence[Unit]]) -> Counter[int]:
    """In how many articles each run of words is."""
    counts: Counter[int] = Counter()
    for units in articles:
        counts.update({gram for unit in units if unit.marks for gram in unit.grams})
    return counts


def stretches(unit: Unit, counts: Counter[int], least: int) -> Iterator[tuple[int, int, int]]:
    """First word, the one after the last, and key of each stretch that may be a part of its own.

    Args:
        unit: of an endless block.
        counts: in how many articles each run of words is.
        least: articles that a run must be in.
    """
    if len(unit.marks) < GRAM:
        return
    often = [counts[gram] for gram in unit.grams]
    waiting = list(_runs(often, 0, len(often), least))
    while waiting:
        first, last = waiting.pop()
        top = max(often[first:last])
        level = [*_runs(often, first, last, max(least, int(_LEVEL * top)))]
        free = first
        for a, b in level:
            waiting += _rest(free, a - GRAM + 1)
            end = b + GRAM - 1
            # A range that ends inside a sentence is a name or a phrase of the language.
            if may_begin(unit, a) and may_end(unit, end) and plain_numbers(unit, a, end):
                yield a, end, key_of(unit.grams[a:b], end - a)
            free = end
        waiting += _rest(free, last)


def _rest(first: int, last: int) -> list[tuple[int, int]]:
    return [(first, last)] if first < last else []


def _runs(often: Sequence[int], first: int, last: int, least: int) -> Iterator[tuple[int, int]]:
    """The longest ranges of runs that are in so many articles."""
    start = -1
    for n in range(first, last + 1):
        hot = n < last and often[n] >= least
        if hot and start < 0:
            start = n
        elif not hot and start >= 0:
            yield start, n
            start = -1
