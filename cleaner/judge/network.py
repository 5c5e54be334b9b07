"""A small network over the lines of a document, as arrays: all that scoring needs is numpy.

Dilated convolutions with residual connections (Bai, Kolter & Koltun, "An empirical evaluation of
generic convolutional and recurrent networks for sequence modeling", 2018), looking both ways: each
layer adds to what is known of a line what is known of the lines at its distance before and after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.judge.lexicon import Floats

LIMIT = 5.0
"""How far from the usual a feature may lie, in standard deviations; what lies further counts so."""
_TINY = 1e-5
_ONE_THREAD = 1 << 18
"""Multiplications up to which OpenBLAS leaves a product to the thread that asks for it."""


@dataclass(frozen=True, slots=True)
class Network:
    """A trained network.

    Attributes:
        columns: the features that it looks at.
        centre: their means.
        scale: their standard deviations.
        entry: a row for each feature, a column for each unit.
        entry_bias: what is added to each unit.
        gains: for each layer, what its normalised units are multiplied with.
        shifts: what is added to them.
        kernels: for each layer, the weights of the lines before, of the line, of those after.
        biases: for each layer, what is added to its units.
        distances: for each layer, how many lines away it looks.
        exit: the weight of each unit in the score.
        exit_bias: what is added to the score.
    """

    columns: NDArray[np.int32]
    centre: Floats
    scale: Floats
    entry: Floats
    entry_bias: Floats
    gains: Floats
    shifts: Floats
    kernels: Floats
    biases: Floats
    distances: NDArray[np.int32]
    exit: Floats
    exit_bias: Floats

    def __call__(self, features: Floats) -> Floats:
        """The log-odds of each line.

        Args:
            features: a row for each feature, a column for each line.
        """
        seen = self.standard(features)
        units = np.maximum(_product(seen, self.entry) + self.entry_bias, 0)
        lines, width = units.shape
        for layer, distance in enumerate(self.distances.tolist()):
            plain = _normalised(units) * self.gains[layer] + self.shifts[layer]
            around = np.zeros((lines, 3, width), np.float32)
            around[distance:, 0] = plain[: max(0, lines - distance)]
            around[:, 1] = plain
            around[: max(0, lines - distance), 2] = plain[distance:]
            found = _product(around.reshape(lines, 3 * width), self.kernels[layer])
            units += np.maximum(found + self.biases[layer], 0)
        score: Floats = np.einsum("lu,u->l", units, self.exit) + self.exit_bias
        return score

    def standard(self, features: Floats) -> Floats:
        """What the network looks at, a row for each line, as distances from the usual."""
        seen = (features[self.columns] - self.centre[:, None]) / self.scale[:, None]
        found: Floats = np.clip(seen, -LIMIT, LIMIT).T
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Its parts by name."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Network:
        """From its parts by name.

        Raises:
            KeyError: a part is missing.
        """
        return cls(**{f.name: arrays[f.name] for f in fields(cls)})


def _product(lines: Floats, weights: Floats) -> Floats:
    """The product of two matrices, in pieces of so few lines that each is worth one thread only.

    Where all processors are busy, as with one process for each, threads that a product is shared
    out among wait for one another, and take several times as long.
    """
    count, width = lines.shape
    piece = max(1, _ONE_THREAD // weights.size)
    pieces = -(-count // piece)
    padded = np.zeros((pieces * piece, width), np.float32)
    padded[:count] = lines
    found: Floats = padded.reshape(pieces, piece, width) @ weights
    return found.reshape(-1, weights.shape[1])[:count]


def _normalised(units: Floats) -> Floats:
    """Each line's units with mean 0 and variance 1 (Ba, Kiros & Hinton 2016)."""
    centred = units - units.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + np.float32(_TINY))
    found: Floats = centred / spread
    return found
