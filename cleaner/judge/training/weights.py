"""Lexical weights: in how many sites a term stands in articles, and in how many beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.judge.lexicon import BUCKETS, Floats
from cleaner.judge.training.dataset import Sample

COUNTED = "blocks"
"""The view whose terms are counted: each text of a page once."""
_LEAST_SITES = 4
_SMOOTHING = 0.7


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
    """Count terms by site, each site once, however many pages of it there are."""
    by_site: dict[str, list[Sample]] = {}
    for sample in samples:
        if sample.view == COUNTED:
            by_site.setdefault(sample.site, []).append(sample)
    inside, outside = np.zeros(BUCKETS), np.zeros(BUCKETS)
    sites = {}
    for site, own in by_site.items():
        buckets = np.concatenate([s.reading.terms.bucket for s in own])
        share = np.concatenate([s.share[s.reading.terms.line] for s in own])
        every = np.bincount(buckets, minlength=BUCKETS)
        good = np.bincount(buckets, weights=share, minlength=BUCKETS)
        found = np.flatnonzero(every)
        inside[found] += good[found] / every[found]
        outside[found] += 1 - good[found] / every[found]
        sites[site] = (found, good[found] / every[found])
    return Counts(inside, outside, sites)
