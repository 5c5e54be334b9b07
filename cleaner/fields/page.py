"""A text that may be a whole page: who may be its headline, and what speaks for each."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import mul
from typing import NamedTuple

from cleaner.document import Document
from cleaner.fields.byline import is_dateline
from cleaner.fields.headline import is_generic_key, is_headline, splits, words_of
from cleaner.fold import fold

_BEFORE = 24
"""Lines before the article's first prose in which a title is looked for."""
_NEAR = 8
"""The same for a run of prose that may be the article's."""
_RUNS = 6
"""How many runs of prose are looked at."""
_LOOK = 6
"""Lines below a candidate that are looked at for a byline."""
_VARIANTS = 10
"""How many stretches of the first line are compared."""


class Variant(NamedTuple):
    """A stretch of the first line that may be the headline without the outlet's name."""

    start: int
    end: int
    key: str
    words: frozenset[str]
    edge: bool
    """Only the last part, or the first: where outlets put their name."""


def main_prose(doc: Document, prose: Sequence[int]) -> int:
    """The line at which the article itself, rather than a teaser, seems to start."""
    for at, number in enumerate(prose):
        near = [n for n in prose[at : at + 6] if n <= number + 12]
        if len(near) >= 3 or sum(len(doc.lines[n].text) for n in near) >= 600:
            return number
    return prose[0]


def variants_of(text: str) -> list[Variant]:
    """The stretches of a page's title that may be the headline, the longest first."""
    text = text[:400]
    cuts = splits(text)
    lefts = [0, *(right for _, right in cuts)]
    rights = [*(left for left, _ in cuts), len(text)]
    found = []
    for a in lefts:
        for b in rights:
            if a < b:
                key = fold(text[a:b])
                parts = sum(a <= left < b for left in lefts)
                edge = (
                    len(lefts) > 1
                    and parts == 1
                    and (b == len(text) or (a == 0 and len(key.split()) < 3))
                )
                found.append(Variant(a, b, key, words_of(key), edge))
    return sorted(found, key=lambda v: (v.start - v.end, v.start))[:_VARIANTS]


class Page:
    """A text that may be a whole page: its first line, its prose, who may be its headline."""

    def __init__(self, doc: Document, top: int, prose: Sequence[int]) -> None:
        self.doc, self.top, self.prose = doc, top, prose
        self.start = main_prose(doc, prose)
        self.variants = variants_of(doc.lines[top].text)
        keys = Counter(line.key for line in doc.lines)
        # What stands there again and again is a menu's.
        self._telling = [v for v in self.variants if len(v.words) > 2 or keys[v.key] < 4]
        self._dated: dict[int, bool] = {}
        total = sum(len(doc.lines[n].text) for n in prose)
        self._share: list[float] = []
        mass = 0
        for n in prose:
            self._share.append(mass / total)
            mass += len(doc.lines[n].text)

    def candidates(self) -> list[int]:
        """The first line, those that repeat it, and those above a run of prose."""
        lines = self.doc.lines
        keys = {v.key for v in self.variants if len(v.key) > 3}
        numbers = {n for n in range(self.top + 1, len(lines)) if lines[n].key in keys}
        runs = [
            n for n, before in zip(self.prose, (-9, *self.prose), strict=False) if n - before > 5
        ][:_RUNS]
        for p, before in (*((p, _NEAR) for p in runs), (self.start, _BEFORE)):
            numbers.update(range(max(self.top + 1, p - before), min(len(lines), p + 3)))
        prose = frozenset(self.prose)
        return [self.top] + [
            n
            for n in sorted(numbers)
            if n not in self.doc.hits
            and n not in prose
            and is_headline(lines[n].text, lines[n].kind)
        ]

    def best(self) -> tuple[float, int] | None:
        """The likeliest candidate with its score; the first of equals."""
        ranked = []
        for number in self.candidates():
            values = self.features(number)
            ranked.append((-sum(map(mul, _WEIGHTS, values)), number))
        best: tuple[float, int] | None = None
        # Reading bylines is dear, so it is done only where it can still tip the scales.
        for negative, number in sorted(ranked):
            if best is not None and -negative + sum(_DATED) < best[0]:
                break
            score = -negative + sum(w * v for w, v in zip(_DATED, self.dated(number), strict=True))
            if best is None or score > best[0]:
                best = (score, number)
        return best

    def dated(self, number: int) -> tuple[float, float]:
        """How near below the line a byline stands, and whether one does at all."""
        if number != self.top:
            for below in range(number + 1, min(len(self.doc.lines), number + 1 + _LOOK)):
                if self._is_dated(below):
                    return 1 / (below - number), 1.0
        return 0.0, 0.0

    def features(self, number: int) -> list[float]:
        """What else speaks for and against a line's being the headline; see ``_WEIGHTS``."""
        if number == self.top:
            text = self.doc.lines[number].text
            return [0.0] * 14 + [1.0, float(is_headline(text)), float(len(text.split()) < 4)]
        lines = self.doc.lines
        line = lines[number]
        words = words_of(line.key)
        alike = held = exact = edge = 0.0
        for v in self._telling:
            shared = len(words & v.words)
            if not shared:
                continue
            if v.edge:
                edge = max(edge, float(line.key == v.key))
                continue
            alike = max(alike, 2 * shared / (len(words) + len(v.words)))
            held = max(held, shared / min(len(words), len(v.words)) if shared > 1 else 0.0)
            exact = max(exact, float(line.key == v.key))
        at = bisect_right(self.prose, number)
        near = self.prose[at] - number if at < len(self.prose) else 99
        dense = bisect_right(self.prose, number + 15) - at
        before = self._share[at] if at < len(self._share) else 1.0
        count = len(line.text.split())
        return [
            alike,
            held,
            exact,
            edge,
            float(line.text.startswith("# ")),
            float(line.text.startswith("##")),
            float(count < 3 and len(line.text) < 24),
            float(count >= 5 or len(line.text) > 34),
            1 / near,
            min(dense, 6) / 6,
            float(before > 0.03),
            float(before > 0.12),
            float(before > 0.4),
            float(is_generic_key(line.key)),
            0.0,
            0.0,
            0.0,
        ]

    def _is_dated(self, number: int) -> bool:
        known = self._dated.get(number)
        if known is None:
            known = self._dated[number] = is_dateline(self.doc.lines[number].text)
        return known


# Fitted so that on pages of many sites the headline scores highest; in the order of ``features``.
_WEIGHTS = (
    3.1,
    1.57,
    1.21,
    0.43,
    1.9,
    -0.13,
    -0.8,
    1.24,
    0.54,
    0.58,
    -1.14,
    -0.34,
    -0.73,
    0.15,
    2.58,
    2.7,
    -1.29,
)
_DATED = (0.67, 1.45)
