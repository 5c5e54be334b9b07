"""Samples to a model: lexical weights by site, two passes of boosted trees, calibration."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.judge.chars import CharTables
from cleaner.judge.context import with_context
from cleaner.judge.lexicon import Floats, FunctionWords
from cleaner.judge.model import Model
from cleaner.judge.passes import second_look
from cleaner.judge.signals import with_lexical
from cleaner.judge.training import ROUNDS
from cleaner.judge.training.boosting import Rows, boost
from cleaner.judge.training.calibrate import calibrate, combine
from cleaner.judge.training.dataset import Sample
from cleaner.judge.training.weights import Counts, count_terms
from cleaner.judge.trees import Trees

_SHORT = 80
"""Articles of fewer words than this count as having so many."""
_HEAVIEST = 3.0
"""The most that a text may weigh, however many times its cruft is the article."""
_FULL_WEIGHT = 0.008
_LEAST_RATE = 0.06

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How much is learnt, and how fast.

    Attributes:
        first_rounds: trees of the first pass.
        second_rounds: trees of the second.
        rate: how much each tree counts.
        threads: processors to use; the last digits depend on it.
        seed: of what is left to chance.
        without: views to leave out.
    """

    first_rounds: int = ROUNDS[0]
    second_rounds: int = ROUNDS[1]
    rate: float = 0.1
    threads: int = 2
    seed: int = 0
    without: tuple[str, ...] = ()


def fit(
    samples: Sequence[Sample], tables: CharTables, function: FunctionWords, recipe: Recipe, say: Say
) -> Model:
    """Fit a model to samples.

    Args:
        samples: views of labelled pages.
        tables: with which they were read.
        function: with which they were read.
        recipe: how much to learn.
        say: told of each step.
    """
    counts = count_terms(samples)
    samples = [s for s in samples if s.view not in recipe.without]
    say(f"{len(samples)} texts of {len(counts.sites)} sites")
    halves = _halves(samples)

    def learn(rounds: int, among: Sequence[int], odds: Sequence[Floats] | None = None) -> Trees:
        rows = _rows(_features(samples, among, counts, odds), samples, recipe)
        return boost(rows, rounds, recipe.rate, recipe.threads)

    def unseen(rounds: int, odds: Sequence[Floats] | None = None) -> list[Floats]:
        """Scores of all samples, each by trees that saw nothing of its site."""
        scores: list[Floats] = [np.zeros(0, np.float32)] * len(samples)
        for one, other in (halves, halves[::-1]):
            trees = learn(rounds * 2 // 3, one, odds)
            for number, features in _features(samples, other, counts, odds):
                scores[number] = trees(features)
        return scores

    everything = range(len(samples))
    first_unseen = unseen(recipe.first_rounds)
    say("first pass, by halves of the sites")
    first = learn(recipe.first_rounds, everything)
    say("first pass")
    second_unseen = unseen(recipe.second_rounds, first_unseen)
    say("second pass, by halves of the sites")
    second = learn(recipe.second_rounds, everything, first_unseen)
    say("second pass")
    odds = calibrate(samples, second_unseen)
    return Model(
        tables,
        function,
        counts.weights(),
        first,
        second,
        odds,
        combine(samples, second_unseen, odds),
    )


def _halves(samples: Sequence[Sample]) -> tuple[list[int], list[int]]:
    """The numbers of the samples by halves of the sites."""
    first = [fold_of(f"half {s.site}", 2) == 0 for s in samples]
    return [n for n, f in enumerate(first) if f], [n for n, f in enumerate(first) if not f]


def _features(
    samples: Sequence[Sample], among: Iterable[int], counts: Counts, odds: Sequence[Floats] | None
) -> Iterator[tuple[int, Floats]]:
    """Number and features of each sample, with lexical weights that leave its own site out."""
    site, weights = "", np.zeros(0, np.float32)
    for number in sorted(among, key=lambda n: samples[n].site):
        sample = samples[number]
        if sample.site != site:
            site, weights = sample.site, counts.weights(sample.site)
        signals = with_lexical(sample.reading, weights)
        features = with_context(signals)
        if odds is not None:
            more = second_look(odds[number], signals, sample.reading.vocabulary)
            features = np.concatenate([features, more])
        yield number, features


def _rows(
    features: Iterable[tuple[int, Floats]], samples: Sequence[Sample], recipe: Recipe
) -> Rows:
    """The rows to fit. Of lines that weigh little only some are taken, which then weigh more."""
    chance = np.random.default_rng(recipe.seed)
    parts: list[Floats] = []
    shares: list[Floats] = []
    weights: list[Floats] = []
    for number, matrix in features:
        sample = samples[number]
        weight = line_weights(sample)
        rate = np.clip(weight / _FULL_WEIGHT, _LEAST_RATE, 1)
        taken = chance.random(len(weight)) < rate
        parts.append(matrix[:, taken].T)
        shares.append(sample.share[taken])
        weights.append((weight / rate)[taken].astype(np.float32))
    return Rows(np.concatenate(parts), np.concatenate(shares), np.concatenate(weights))


def fold_of(site: str, folds: int) -> int:
    """The fold of a site: a hash of its name, so that a new page changes no other's."""
    return int(hashlib.sha256(site.encode()).hexdigest()[:8], 16) % folds


def line_weights(sample: Sample) -> Floats:
    """What an error in each line costs, by the words that it puts in or leaves out."""
    weight = (sample.words + 0.5) / max(sample.gold, _SHORT)
    total = float(weight.sum())
    matters = sample.importance * min(total, _HEAVIEST) / total
    return (weight * matters).astype(np.float32)
