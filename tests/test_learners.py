"""Trees and network: arrays that score as one would by hand."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.judge.lexicon import Floats
from cleaner.judge.network import LIMIT, Network
from cleaner.judge.passes import agreed, pooled
from cleaner.judge.training.fit import trust
from cleaner.judge.trees import Trees
from tests.conftest import environment


def slow(trees: Trees, features: Floats) -> list[float]:
    totals = []
    for line in features.T:
        total = trees.bias
        for asked, borders, leaves in zip(trees.features, trees.borders, trees.leaves, strict=True):
            leaf = sum(
                1 << k for k, (f, b) in enumerate(zip(asked, borders, strict=True)) if line[f] > b
            )
            total += float(leaves[leaf])
        totals.append(total)
    return totals


@given(st.integers(0, 2**32 - 1), st.integers(0, 30))
def test_trees_answer_as_one_would_by_hand(seed: int, lines: int) -> None:
    chance = np.random.default_rng(seed)
    trees = Trees(
        chance.integers(0, 5, (7, 3)).astype(np.int16),
        chance.integers(0, 3, (7, 3)).astype(np.float32),
        chance.standard_normal((7, 8)).astype(np.float32),
        0.5,
    )
    features = chance.integers(0, 4, (5, lines)).astype(np.float32)
    assert trees(features) == pytest.approx(slow(trees, features), abs=1e-5)


def by_hand(network: Network, features: Floats) -> list[float]:
    """The network's scores, one line and one layer after the other."""
    seen = [
        np.clip((line[network.columns] - network.centre) / network.scale, -LIMIT, LIMIT)
        for line in features.T
    ]
    units = [np.maximum(line @ network.entry + network.entry_bias, 0) for line in seen]
    for layer, distance in enumerate(network.distances.tolist()):
        plain = [
            (u - u.mean()) / np.sqrt(u.var() + 1e-5) * network.gains[layer] + network.shifts[layer]
            for u in units
        ]
        nothing = np.zeros_like(plain[0])
        found = []
        for number, u in enumerate(units):
            around = [
                plain[at] if 0 <= at < len(units) else nothing
                for at in (number - distance, number, number + distance)
            ]
            more = np.concatenate(around) @ network.kernels[layer] + network.biases[layer]
            found.append(u + np.maximum(more, 0))
        units = found
    return [float(u @ network.exit + network.exit_bias) for u in units]


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_the_network_scores_as_one_would_by_hand(seed: int, lines: int) -> None:
    chance = np.random.default_rng(seed)

    def some(*shape: int) -> Floats:
        return chance.standard_normal(shape).astype(np.float32)

    network = Network(
        columns=np.array([0, 2, 3], np.int32),
        centre=some(3),
        scale=np.abs(some(3)) + np.float32(0.5),
        entry=some(3, 4),
        entry_bias=some(4),
        gains=some(2, 4),
        shifts=some(2, 4),
        kernels=some(2, 12, 4),
        biases=some(2, 4),
        distances=np.array([1, 3], np.int32),
        exit=some(4),
        exit_bias=some(),
    )
    features = some(5, lines)
    assert network(features) == pytest.approx(by_hand(network, features), rel=1e-3, abs=1e-3)


def test_another_extractor_counts_the_less_the_surer_the_model_is() -> None:
    own = np.array([4, 0, 0, -4, 1], np.float32)
    kept = np.array([0, 1, 0, 1, -1], np.float32)
    found = pooled(own, kept, np.array([0.9, 0.5], np.float32))
    assert found == pytest.approx([3.1, 0.5, -0.5, -3.1, 1])
    assert pooled(own, kept, np.array([1, 0], np.float32)) == pytest.approx(own)


def test_a_model_counts_by_the_sites_and_languages_that_it_has_seen() -> None:
    few = trust([(f"site{n}", 0) for n in range(10)], 2)
    many = trust([(f"site{n}", n % 5 == 0) for n in range(10_000)], 2)
    assert few[0, 0] < many[0, 0] < 1
    # Both count less where little was seen; of the two, the other one more in unknown languages.
    few_of_model, many_of_model = few[:, 1] / few[:, 0], many[:, 1] / many[:, 0]
    assert few_of_model == pytest.approx([0.25, 1.1875, 1.1875])
    assert many_of_model == pytest.approx([0.25, 0.25, 1.1875])
    assert trust([], 2).tolist() == [[1, 0]] * 3


def test_learners_that_differ_meet_in_the_middle_but_in_a_clean_text() -> None:
    size = np.array([100.0, 100.0, 100.0, 100.0])
    one, other = np.array([4, -4, -4, -4], np.float32), np.array([2, 1, -4, -4], np.float32)
    assert agreed(one, other, size).tolist() == [3, -1.5, -4, -4]
    clean_one, clean_other = np.array([4, 4, 4, -4], np.float32), np.array([4, 4, 4, 1], np.float32)
    assert agreed(clean_one, clean_other, size).tolist() == [4, 4, 4, 1]


def test_no_other_thread_works_for_the_network() -> None:
    """Processor time, not how long it takes: threads that only wait for each other use it too."""
    code = (
        "import time\n"
        "import numpy as np\n"
        "from cleaner.judge.model import builtin_model\n"
        "network = builtin_model().network\n"
        "features = np.ones((network.columns.max() + 1, 4_000), np.float32)\n"
        "before = time.process_time(), time.thread_time()\n"
        "for _ in range(5):\n"
        "    network(features)\n"
        "every, own = time.process_time() - before[0], time.thread_time() - before[1]\n"
        "print(own / every)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment({"OPENBLAS_NUM_THREADS": "2"}),
        capture_output=True,
        check=True,
    )
    assert float(done.stdout) > 0.9
