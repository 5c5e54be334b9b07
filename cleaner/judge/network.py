"""A small network over the lines of a document, as arrays: all that scoring needs is numpy.

Dilated convolutions with residual connections (Bai, Kolter & Koltun, "An empirical evaluation of
generic convolutional and recurrent networks for sequence modeling", 2018), looking both ways: each
layer adds to what is known of a line what is known of the lines at its distance before and after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.judge.lexicon import Floats

LIMIT = 5.0
"""How far from the usual a feature may lie, in standard deviations; what lies further counts so."""
_TINY = 1e-5
_ONE_THREAD = 1 << 18
"""Multiplications up to which OpenBLAS leaves a product to the thread that asks for it."""


@dataclass(frozen=True)
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
        units = np.maximum(_product(self.standard(features), self.entry) + self.entry_bias, 0)
        width = units.shape[1]
        for layer, distance in enumerate(self.distances.tolist()):
            plain = _normalised(units)
            plain *= self.gains[layer]
            plain += self.shifts[layer]
            found = _product(plain, self._kernels[layer])
            here = found[:, width : 2 * width]
            here += self.biases[layer]
            # What each line says to the one at the distance behind it, and to the one before it.
            here[distance:] += found[:-distance, :width]
            here[:-distance] += found[distance:, 2 * width :]
            units += np.maximum(here, 0, out=here)
        score: Floats = np.einsum("lu,u->l", units, self.exit) + self.exit_bias
        return score

    @cached_property
    def _kernels(self) -> Floats:
        """For each layer what a line says to those behind it, to itself, to those before it."""
        layers, _, width = self.kernels.shape
        sides = self.kernels.reshape(layers, 3, width, width).transpose(0, 2, 1, 3)
        return np.ascontiguousarray(sides.reshape(layers, width, 3 * width))

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
    width = np.float32(units.shape[1])
    centred: Floats = units - np.einsum("lu->l", units)[:, None] / width
    spread = np.sqrt(np.einsum("lu,lu->l", centred, centred) / width + np.float32(_TINY))
    centred /= spread[:, None]
    return centred
