"""The second look: what the first said of the lines around a line, and of the document."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.judge.context import Sums, Wide, counts, line_sizes, neighbours
from cleaner.judge.lexicon import Floats
from cleaner.judge.words import Vocabulary, cohesion

_STEPS = (1, 2, 3, 4, 5)
_WINDOWS = (3, 8, 20, 60)
SECOND_LOOK = 1 + 2 * len(_STEPS) + 4 * len(_WINDOWS) + 7 + 4
"""How many features the second look adds."""

_MOSTLY = (0.5, 0.75)
"""Share of a text that is the article's by the learner that keeps more, from which on that one
counts for more, and at which it alone counts."""


def seen_by_network(rows: int, more: int, around: int) -> NDArray[np.int32]:
    """Which features the network looks at: all but those that it can see for itself.

    Args:
        rows: how many there are before the second look.
        more: how many that look adds.
        around: how many of the first say what others say of the lines around.
    """
    numbers = np.arange(rows + more, dtype=np.int32)
    return np.concatenate([numbers[: rows - around], numbers[rows:]])


def second_look(first: Floats, signals: Floats, vocabulary: Vocabulary) -> Floats:
    """Rows to add to the lines' features for the second pass.

    Args:
        first: the first pass's log-odds.
        signals: of the lines alone.
        vocabulary: their telling words.
    """
    n = len(first)
    odds = np.clip(first, -8, 8).astype(np.float64)
    share = 1 / (1 + np.exp(-odds))
    size = line_sizes(signals)
    kept = size * share
    total = max(float(size.sum()), 1.0)
    sums = Sums(np.stack([share, kept, size]), max(_WINDOWS))
    windows: list[Wide] = []
    for width in _WINDOWS:
        for window, count in zip(
            (sums.before(width), sums.after(width)), counts(n, width), strict=True
        ):
            windows += [window[0] / count, window[1] / np.maximum(window[2], 1)]
    kept_before = np.cumsum(kept) - kept
    all_kept = max(float(kept.sum()), 1e-6)
    kept_after = np.maximum(all_kept - kept_before - kept, 0)
    sure = np.clip((share - 0.5) * 2, 0, 1).astype(np.float32)
    unsure = np.clip((0.5 - share) * 2, 0, 1).astype(np.float32)
    rows = [
        *windows,
        kept_before / all_kept,
        np.log1p(kept_before),
        np.log1p(kept_after),
        *_best_stretch(odds, size),
        cohesion(vocabulary, sure),
        cohesion(vocabulary, unsure),
    ]
    whole = np.array([all_kept / total, np.log1p(all_kept), share.mean(), np.abs(odds).mean()])
    return np.concatenate(
        [
            odds[None],
            neighbours(odds[None].astype(np.float32), _STEPS, -9),
            np.stack(rows),
            np.broadcast_to(whole[:, None], (len(whole), n)),
        ],
        dtype=np.float32,
    )


def _best_stretch(odds: Wide, size: Wide) -> list[Wide]:
    """Where a line lies to the stretch of lines whose summed evidence is greatest.

    Maximum subsequence segmentation (Pasternack & Roth, "Extracting article text from the web with
    maximum subsequence segmentation", 2009).
    """
    n = len(odds)
    weight = np.clip(odds, -3, 3) * np.log1p(size)
    sums = np.concatenate([[0.0], np.cumsum(weight)])
    lowest = np.minimum.accumulate(sums)
    end = int(np.argmax(sums[1:] - lowest[:-1])) + 1
    start = int(np.argmin(sums[:end]))
    position = np.arange(n)
    outside = np.where(position < start, position - start, np.maximum(position - end + 1, 0))
    # How much evidence lies between the line and the stretch.
    after = np.where(position >= end, sums[1:] - sums[end], 0)
    between = np.where(position < start, sums[start] - sums[:-1], after)
    return [np.clip(outside, -40, 40).astype(np.float64), np.clip(between, -60, 60)]


def agreed(one: Floats, other: Floats, size: Wide) -> Floats:
    """What two learners say together: their mean, to a hundredth, so that processors agree on it.

    In a text that looks like the article for the most part, the one that would rather keep counts:
    there is much to lose, and little to gain.

    Args:
        one: log-odds of the lines.
        other: the same by another learner.
        size: characters of each line that are neither field nor a rule's.
    """
    sparing = np.maximum(one, other)
    kept = 1 / (1 + np.exp(-np.clip(sparing, -30, 30)))
    share = float((kept * size).sum()) / max(float(size.sum()), 1.0)
    low, high = _MOSTLY
    step = np.float32(min(max((share - low) / (high - low), 0.0), 1.0))
    found: Floats = np.round((one + other) / 2 * (1 - step) + sparing * step, 2)
    return found


def pooled(own: Floats, kept: Floats, trust: Floats) -> Floats:
    """What a model and another extractor say together: log-odds, weighed and added up.

    A logarithmic pool of opinions (Genest & Zidek, "Combining probability distributions", 1986).

    Args:
        own: the model's log-odds of each line.
        kept: the share of each line that the extractor keeps; below 0 where it was not asked.
        trust: the weights of the two.
    """
    ours, theirs = np.float32(trust[0]), np.float32(trust[1])
    found: Floats = np.where(kept < 0, own, ours * own + theirs * (2 * kept - 1))
    return found
