"""Calibration: scores to probabilities that mean what they say (Platt 1999)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.judge.context import line_sizes, open_sizes
from cleaner.judge.decide import Lines, decide, decide_page
from cleaner.judge.dom import COLUMN as DOM
from cleaner.judge.lexicon import Floats
from cleaner.judge.model import MOST
from cleaner.judge.passes import pooled
from cleaner.judge.signals import COLUMN
from cleaner.judge.training.dataset import Sample

_STEPS = 30


def calibrate(samples: Sequence[Sample], scores: Sequence[Floats]) -> tuple[float, float]:
    """Slope and offset that turn scores of unseen lines into log-odds."""
    score = np.concatenate(scores).astype(np.float64)
    share = np.concatenate([s.share for s in samples]).astype(np.float64)
    weight = np.concatenate([s.words / max(1, int(s.words.sum())) for s in samples])
    slope, offset = _logistic(np.stack([score, np.ones_like(score)], axis=1), share, weight)
    return float(slope), float(offset)


def settle_odds(
    samples: Sequence[Sample],
    scores: Sequence[Floats],
    odds: tuple[float, float],
    trust: Floats,
) -> tuple[float, float]:
    """Slope and offset that turn the log-odds of lines that are taken out into how sure that is.

    A decision looks at the whole document, and takes only what it is surer of than its odds say.

    Args:
        samples: the texts or pages.
        scores: of their lines, by learners that have not seen them.
        odds: slope and offset that turn scores into log-odds.
        trust: how much those and another extractor's word count on a page, by language.
    """
    slope, offset = odds
    stated: list[NDArray[np.float64]] = []
    cruft: list[NDArray[np.float64]] = []
    weight: list[NDArray[np.float64]] = []
    for sample, score in zip(samples, scores, strict=True):
        own = (score * slope + offset).astype(np.float32)
        page = sample.reading.page
        if page is not None:
            own = pooled(own, page.signals[DOM["kept"]], trust[sample.reading.language])
        kept = np.clip(own.astype(np.float64), -MOST, MOST)
        settle = decide if page is None else decide_page
        taken = settle(_lines(sample), (1 / (1 + np.exp(-kept))).astype(np.float32)).taken
        stated.append(-kept[taken])
        cruft.append(1 - sample.share[taken].astype(np.float64))
        weight.append(sample.words[taken] / max(1, int(sample.words.sum())))
    known = np.concatenate(stated)
    columns = np.stack([known, np.ones_like(known)], axis=1)
    found = _logistic(columns, np.concatenate(cruft), np.concatenate(weight))
    return float(found[0]), float(found[1])


def _lines(sample: Sample) -> Lines:
    """What a decision looks at, as far as the signals tell."""
    signals = sample.reading.signals
    prose = signals[COLUMN["prose"]] > 0
    nothing = np.zeros_like(prose)
    return Lines(
        size=line_sizes(signals).astype(np.int64) + 1,
        prose=prose,
        sentence=prose | (signals[COLUMN["sentence"]] > 0),
        settled=open_sizes(signals) == 0,
        telling=signals[COLUMN["hits"]] > 0,
        # Ledes, lists and posts, of which there are few, as all other lines.
        title=nothing,
        item=nothing,
        linked=nothing,
        posted=nothing,
    )


def combine(
    samples: Sequence[Sample], scores: Sequence[Floats], odds: tuple[float, float]
) -> tuple[float, float, float]:
    """How much a rule's and the judge's log-odds count towards a removal's, and an offset."""
    confidence = np.concatenate([s.reading.signals[COLUMN["fired_confidence"]] for s in samples])
    fired = confidence > 0
    slope, offset = odds
    judge = np.clip(np.concatenate(scores)[fired] * slope + offset, -7, 7)
    sure = np.clip(confidence[fired].astype(np.float64), 1e-3, 1 - 1e-3)
    cruft = 1 - np.concatenate([s.share for s in samples])[fired].astype(np.float64)
    columns = np.stack([np.log(sure / (1 - sure)), -judge, np.ones_like(sure)], axis=1)
    by_rule, by_judge, rest = _logistic(columns, cruft, np.ones_like(sure))
    return float(by_rule), float(by_judge), float(rest)


def _logistic(
    columns: NDArray[np.float64], target: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Logistic regression by Newton's method."""
    found = np.zeros(columns.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(columns @ found, -30, 30)))
        slope = columns.T @ (weight * (target - chance)) - 1e-6 * found
        curve = (columns * (weight * chance * (1 - chance) + 1e-12)[:, None]).T @ columns
        step = np.linalg.solve(curve + 1e-6 * np.eye(len(found)), slope)
        found += np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-8:
            break
    return found
