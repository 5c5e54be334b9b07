"""Fitting the network of the second pass, by PyTorch."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.judge.lexicon import Floats
from cleaner.judge.network import LIMIT, Network
from cleaner.judge.training.extra import load

UNITS = 64
DISTANCES = (1, 2, 4, 8, 16, 32)
_LONGEST = 600
"""Longer texts are learnt from in pieces of so many lines."""
_BATCH = 5_000
"""Lines that each step learns from."""
_HIDDEN = 0.2
_UNSEEN = 0.2
"""Shares of the units and of the features that are left out by chance in each step (dropout)."""
_RATE = 4e-3
_WARM_UP = 0.15
_DECAY = 0.02
_STEEPEST = 1.0
_LOOKED_AT = 200_000

Parts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Texts:
    """What a network is fitted to: the lines of all texts, one text after the other.

    Attributes:
        features: a row for each line, a column for each feature.
        share: how much of each line is the article's.
        weight: what an error costs.
        bounds: the first line of each text, and at last the number of lines.
    """

    features: NDArray[np.float16]
    share: Floats
    weight: Floats
    bounds: NDArray[np.int64]


def fit_network(
    texts: Texts, columns: NDArray[np.int32], epochs: int, seed: int, threads: int
) -> Network:
    """Fit a network that gives the log-odds of a line's share.

    Args:
        texts: what to fit.
        columns: which rows of a document's features the columns of ``texts`` are.
        epochs: how often each text is learnt from.
        seed: of what is left to chance.
        threads: processors to use; the result depends on it in the last digits.

    Raises:
        UsageError: PyTorch is not installed.
    """
    torch = load("torch")
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    centre, scale = _usual(texts.features, chance)
    parts = _first_parts(torch, len(columns))
    learner = torch.optim.AdamW(list(parts.values()), lr=_RATE, weight_decay=_DECAY)
    steps = sum(1 for _ in _batches(texts, np.random.default_rng(seed)))
    pace = torch.optim.lr_scheduler.OneCycleLR(
        learner, _RATE, total_steps=int(1.02 * steps * epochs) + 5, pct_start=_WARM_UP
    )
    for batch in itertools.chain.from_iterable(_batches(texts, chance) for _ in range(epochs)):
        seen, share, weight, real = _tensors(torch, texts, batch, centre, scale)
        score = _score(torch, parts, torch.dropout(seen, _UNSEEN, True), real)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(score, share, reduction="none")
        learner.zero_grad()
        ((loss * weight).sum() / len(batch)).backward()
        torch.nn.utils.clip_grad_norm_(list(parts.values()), _STEEPEST)
        learner.step()
        if pace.last_epoch < pace.total_steps - 1:
            pace.step()
    found = {name: part.detach().numpy().astype(np.float32) for name, part in parts.items()}
    return Network(
        columns=columns,
        centre=centre,
        scale=scale,
        distances=np.array(DISTANCES, np.int32),
        **found,
    )


def _usual(features: NDArray[np.float16], chance: np.random.Generator) -> tuple[Floats, Floats]:
    some = np.sort(chance.integers(0, len(features), _LOOKED_AT))
    seen = features[some].astype(np.float32)
    return seen.mean(axis=0), seen.std(axis=0) + np.float32(0.01)


def _first_parts(torch: Any, features: int) -> Parts:
    """Where learning starts: even chance within the bounds of Glorot & Bengio (2010)."""

    def start(*shape: int, reach: int) -> Any:
        bound = 1 / math.sqrt(reach)
        return (torch.rand(shape) * 2 - 1) * bound

    layers = len(DISTANCES)
    parts = {
        "entry": start(features, UNITS, reach=features),
        "entry_bias": start(UNITS, reach=features),
        "gains": torch.ones((layers, UNITS)),
        "shifts": torch.zeros((layers, UNITS)),
        "kernels": start(layers, 3 * UNITS, UNITS, reach=3 * UNITS),
        "biases": start(layers, UNITS, reach=3 * UNITS),
        "exit": start(UNITS, reach=UNITS),
        "exit_bias": torch.zeros(()),
    }
    return {name: part.requires_grad_() for name, part in parts.items()}


def _score(torch: Any, parts: Parts, seen: Any, real: Any) -> Any:
    """What :class:`Network` computes, for a batch of texts of one length."""
    units = torch.relu(seen @ parts["entry"] + parts["entry_bias"])
    width = units.shape[-1]
    for layer, distance in enumerate(DISTANCES):
        plain = torch.layer_norm(units, (width,), parts["gains"][layer], parts["shifts"][layer])
        kernel = parts["kernels"][layer].reshape(3, width, width).permute(2, 1, 0)
        found = torch.conv1d(
            (plain * real).transpose(1, 2),
            kernel,
            parts["biases"][layer],
            padding=distance,
            dilation=distance,
        )
        units = units + torch.dropout(torch.relu(found.transpose(1, 2)), _HIDDEN, True)
    return units @ parts["exit"] + parts["exit_bias"]


def _batches(texts: Texts, chance: np.random.Generator) -> Iterator[list[tuple[int, int]]]:
    """Pieces of texts, as first line and number of lines, with others of about their length."""
    waiting: dict[int, list[tuple[int, int]]] = {}
    for text in chance.permutation(len(texts.bounds) - 1).tolist():
        first, last = int(texts.bounds[text]), int(texts.bounds[text + 1])
        for start in range(first, last, _LONGEST):
            size = min(_LONGEST, last - start)
            alike = waiting.setdefault(math.ceil(2 * math.log2(max(size, 16))), [])
            alike.append((start, size))
            if sum(n for _, n in alike) > _BATCH:
                yield list(alike)
                alike.clear()
    yield from (alike for alike in waiting.values() if alike)


def _tensors(
    torch: Any, texts: Texts, batch: Sequence[tuple[int, int]], centre: Floats, scale: Floats
) -> tuple[Any, Any, Any, Any]:
    longest = max(size for _, size in batch)
    shape = (len(batch), longest)
    seen = np.zeros((*shape, texts.features.shape[1]), np.float32)
    share, weight, real = np.zeros((3, *shape), np.float32)
    for row, (first, size) in enumerate(batch):
        rows = slice(first, first + size)
        plain = (texts.features[rows].astype(np.float32) - centre) / scale
        seen[row, :size] = np.clip(plain, -LIMIT, LIMIT)
        share[row, :size] = texts.share[rows]
        weight[row, :size] = texts.weight[rows]
        real[row, :size] = 1
    found = [torch.from_numpy(a) for a in (seen, share, weight, real[..., None])]
    return found[0], found[1], found[2], found[3]
