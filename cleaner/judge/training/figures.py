"""Figures of merit: words kept and lost against the gold body."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

WORSE = 0.02
"""An article whose F1 falls by more than this was made worse."""
SAME = 0.6
"""A title whose F1 of words against the gold one is at least this says the same."""

Found = Literal["right", "wrong", "none"]
"""What was found of a title."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of a text against the gold body, over its bag of words."""

    precision: float
    recall: float
    f1: float


def bag(text: str) -> Counter[str]:
    """The words of a text, in lower case, with how often each stands there."""
    return Counter(re.findall(r"\w+", text.lower()))


def score(text: Counter[str], gold: Counter[str]) -> Score:
    """How a text's words compare with the gold's."""
    if not gold or not text:
        same = 1.0 if not gold and not text else 0.0
        return Score(same, same, same)
    hit = sum((text & gold).values())
    precision, recall = hit / sum(text.values()), hit / sum(gold.values())
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0)


def titled(title: str | None, gold: str) -> Found | None:
    """Whether the title found is the gold one; None where that is unknown."""
    if not gold:
        return None
    if title is None:
        return "none"
    return "right" if score(bag(title), bag(gold)).f1 >= SAME else "wrong"


@dataclass(frozen=True, slots=True)
class Titles:
    """What was found of the titles of a set of texts.

    Attributes:
        texts: how many there are whose title is known.
        right: share of the texts of which that title was found.
        wrong: share of the texts of which another one was.
    """

    texts: int
    right: float
    wrong: float

    @classmethod
    def of(cls, found: Sequence[Found]) -> Titles:
        """The figures of at least one text."""
        texts = len(found)
        return cls(texts, found.count("right") / texts, found.count("wrong") / texts)

    def rounded(self) -> dict[str, float]:
        """For a table or JSON."""
        return {k: round(v, 4) for k, v in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Figures:
    """What cleaning did to a set of texts.

    Attributes:
        texts: how many there are.
        before: mean F1 of the texts as they came in.
        precision: mean precision after.
        recall: mean recall after.
        f1: mean F1 after.
        change: ``f1`` less ``before``.
        worse: share of the texts that were made worse by more than ``WORSE``.
        untouched: share of the texts of whose gold words none was lost.
    """

    texts: int
    before: float
    precision: float
    recall: float
    f1: float
    change: float
    worse: float
    untouched: float

    def rounded(self) -> dict[str, float]:
        """For a table or JSON."""
        return {k: round(v, 4) for k, v in asdict(self).items()}


def figures(pairs: Sequence[tuple[Score, Score]]) -> Figures:
    """The figures of texts, each with its score before and after."""

    def mean(values: Iterable[float]) -> float:
        return statistics.fmean(values)

    before = mean(b.f1 for b, _ in pairs)
    after = mean(a.f1 for _, a in pairs)
    return Figures(
        texts=len(pairs),
        before=before,
        precision=mean(a.precision for _, a in pairs),
        recall=mean(a.recall for _, a in pairs),
        f1=after,
        change=after - before,
        worse=mean(float(a.f1 < b.f1 - WORSE) for b, a in pairs),
        untouched=mean(float(a.recall > 0.9999) for _, a in pairs),
    )
