"""From probabilities to lines taken out: evidence in proportion to what a removal destroys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Dial
from cleaner.judge.lexicon import Floats

_SURE: dict[Dial, float] = {"gentle": 0.8, "normal": 0.5, "aggressive": 0.3}
"""The least probability of being cruft at which a line goes."""
_CLEAN = (0.75, 0.97)
"""Share of a text that looks like the article, from which on more evidence is asked for, and at
which the most is."""
_MOST = 0.93
_HEAVY = 0.85
"""The share of a document's running text that the judge alone never takes."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Decision:
    """Which lines are taken out, and whether a removal was too heavy to be made."""

    taken: Mask
    heavy: bool


def decide(
    probability: Floats, size: NDArray[np.int64], prose: Mask, settled: Mask, dial: Dial = "normal"
) -> Decision:
    """Decide which lines the judge takes out.

    Args:
        probability: that each line belongs to the article.
        size: of each line, in code points.
        prose: which lines are running text.
        settled: which lines rules or fields take out whole, whatever the judge says.
        dial: how sure it must be.
    """
    cruft = 1 - probability
    taken = ~settled & (cruft > _needed(cruft, size, settled, dial))
    _spare_islands(taken, prose, settled)
    running = np.where(prose & ~settled, size, 0)
    heavy = float(running[taken].sum()) > _HEAVY * max(float(running.sum()), 1.0)
    if heavy:
        taken &= ~prose
    return Decision(taken, heavy)


def _needed(cruft: Floats, size: NDArray[np.int64], settled: Mask, dial: Dial) -> float:
    """How sure a removal must be in this document: the cleaner it looks, the surer."""
    sure = _SURE[dial]
    left = np.where(settled, 0, size)
    clean = float((left * (1 - cruft)).sum()) / max(float(left.sum()), 1.0)
    low, high = _CLEAN
    step = min(1.0, max(0.0, (clean - low) / (high - low)))
    return sure + (max(sure, _MOST) - sure) * step


def _spare_islands(taken: Mask, prose: Mask, settled: Mask) -> None:
    """Running text inside running text is never taken by the judge alone.

    Runs of nothing but taken running text, right between running text that stays, stay too.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], taken, [False]]).astype(np.int8)))
    for start, end in edges.reshape(-1, 2).tolist():
        inside = start > 0 and end < len(taken)
        if (
            inside
            and prose[start:end].all()
            and _runs_on(start - 1, prose, settled)
            and _runs_on(end, prose, settled)
        ):
            taken[start:end] = False


def _runs_on(number: int, prose: Mask, settled: Mask) -> bool:
    return bool(prose[number] and not settled[number])
