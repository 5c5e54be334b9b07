"""The judge's network, against its definition line by line and unit by unit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.judge.lexicon import Floats
from cleaner.judge.network import LIMIT, Network

UNITS, LAYERS, FEATURES = 3, 3, 4


def random_network(chance: np.random.Generator) -> Network:
    def some(*shape: int) -> Floats:
        return chance.standard_normal(shape).astype(np.float32)

    return Network(
        columns=np.array([5, 0, 2, 3], np.int32),
        centre=some(FEATURES),
        scale=np.abs(some(FEATURES)) + np.float32(0.5),
        entry=some(FEATURES, UNITS),
        entry_bias=some(UNITS),
        gains=some(LAYERS, UNITS),
        shifts=some(LAYERS, UNITS),
        kernels=some(LAYERS, 3 * UNITS, UNITS),
        biases=some(LAYERS, UNITS),
        distances=np.array([1, 2, 4], np.int32),
        exit=some(UNITS),
        exit_bias=some(1)[0],
    )


def by_definition(net: Network, features: Floats) -> list[float]:
    lines = features.shape[1]
    units = []
    for line in range(lines):
        seen = np.clip((features[net.columns, line] - net.centre) / net.scale, -LIMIT, LIMIT)
        units.append(np.maximum(seen @ net.entry + net.entry_bias, 0))
    for layer, distance in enumerate(net.distances.tolist()):
        plain = [
            (u - u.mean()) / np.sqrt(u.var() + 1e-5) * net.gains[layer] + net.shifts[layer]
            for u in units
        ]
        before, here, after = net.kernels[layer].reshape(3, UNITS, UNITS)
        found = []
        for line in range(lines):
            total = plain[line] @ here + net.biases[layer]
            if line - distance >= 0:
                total = total + plain[line - distance] @ before
            if line + distance < lines:
                total = total + plain[line + distance] @ after
            found.append(units[line] + np.maximum(total, 0))
        units = found
    return [float(u @ net.exit + net.exit_bias) for u in units]


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_scores_as_it_is_defined(seed: int, lines: int) -> None:
    chance = np.random.default_rng(seed)
    net = random_network(chance)
    features = (3 * chance.standard_normal((6, lines))).astype(np.float32)
    assert net(features).tolist() == pytest.approx(by_definition(net, features), rel=1e-3, abs=1e-3)
