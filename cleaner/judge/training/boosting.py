"""Boosted trees by CatBoost, taken over into plain arrays."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.judge.lexicon import Floats
from cleaner.judge.training.extra import load
from cleaner.judge.trees import Trees

DEPTH = 6
"""How many questions lead to a leaf. Deeper trees do a little better on pages like those that they
learnt from, and take far more out of texts that are unlike them."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What trees are fitted to: features, the share of each row that is the article's, weights."""

    features: Floats
    share: Floats
    weight: Floats


def boost(rows: Rows, rounds: int, rate: float, threads: int) -> Trees:
    """Fit trees that give the log-odds of a row's share.

    Args:
        rows: what to fit.
        rounds: how many trees.
        rate: how much each of them counts.
        threads: processors to use; the result depends on it in the last digits.

    Raises:
        UsageError: CatBoost is not installed.
    """
    catboost = load("catboost")
    learner = catboost.CatBoostClassifier(
        loss_function="CrossEntropy",
        iterations=rounds,
        learning_rate=rate,
        depth=DEPTH,
        border_count=32,
        rsm=0.2,
        l2_leaf_reg=5,
        bootstrap_type="Bernoulli",
        subsample=0.6,
        boosting_type="Plain",
        leaf_estimation_iterations=1,
        random_seed=0,
        thread_count=threads,
        allow_writing_files=False,
        verbose=False,
    )
    learner.fit(catboost.Pool(rows.features, label=rows.share, weight=rows.weight))
    return _taken_over(learner)


def _taken_over(learner: Any) -> Trees:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.json"
        learner.save_model(str(file), format="json")
        found = json.loads(file.read_text())
    grown = found["oblivious_trees"]
    features = np.zeros((len(grown), DEPTH), np.int16)
    # A level that a tree does not have is never exceeded.
    borders = np.full((len(grown), DEPTH), np.inf, np.float32)
    leaves = np.zeros((len(grown), 1 << DEPTH), np.float32)
    scale, bias = found["scale_and_bias"]
    for number, tree in enumerate(grown):
        for level, split in enumerate(tree["splits"] or ()):
            features[number, level] = split["float_feature_index"]
            borders[number, level] = split["border"]
        leaves[number, : len(tree["leaf_values"])] = np.array(tree["leaf_values"]) * scale
    return Trees(features, borders, leaves, float(bias[0] if isinstance(bias, list) else bias))
