"""Lexical weights: in how many sites a term stands in articles, and in how many beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.judge import names
from cleaner.judge.lexicon import BUCKETS, Floats
from cleaner.judge.training.dataset import Sample

COUNTED = frozenset({"blocks", "page"})
"""The views whose terms are counted: each text of a page once."""
_LEAST_SITES = 4
_WORDLESS = 0.5
"""What a line without words counts."""
_SMOOTHING = 0.7

_Terms = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]
"""For each term its line and its bucket, and what each line counts."""


@dataclass(slots=True)
class Counts:
    """Sites by term.

    Attributes:
        inside: for each bucket, in how many sites its terms stand in articles.
        outside: in how many they stand beside them.
        sites: what each site adds: buckets, and the share of each that is inside.
    """

    inside: NDArray[np.float64]
    outside: NDArray[np.float64]
    sites: Mapping[str, tuple[NDArray[np.int64], NDArray[np.float64]]]

    def weights(self, without: str | None = None) -> Floats:
        """Log-odds of each bucket; zero for those of too few sites.

        Args:
            without: a site to leave out, since its own words tell nothing of other sites.
        """
        inside, outside = self.inside, self.outside
        if without is not None and without in self.sites:
            buckets, share = self.sites[without]
            inside, outside = inside.copy(), outside.copy()
            inside[buckets] -= share
            outside[buckets] -= 1 - share
        odds = np.log((inside + _SMOOTHING) / (outside + _SMOOTHING))
        return np.where(inside + outside > _LEAST_SITES - 0.5, odds, 0).astype(np.float32)


def count_terms(samples: Iterable[Sample]) -> Counts:
    """Count the words of texts by site, each site once, however many pages of it there are."""
    return _counted(
        samples,
        BUCKETS,
        lambda s: (s.reading.terms.line, s.reading.terms.bucket, np.ones(len(s.share))),
    )


def count_names(samples: Iterable[Sample]) -> Counts:
    """Count the names that pages give to elements by site, by how many words stand in them."""
    return _counted(
        samples,
        names.BUCKETS,
        lambda s: (
            None
            if (page := s.reading.page) is None
            else (page.line, page.bucket, s.words.astype(np.float64) + _WORDLESS)
        ),
    )


def _counted(
    samples: Iterable[Sample],
    size: int,
    terms: Callable[[Sample], _Terms | None],
) -> Counts:
    by_site: dict[str, list[Sample]] = {}
    for sample in samples:
        if sample.view in COUNTED:
            by_site.setdefault(sample.site, []).append(sample)
    inside, outside = np.zeros(size), np.zeros(size)
    sites = {}
    for site, own in by_site.items():
        every, good = np.zeros(size), np.zeros(size)
        for sample in own:
            found = terms(sample)
            if found is None:
                return Counts(np.zeros(0), np.zeros(0), {})
            line, bucket, weight = found
            every += np.bincount(bucket, weights=weight[line], minlength=size)
            good += np.bincount(bucket, weights=(weight * sample.share)[line], minlength=size)
        buckets = np.flatnonzero(every)
        share = good[buckets] / every[buckets]
        inside[buckets] += share
        outside[buckets] += 1 - share
        sites[site] = (buckets, share)
    return Counts(inside, outside, sites)
