"""From probabilities to lines taken out: evidence in proportion to what a removal destroys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.document import DIALS, Dial
from cleaner.judge.lexicon import Floats

_LIKELY = (0.75, 0.97)
"""Share of a text that is the article's by the judge's probabilities, from which on more evidence
is asked for, and at which the most is."""
_SENTENCES = (0.9, 0.97)
"""The same of its sentences, whatever the judge makes of them."""
_TELLING = (0.01, 0.05)
"""The share of lines that rules know as cruft: a page has its menus and buttons, so where they are
missing somebody has cleaned it already. At the first share most evidence is asked for, from the
second on none for that."""
_MOST = 0.93
_FEW = (4, 12)
"""So few lines tell little of each other: at the first number most evidence is asked for, from the
second on none for their being few."""
_KNOWN = 0.6
"""Some running text must be the article's with this probability, or the judge is in doubt."""
_IN_DOUBT = 0.85
"""How sure a removal must be where the judge is in doubt."""
_RUNNING = 0.6
"""The share of a text that is running text from which on no sentence is taken in doubt."""
_LEFT = 0.1
"""The share of a text that a removal made in doubt must leave."""
_LEDE = 0.9
"""How sure it must be that running text right behind the title is no lede."""
_BYLINES = 3
"""How many lines of fields, or that rules take, may stand between a title and its lede."""
_LISTED = 0.75
"""How sure a removal of a whole list inside the article must be, where it holds no links."""
_POSTED = 0.75
"""How sure a removal of what reads as a sentence must be in a forum, of whose posts each is like
another site's comments."""
_CHANCES = np.linspace(0.01, 0.99, 50)
"""Probabilities at which the article may end."""
_RECALL = 1.1
"""How much more losing a word of the article counts than keeping one of the cruft: the square of
the F-measure's beta."""
_EVEN = 0.5
_HEAVY = 0.5
_MOST_OF_ALL = 0.95
"""Shares of a document's running text that the judge alone never takes: of what may be the
article's, and of all of it. The squares of the probabilities say what may be: a long page of menus
and teasers is full of lines that are only a little likely."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lines:
    """What a decision looks at, of each line.

    Attributes:
        size: its code points.
        prose: whether it is running text.
        sentence: whether it reads as a sentence at least.
        settled: whether rules or fields take it whole, whatever the judge says.
        telling: whether a rule knows its words as those of cruft.
        title: whether the title stands in it.
        item: whether it is an item of a page's list.
        linked: whether most of it is a link of a page.
        posted: whether it reads as a sentence that stands in a forum.
    """

    size: NDArray[np.int64]
    prose: Mask
    sentence: Mask
    settled: Mask
    telling: Mask
    title: Mask
    item: Mask
    linked: Mask
    posted: Mask


@dataclass(frozen=True, slots=True)
class Decision:
    """Which lines are taken out, and whether a removal was too heavy to be made."""

    taken: Mask
    heavy: bool


def decide(lines: Lines, probability: Floats, dial: Dial = "normal") -> Decision:
    """Decide which lines the judge takes out.

    Args:
        lines: what they look like.
        probability: that each of them belongs to the article.
        dial: how sure the judge must be.
    """
    cruft = 1 - probability
    needed = _needed(lines, probability, dial)
    running = np.where(lines.prose & ~lines.settled, lines.size, 0).astype(np.float64)
    if not running.any():
        # What has no running text the judge does not know: it keeps.
        return Decision(np.zeros_like(lines.settled), False)
    taken = _taken(lines, cruft, needed)
    heavy = _too_much(running, probability, taken)
    if not heavy and (probability[running > 0] >= _KNOWN).any():
        return Decision(taken, False)
    left = np.where(lines.settled, 0, lines.size).astype(np.float64)
    taken = _taken(lines, cruft, max(needed, _IN_DOUBT))
    if _share(left, lines.prose) > _RUNNING:
        taken &= ~lines.sentence
    elif _too_much(running, probability, taken):
        taken &= ~lines.prose
    if _share(left, taken) > 1 - _LEFT:
        taken[:] = False
    return Decision(taken, heavy)


def decide_page(lines: Lines, probability: Floats, dial: Dial = "normal") -> Decision:
    """The same for a page, whose probabilities are those of a model that sees its elements."""
    taken = _taken(lines, 1 - probability, _sure_of_page(lines, probability, dial))
    running = np.where(lines.prose & ~lines.settled, lines.size, 0).astype(np.float64)
    return Decision(taken, bool(running.any()) and _too_much(running, probability, taken))


def _sure(lines: Lines, probability: Floats, dial: Dial) -> float:
    """How sure a removal must be for what is kept to be as good as can be expected.

    The lines of a text stand and fall together: if one teaser is the article's after all, so are
    those that are likelier to be. So the article is taken for the first so many lines in the order
    of their probabilities, how many is left to chance, and as many are kept as give the greatest
    F-measure (van Rijsbergen, "Information retrieval", 1979) on average over all that it may be.
    Nothing that is likelier the article's than not goes for that.
    """
    judged = np.flatnonzero(~lines.settled)
    order = judged[np.argsort(-probability[judged], kind="stable")]
    falling = probability[order]
    kept = np.concatenate([[0.0], np.cumsum(lines.size[order])])
    article = kept[np.searchsorted(-falling, -_CHANCES, side="right")]
    both = np.maximum(kept[:, None] + _RECALL * article, 1)
    best = int((np.minimum(kept[:, None], article) / both).mean(axis=1).argmax())
    last, left = np.concatenate([[1.0], falling, [0.0]])[best : best + 2]
    least = min(0.9 * float(last) + 0.1 * float(left), _EVEN)
    return 1 - (1 - DIALS[dial]) * least / _EVEN


def _sure_of_page(lines: Lines, probability: Floats, dial: Dial) -> float:
    """How sure a removal must be for what is kept to be as good as can be expected.

    Of a page, whose elements tell its parts from each other, lines are taken to be independent. The
    greatest F1 is to be expected if, of lines in the order of their probabilities, all are kept
    whose probability is above half of it (Lipton, Elkan & Narayanaswamy, "Thresholding classifiers
    to maximize F1 score", 2014). So where nothing is sure, more stays.
    """
    size = np.where(lines.settled, 0, lines.size).astype(np.float64)
    order = np.argsort(-probability, kind="stable")
    kept = np.cumsum(size[order])
    likely = np.cumsum((size * probability)[order])
    best = float((2 * likely / (kept + likely[-1])).max()) if likely[-1] > 0 else 0.0
    return 1 - (1 - DIALS[dial]) * best


def _taken(lines: Lines, cruft: Floats, needed: float) -> Mask:
    taken = ~lines.settled & (cruft > np.where(lines.posted, max(needed, _POSTED), needed))
    _spare_islands(taken, lines.prose, lines.settled)
    _spare_ledes(taken, lines, cruft)
    _spare_lists(taken, lines, cruft)
    return taken


def _too_much(running: NDArray[np.float64], probability: Floats, taken: Mask) -> bool:
    """Whether a removal takes most of the running text."""
    likely = _share(running * probability**2, taken)
    return likely > _HEAVY or _share(running, taken) > _MOST_OF_ALL


def _share(amount: NDArray[np.float64], taken: Mask) -> float:
    return float(amount[taken].sum()) / max(float(amount.sum()), 1e-9)


def _needed(lines: Lines, probability: Floats, dial: Dial) -> float:
    """How sure a removal must be in this document: the cleaner it looks, the surer."""
    sure = _sure(lines, probability, dial)
    left = np.where(lines.settled, 0, lines.size)
    total = max(float(left.sum()), 1.0)
    step = max(
        _step(float((left * probability).sum()) / total, _LIKELY),
        _step(float(left[lines.sentence].sum()) / total, _SENTENCES),
        1 - _step(len(probability), _FEW),
        1 - _step(float(lines.telling.mean()), _TELLING),
    )
    return sure + (max(sure, _MOST) - sure) * step


def _step(share: float, bounds: tuple[float, float]) -> float:
    low, high = bounds
    return min(1.0, max(0.0, (share - low) / (high - low)))


def _spare_islands(taken: Mask, prose: Mask, settled: Mask) -> None:
    """Running text inside running text is never taken by the judge alone.

    Runs of nothing but taken running text, right between running text that stays, stay too.
    """
    for start, end in _runs(taken):
        if (
            prose[start:end].all()
            and _runs_on(start - 1, prose, settled)
            and _runs_on(end, prose, settled)
        ):
            taken[start:end] = False


def _spare_ledes(taken: Mask, lines: Lines, cruft: Floats) -> None:
    """Running text right behind the title, that is no link, needs more evidence to be taken.

    Ledes stand outside of the element that holds the article, and look like what teasers say.
    """
    for title in np.flatnonzero(lines.title).tolist():
        behind = np.flatnonzero(~lines.settled[title + 1 : title + 2 + _BYLINES])
        if len(behind):
            at = title + 1 + int(behind[0])
            if lines.prose[at] and not lines.linked[at] and cruft[at] < _LEDE:
                taken[at] = False


def _spare_lists(taken: Mask, lines: Lines, cruft: Floats) -> None:
    """A list that leads nowhere, between lines that stay, needs more evidence to be taken."""
    item = lines.item & ~lines.linked
    judged = np.flatnonzero(~lines.settled)
    for start, end in _runs(taken[judged]):
        numbers = judged[start:end]
        if item[numbers].all() and cruft[numbers].mean() < _LISTED:
            taken[numbers] = False


def _runs(taken: Mask) -> list[tuple[int, int]]:
    """Where runs of taken lines start and end that have a line before and one behind them."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], taken, [False]]).astype(np.int8)))
    found: list[list[int]] = edges.reshape(-1, 2).tolist()
    return [(start, end) for start, end in found if start > 0 and end < len(taken)]


def _runs_on(number: int, prose: Mask, settled: Mask) -> bool:
    return bool(prose[number] and not settled[number])
