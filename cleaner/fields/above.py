"""The title of a text that does not repeat it: a line above the place where the article begins.

What a browser saves of a page has no page's title on top, and its headline stands once, between the
menu and the article. Where the article begins the judge knows; what then speaks for a line is that
the article goes on with its words, that a byline follows, and that it is no line of a menu.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from operator import mul

from cleaner.document import Document, Line
from cleaner.fields.byline import is_dateline
from cleaner.fields.headline import is_generic_key, is_headline, is_outlet, words_of
from cleaner.fields.page import main_prose
from cleaner.fields.title import Title, stretch_of
from cleaner.lines.spans import touched
from cleaner.shape import DENSE_FACTOR, is_dense

_ABOVE = 40
"""Lines above the article's first prose in which the title is looked for."""
_INSIDE = 3
"""Lines from its first prose on."""
_CRUFT = 4
"""Lines of cruft above the article from which a text is a page rather than an article alone."""
_LOOK = 6
"""Lines below a candidate that are looked at for a byline."""
_FAR = 6.0
"""Candidates whose scores are so much less than the best do not count."""
_LEAD = 3
"""Paragraphs at the article's start whose words count by themselves."""
_OFTEN = 3
"""More paragraphs that say a word say no more of it."""
_STEM = 6
"""Letters by which words are compared."""
_SHORT = 24
"""Shorter lines, in code points, are a menu's for the most part."""
_PATH = 12
"""Shorter lines, in code points, stand inside others by chance."""
_SURE = 0.45
"""The least probability of a line's being the title."""
_SURE_ALONE = 0.6
"""The same in an article alone, which need not have one."""
_LEAST = 0.1
"""The same of a line that was found for sure before."""
_DOUBT = 0.28
"""What is less likely the article's than this is cruft, and no title either."""
_EVEN = 0.5


def title_above(doc: Document, prose: Sequence[int]) -> Title | None:
    """The likeliest title, or None where no line is likely enough.

    Args:
        doc: the document, judged; its ``title`` is the one found before.
        prose: the numbers of the lines of running text that the judge keeps, in order; at least
            one.
    """
    start, before = main_prose(doc, prose), doc.title
    page = sum(p < _EVEN for p in doc.probabilities[:start]) >= _CRUFT
    if not page and (before is not None or start == 0):
        return before
    numbers, features = candidates_above(doc, prose, start)
    scores = [_NONE + sum(map(mul, _WEIGHTS, values)) for values in features]
    least = max(scores, default=0.0) - _FAR
    bylines = _Bylines(doc)
    # Reading bylines is dear, so it is done only where it can still tip the scales.
    odds = [
        math.exp(s + sum(map(mul, _DATED, bylines.below(n)))) * (not bylines.at(n))
        if s > least
        else math.exp(s)
        for n, s in zip(numbers, scores, strict=True)
    ]
    # None of them is an answer too, of the score 0: the rest of a softmax.
    total = 1 + sum(odds)
    likely = {n: o / total for n, o in zip(numbers, odds, strict=True)}
    wanted = numbers if page else [n for n in numbers if n < start]
    best = max(wanted, key=lambda n: likely[n], default=None)
    if best is not None and likely[best] >= (_SURE if page else _SURE_ALONE):
        if before is not None and best == before.line:
            return before
        return Title(best, *stretch_of(doc.lines[best]))
    if before is None:
        return None
    sure = before.sure and likely[before.line] >= _LEAST
    return before if sure or doc.probabilities[before.line] >= _DOUBT else None


def candidates_above(
    doc: Document, prose: Sequence[int], start: int
) -> tuple[list[int], list[list[float]]]:
    """The lines that may be the title, and for each what speaks for it; see ``_WEIGHTS``."""
    lines = doc.lines
    running = frozenset(prose)
    before = doc.title.line if doc.title is not None else -1
    numbers = [
        n
        for n in range(max(0, start - _ABOVE), min(len(lines), start + _INSIDE))
        if n not in doc.hits and not (n >= start and n in running) and _may_be_title(lines, n)
    ]
    if before >= 0 and before not in numbers:
        numbers = sorted([*numbers, before])
    article = [_stems(lines[n].key) for n in prose if n >= start]
    said = Counter(word for words in article for word in words)
    lead = frozenset[str]().union(*article[:_LEAD])
    sizes = {n: _size(lines[n].text) for n in numbers}
    long = [n for n in numbers if n < start and sizes[n] >= _SHORT]
    spans = ((p.start, p.end) for p in doc.proposals if p.field in ("authors", "published"))
    named = frozenset(n for found in touched(lines, spans) for n in range(len(lines))[found])
    features = []
    for number in numbers:
        line = lines[number]
        words = _stems(line.key)
        count, size, some = len(line.text.split()), sizes[number], max(1, len(words))
        below = sum(number < n for n in long)
        features.append(
            [
                1 / (1 + max(0, start - number)),
                float(number >= start),
                min(below, 6) / 6,
                float(all(sizes[n] <= size for n in long if n > number)),
                float(count < 3 and size < _SHORT),
                float(count >= 5 or size > 34),
                float(size > 60),
                float(size > 110),
                sum(word in said for word in words) / some,
                sum(min(said[word], _OFTEN) for word in words) / _OFTEN / some,
                len(words & lead) / some,
                float(size > _PATH and _inside_others(doc, number, start) == 1),
                float(line.sentence),
                doc.probabilities[number],
                doc.probabilities[number - 1] if number else 0.0,
                doc.probabilities[number + 1] if number + 1 < len(lines) else 0.0,
                float(line.text.startswith("# ")),
                float(line.text.startswith("##")),
                float(is_outlet(line.text)),
                min(_size(lines[number - 1].text), 100) / 100 if number else 0.0,
                min(_size(lines[number + 1].text), 100) / 100 if number + 1 < len(lines) else 0.0,
                float(any(n in named for n in range(number + 1, number + 4))),
                float(number == before),
                float(number == before and doc.title is not None and doc.title.sure),
            ]
        )
    return numbers, features


def _may_be_title(lines: Sequence[Line], number: int) -> bool:
    line = lines[number]
    # A heading run into its paragraph is a section's.
    alone = number + 1 == len(lines) or lines[number + 1].block != line.block
    return (
        alone
        and not _of_menu(line.text)
        and "![" not in line.text
        and is_headline(line.text, line.kind)
        and not is_generic_key(line.key)
    )


def _of_menu(text: str) -> bool:
    """Whether a line is too short to be told from a menu's."""
    return _size(text) < _SHORT and text.count(" ") < 2 and not text.startswith("#")


def _size(text: str) -> float:
    """The length of a line in code points, as it were in letters."""
    return len(text) / DENSE_FACTOR if is_dense(text) else len(text)


def _stems(key: str) -> frozenset[str]:
    """What a folded line speaks of, for comparing lines of any language, however its words end."""
    if is_dense(key):
        return frozenset(a + b for a, b in pairwise(key) if a.isalnum() and b.isalnum())
    return frozenset(word[:_STEM] for word in words_of(key))


class _Bylines:
    """Which lines are bylines with a date; each is read once."""

    def __init__(self, doc: Document) -> None:
        self._lines = doc.lines
        self._known: dict[int, bool] = {}

    def at(self, number: int) -> bool:
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = is_dateline(self._lines[number].text)
        return known

    def below(self, number: int) -> tuple[float, float]:
        """How near below the line one stands, and whether one does at all."""
        for below in range(number + 1, min(len(self._lines), number + 1 + _LOOK)):
            if self.at(below):
                return 1 / (below - number), 1.0
        return 0.0, 0.0


def _inside_others(doc: Document, number: int, start: int) -> int:
    """How many lines nearby hold the line's words and more: one does that tells the page's path."""
    key = doc.lines[number].key
    near = doc.lines[max(0, start - _ABOVE) : start + _INSIDE]
    return sum(key in line.key and key != line.key for line in near)


# Fitted so that on pages of many sites the headline scores highest, and none where it was taken
# away; in the order of the features.
_WEIGHTS = (
    -0.42,  # nearness to the article
    -0.39,  # inside the article
    -0.62,  # longer lines below it, above the article
    0.28,  # the longest of those
    -2.22,  # as short as a menu's
    2.24,  # long
    0.75,  # longer
    -1.03,  # the longest
    1.08,  # words that the article says
    1.65,  # how often it says them
    2.4,  # words of its first paragraphs
    0.72,  # a path ends in it
    -0.57,  # a sentence
    -1.04,  # likely the article's
    -1.58,  # the same of the line above
    0.45,  # of the line below
    3.36,  # Markdown's first heading
    0.66,  # other headings
    -0.44,  # an outlet's name
    -1.28,  # length of the line above
    1.22,  # of the line below
    0.71,  # a byline below
    0.1,  # the title found before
    1.67,  # found for sure
)
_DATED = (0.82, 1.37)  # how near below a byline with a date stands, that one does
_NONE = -5.04
