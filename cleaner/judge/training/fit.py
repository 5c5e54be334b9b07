"""Samples to a model: lexical weights by site, boosted trees, a network, calibration."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.judge.chars import CharTables
from cleaner.judge.context import open_sizes
from cleaner.judge.lexicon import Floats, KnownWords
from cleaner.judge.model import Model
from cleaner.judge.network import Network
from cleaner.judge.passes import agreed
from cleaner.judge.signals import NAMES
from cleaner.judge.training import EPOCHS, ROUNDS, SEED
from cleaner.judge.training.arrays import read_features, take_rows, take_texts
from cleaner.judge.training.boosting import boost
from cleaner.judge.training.calibrate import calibrate, combine, settle_odds
from cleaner.judge.training.dataset import Sample
from cleaner.judge.training.network import fit_network
from cleaner.judge.training.weights import count_names, count_terms
from cleaner.judge.trees import Trees

_HALF = 220
"""Sites after which half of what a model and another extractor say of a line counts, and of more
sites soon all of it. What is said of the lines of a page is right or wrong together, and more often
wrong than the lines that the odds are fitted to, the fewer sites' ways are known."""
_WORD = (0.25, 1.5)
"""The log-odds that another extractor's word is worth beside a model's: in a language of which
enough was seen, and of which nothing was."""
_KNOWN = 4
"""Sites after which a language counts as known. One is given to all of them: what is learnt of
pages holds in part in any language."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How much is learnt, and how fast.

    Attributes:
        rounds: trees of the first pass.
        second_rounds: trees of the second.
        epochs: how often the network of the second pass learns from each text.
        rate: how much each tree counts.
        threads: processors to use; the last digits depend on it.
        seed: of what is left to chance in the network: where it starts, the order of the texts.
        without: views to leave out.
    """

    rounds: int = ROUNDS[0]
    second_rounds: int = ROUNDS[1]
    epochs: int = EPOCHS
    rate: float = 0.1
    threads: int = 2
    seed: int = SEED
    without: tuple[str, ...] = ()


def fit(
    samples: Sequence[Sample], tables: CharTables, known: KnownWords, recipe: Recipe, say: Say
) -> Model:
    """Fit a model to samples.

    Args:
        samples: views of labelled pages.
        tables: with which they were read.
        known: function words and words of dates, with which they were read.
        recipe: how much to learn.
        say: told of each step.
    """
    counts, names = count_terms(samples), count_names(samples)
    samples = [s for s in samples if s.view not in recipe.without]
    say(f"{len(samples)} texts of {len(counts.sites)} sites")
    everything = range(len(samples))
    halves = _halves(samples)

    def read(
        among: Sequence[int], odds: Sequence[Floats] | None = None
    ) -> Iterator[tuple[int, Floats]]:
        return read_features(samples, among, (counts, names), odds)

    def trees(rounds: int, among: Sequence[int], odds: Sequence[Floats] | None = None) -> Trees:
        rows = take_rows(read(among, odds), among, samples)
        return boost(rows, rounds, recipe.rate, recipe.threads)

    def network(among: Sequence[int]) -> Network:
        texts, columns = take_texts(samples, among, read(among, unseen))
        return fit_network(texts, columns, recipe.epochs, recipe.seed, recipe.threads)

    # What the first pass says of a line in training must be said by trees that saw nothing of its
    # site, as in use.
    unseen: list[Floats] = [np.zeros(0, np.float32)] * len(samples)
    for one, other in (halves, halves[::-1]):
        half = trees(recipe.rounds * 2 // 3, one)
        for number, features in read(other):
            unseen[number] = half(features)
    say("first pass, by halves of the sites")
    first = trees(recipe.rounds, everything)
    say("first pass")
    second = trees(recipe.second_rounds, everything, unseen)
    say("second pass")
    net = network(everything)
    say("network")
    half, half_net = trees(recipe.second_rounds * 2 // 3, halves[0], unseen), network(halves[0])
    judged: list[Sample] = []
    scores: list[Floats] = []
    for number, features in read(halves[1], unseen):
        judged.append(samples[number])
        sizes = open_sizes(features[: len(NAMES)])
        scores.append(agreed(half(features), half_net(features), sizes))
    odds = calibrate(judged, scores)
    weights = trust(
        [(s.site, s.reading.language) for s in samples if s.reading.page is not None],
        known.languages,
    )
    say("calibration")
    return Model(
        tables=tables,
        known=known,
        weights=counts.weights(),
        names=names.weights(),
        first=first,
        second=second,
        network=net,
        odds=odds,
        settled=settle_odds(judged, scores, odds, weights),
        combined=combine(judged, scores, odds),
        trust=weights,
    )


def trust(seen: Iterable[tuple[str, int]], languages: int) -> Floats:
    """How much a model counts, and another extractor's word beside it, in each language.

    What few sites teach may be their own ways, and what one set of labels takes for the article; of
    a language that it has not seen a model knows less than a program that somebody wrote.

    Args:
        seen: the sites of the pages that it learnt from, with the language of each page; nothing
            where it learnt from texts, of which no other extractor says anything.
        languages: how many there are; that number stands for all others.

    Returns:
        A row for each language and one for all others: the two weights.
    """
    pairs = set(seen)
    if not pairs:
        return np.tile(np.array([1, 0], np.float32), (languages + 1, 1))
    sites = len({site for site, _ in pairs})
    ours = sites**2 / (sites**2 + _HALF**2)
    own = np.bincount([language for _, language in pairs], minlength=languages + 1)
    known, unknown = _WORD
    word = unknown + (known - unknown) * np.minimum((own + 1) / _KNOWN, 1)
    return np.stack([np.full(len(own), ours), ours * word], axis=1).astype(np.float32)


def _halves(samples: Sequence[Sample]) -> tuple[list[int], list[int]]:
    """The numbers of the samples by halves of the sites."""
    first = [fold_of(f"half {s.site}", 2) == 0 for s in samples]
    return [n for n, f in enumerate(first) if f], [n for n, f in enumerate(first) if not f]


def fold_of(site: str, folds: int) -> int:
    """The fold of a site: a hash of its name, so that a new page changes no other's."""
    return int(hashlib.sha256(site.encode()).hexdigest()[:8], 16) % folds
