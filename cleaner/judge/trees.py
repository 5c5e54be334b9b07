"""Boosted oblivious trees as arrays: all that scoring needs is numpy.

An oblivious tree asks the same question of all nodes of a level (Kohavi 1994; Prokhorenkova et al.,
"CatBoost: unbiased boosting with categorical features", 2018), so the answers are the bits of the
leaf's number, and a whole ensemble is scored without a branch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.judge.lexicon import Floats

_LINES = 4_096


@dataclass(frozen=True)
class Trees:
    """An ensemble of trees of one depth.

    Attributes:
        features: for each tree and level, the feature that is compared.
        borders: what it must exceed.
        leaves: for each tree, the value of each leaf.
        bias: what is added to the sum.
    """

    features: NDArray[np.int16]
    borders: Floats
    leaves: Floats
    bias: float

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Their parts by name."""
        return {
            "features": self.features,
            "borders": self.borders,
            "leaves": self.leaves,
            "bias": np.array([self.bias]),
        }

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Trees:
        """From their parts by name.

        Raises:
            KeyError: a part is missing.
        """
        bias = float(arrays["bias"][0])
        return cls(arrays["features"], arrays["borders"], arrays["leaves"], bias)

    def __call__(self, features: Floats) -> Floats:
        """The log-odds of each line.

        Args:
            features: a row for each feature, a column for each line.
        """
        n = features.shape[1]
        parts = [self._score(features[:, at : at + _LINES]) for at in range(0, n, _LINES)]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _score(self, features: Floats) -> Floats:
        # Many trees ask the same; the answers of a tree's levels are the bits of its leaf's number.
        which, of, borders = self._questions
        answers = (features[of] > borders[:, None]).view(np.uint8)
        leaf = answers[which[:, 0]]
        for level in range(1, which.shape[1]):
            leaf |= answers[which[:, level]] << level
        trees, size = self.leaves.shape
        first = np.arange(0, trees * size, size, dtype=np.int32)[:, None]
        found = self.leaves.ravel().take(leaf + first, mode="clip")
        total: Floats = found.sum(axis=0) + np.float32(self.bias)
        return total

    @cached_property
    def _questions(self) -> tuple[NDArray[np.intp], NDArray[np.int16], Floats]:
        """For each tree and level its question's number; for each question feature and border."""
        asked = np.stack([self.features.ravel(), self.borders.ravel()], axis=1)
        questions, which = np.unique(asked, axis=0, return_inverse=True)
        return (
            which.reshape(self.features.shape),
            questions[:, 0].astype(np.int16),
            questions[:, 1].astype(np.float32),
        )
