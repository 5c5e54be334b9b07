"""Reliability: of removals that were said to be so and so sure, how many were right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from cleaner.article import Article
from cleaner.judge.training.labels import content_share, word_list

_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.001)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A removal: how sure it was, how many words it took, how many of them rightly."""

    confidence: float
    words: int
    right: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Removals whose confidence lies between two bounds.

    Attributes:
        low: the lower bound.
        high: the upper bound.
        stated: their mean confidence, each word counted.
        true: the share of their words that are none of the article's.
        words: how many words they took.
    """

    low: float
    high: float
    stated: float
    true: float
    words: int

    def rounded(self) -> dict[str, float]:
        """For JSON."""
        return {k: round(v, 4) for k, v in asdict(self).items()}


def weigh(article: Article, text: str, body: str) -> list[Weighed]:
    """The removals of an article against the gold body."""
    spans = sorted(
        [(r.start, r.end, r.confidence) for r in article.removed]
        + [(b.start, b.end, -1.0) for b in article.blocks]
    )
    # A removal inside a block is inline: words of the block itself are aligned once.
    pieces = [s for n, s in enumerate(spans) if n == 0 or s[0] >= spans[n - 1][1]]
    shares = content_share([text[start:end] for start, end, _ in pieces], body)
    return [
        Weighed(sure, words, words * (1 - share))
        for (start, end, sure), share in zip(pieces, shares, strict=True)
        if sure >= 0 and (words := len(word_list(text[start:end])))
    ]


def bins(removals: Iterable[Weighed]) -> Sequence[Bin]:
    """The reliability curve."""
    groups: list[list[Weighed]] = [[] for _ in _EDGES[1:]]
    for removal in removals:
        number = next(n for n, edge in enumerate(_EDGES[1:]) if removal.confidence < edge)
        groups[number].append(removal)
    found = []
    for low, high, group in zip(_EDGES, _EDGES[1:], groups, strict=False):
        words = sum(r.words for r in group)
        if words:
            stated = sum(r.confidence * r.words for r in group) / words
            true = sum(r.right for r in group) / words
            found.append(Bin(low, min(high, 1.0), stated, true, words))
    return found
