"""Samples to the arrays that learners are fitted to: features, weights, a network's texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.judge.features import around, wide
from cleaner.judge.lexicon import Floats
from cleaner.judge.passes import SECOND_LOOK, second_look, seen_by_network
from cleaner.judge.training.boosting import Rows
from cleaner.judge.training.dataset import Sample
from cleaner.judge.training.network import Texts
from cleaner.judge.training.weights import Counts

_SHORT = 80
"""Articles of fewer words than this count as having so many."""
_HEAVIEST = 3.0
"""The most that a text may weigh, however many times its cruft is the article."""
_WIDEST = 60_000.0
"""What a half-precision number holds."""
_FULL_WEIGHT = 0.008
"""The weight from which on every line is a row for trees; of lighter ones some are."""
_LEAST_RATE = 0.06
"""The least share that is taken of those."""


def by_site(samples: Sequence[Sample], among: Iterable[int]) -> list[int]:
    """The numbers of some samples in the order in which all of training takes them."""
    return sorted(among, key=lambda number: samples[number].site)


def read_features(
    samples: Sequence[Sample],
    among: Iterable[int],
    counted: tuple[Counts, Counts],
    odds: Sequence[Floats] | None = None,
) -> Iterator[tuple[int, Floats]]:
    """Number and features of each sample, with lexical weights that leave its own site out."""
    site, weights = "", [np.zeros(0, np.float32)] * 2
    for number in by_site(samples, among):
        sample = samples[number]
        if sample.site != site:
            site, weights = sample.site, [counts.weights(sample.site) for counts in counted]
        features, signals = wide(sample.reading, *weights)
        if odds is not None:
            more = second_look(odds[number], signals, sample.reading.vocabulary)
            features = np.concatenate([features, more])
        yield number, features


def take_rows(
    features: Iterable[tuple[int, Floats]],
    among: Iterable[int],
    samples: Sequence[Sample],
) -> Rows:
    """The rows to fit. Of lines that weigh little only some are taken, which then weigh more."""
    chance = np.random.default_rng(0)
    taken: dict[int, NDArray[np.bool_]] = {}
    shares: list[Floats] = []
    weights: list[Floats] = []
    for number in by_site(samples, among):
        weight = line_weights(samples[number])
        rate = np.clip(weight / _FULL_WEIGHT, _LEAST_RATE, 1)
        taken[number] = some = chance.random(len(weight)) < rate
        shares.append(samples[number].share[some])
        weights.append((weight / rate)[some].astype(np.float32))
    share = np.concatenate(shares)
    # Filled as it comes: it is most of the memory that training needs.
    rows = np.zeros((0, 0), np.float32)
    at = 0
    for number, matrix in features:
        if not len(rows):
            rows = np.zeros((len(share), len(matrix)), np.float32)
        some = taken[number]
        end = at + int(some.sum())
        rows[at:end] = matrix[:, some].T
        at = end
    return Rows(rows, share, np.concatenate(weights))


def take_texts(
    samples: Sequence[Sample], among: Sequence[int], every: Iterable[tuple[int, Floats]]
) -> tuple[Texts, NDArray[np.int32]]:
    """What a network is fitted to, and which features it looks at."""
    total = sum(len(samples[number].share) for number in among)
    share, weight = np.zeros((2, total), np.float32)
    bounds = np.zeros(len(among) + 1, np.int64)
    columns = np.zeros(0, np.int32)
    seen = np.zeros((0, 0), np.float16)
    at = 0
    for count, (number, features) in enumerate(every, 1):
        if not len(columns):
            more = SECOND_LOOK
            columns = seen_by_network(len(features) - more, more, around(samples[number].reading))
            seen = np.zeros((total, len(columns)), np.float16)
        rows = slice(at, at + features.shape[1])
        seen[rows] = np.clip(features[columns].T, -_WIDEST, _WIDEST)
        share[rows] = samples[number].share
        weight[rows] = line_weights(samples[number])
        at = bounds[count] = rows.stop
    return Texts(seen, share, weight, bounds), columns


def line_weights(sample: Sample) -> Floats:
    """What an error in each line costs, by the words that it puts in or leaves out."""
    weight = (sample.words + 0.5) / max(sample.gold, _SHORT)
    total = float(weight.sum())
    matters = sample.importance * min(total, _HEAVIEST) / total
    return (weight * matters).astype(np.float32)
