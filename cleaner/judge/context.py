"""What stands around a line: neighbours, windows, running text before and after, the document.

A row holds one feature of all lines, so that what is done is done to lines that lie side by side.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.judge.lexicon import Floats
from cleaner.judge.sections import since
from cleaner.judge.signals import COLUMN, GROUPS

_NEAR = (
    "chars",
    "lower_words",
    "function_words",
    "lexical",
    "ends_terminal",
    "prose",
    "fired",
    "kind",
    "gap",
    "digits",
    "upper_words",
    "lexical_line",
    "hits",
    "links",
    "cohesion",
    "dated",
    "tail_copies",
    "head_copies",
)
_STEPS = (1, 2, 3)
_WINDOWED = (
    "chars",
    "lower_words",
    "function_words",
    "lexical",
    "prose",
    "fired",
    "ends_terminal",
    "upper_words",
    "copies",
    "digits",
    "cohesion",
    "group_3",
    "group_4",
    "dated",
    "tail_copies",
    "head_copies",
    "exclaims",
)
_WEIGHED = ("prose", "lexical", "function_words")
"""What windows also hold weighted by characters."""
_WINDOWS = (4, 10, 25)
AROUND = 2 * (len(_NEAR) * len(_STEPS) + (len(_WINDOWED) + len(_WEIGHED)) * len(_WINDOWS))
"""How many of the last rows say only what others say of the lines around."""
_FAR = 60
_COUNTED_GROUPS = (1, 2, 3, 4, 5, 8)
_PERIODS = (1, 2, 3, 4, 5, 6)
_RHYTHM = 6

Wide = NDArray[np.float64]


def with_context(signals: Floats) -> Floats:
    """The signals of all lines, a row each, and below them those of what stands around."""
    n = signals.shape[1]
    parts = [
        signals,
        *_places(signals, np.arange(n)),
        *_rhythm(signals),
        _layout(signals),
        neighbours(signals[[COLUMN[name] for name in _NEAR]], _STEPS, -1),
        _windows(signals),
    ]
    return np.concatenate([p if p.ndim == 2 else p[None] for p in parts], axis=0, dtype=np.float32)


def line_sizes(signals: Floats) -> Wide:
    """How many characters each line has."""
    size: Wide = np.expm1(signals[COLUMN["chars"]].astype(np.float64))
    return size


def open_sizes(signals: Floats) -> Wide:
    """The same of lines that are neither a field nor what a rule takes; 0 of others."""
    taken = signals[[COLUMN["fired"], COLUMN["field_title"], COLUMN["field_other"]]].max(axis=0)
    return np.where(taken > 0, 0.0, line_sizes(signals))


def neighbours(rows: Floats, steps: tuple[int, ...], missing: float) -> Floats:
    """The same rows of the lines so many steps before and after, ``missing`` beyond the ends."""
    count, n = rows.shape
    out = np.full((len(steps), 2, count, n), missing, np.float32)
    for number, step in enumerate(steps):
        if step < n:
            out[number, 0, :, step:] = rows[:, :-step]
            out[number, 1, :, :-step] = rows[:, step:]
    return out.reshape(-1, n)


class Sums:
    """Sums over the lines before and after each line."""

    def __init__(self, rows: Wide, widest: int) -> None:
        count, self.n = rows.shape
        self.widest = widest
        # Beyond both ends the running sum stays what it is there.
        self.total = np.zeros((count, self.n + 1 + 2 * widest))
        np.cumsum(rows, axis=1, out=self.total[:, widest + 1 : widest + 1 + self.n])
        self.total[:, widest + 1 + self.n :] = self.total[:, widest + self.n, None]

    def before(self, width: int) -> Wide:
        """Of the ``width`` lines before each line, as far as there are so many."""
        at = self.widest
        found: Wide = (
            self.total[:, at : at + self.n] - self.total[:, at - width : at - width + self.n]
        )
        return found

    def after(self, width: int) -> Wide:
        """Of the ``width`` lines after each line."""
        at = self.widest + 1
        found: Wide = (
            self.total[:, at + width : at + width + self.n] - self.total[:, at : at + self.n]
        )
        return found


def counts(n: int, width: int) -> tuple[Wide, Wide]:
    """How many lines the windows before and after each line really hold, at least 1."""
    position = np.arange(n)
    before = np.maximum(np.minimum(position, width), 1).astype(np.float64)
    return before, before[::-1]


def _windows(signals: Floats) -> Floats:
    """Means over the lines before and after; of some also with each character counted."""
    n = signals.shape[1]
    some = len(_WINDOWED)
    size = line_sizes(signals)
    values = np.concatenate(
        [
            signals[[COLUMN[name] for name in _WINDOWED]],
            size * signals[[COLUMN[name] for name in _WEIGHED]],
            size[None],
        ]
    )
    sums = Sums(values, max(_WINDOWS))
    out = np.empty((len(_WINDOWS), 2, len(values) - 1, n), np.float32)
    for number, width in enumerate(_WINDOWS):
        windows = (sums.before(width), sums.after(width))
        for side, (window, count) in enumerate(zip(windows, counts(n, width), strict=True)):
            out[number, side, :some] = window[:some] / count
            out[number, side, some:] = window[some:-1] / np.maximum(window[-1], 1)
    return out.reshape(-1, n)


def _places(signals: Floats, position: NDArray[np.int64]) -> list[Floats]:
    n = len(position)
    size = line_sizes(signals)
    prose = (signals[COLUMN["prose"]] > 0) & (signals[COLUMN["fired"]] == 0)
    before = np.cumsum(size) - size
    total = max(float(size.sum()), 1.0)
    prose_size = np.where(prose, size, 0.0)
    prose_before = np.cumsum(prose_size) - prose_size
    prose_total = max(float(prose_size.sum()), 1.0)
    prose_after = prose_total - prose_before - prose_size
    parts = [
        np.minimum(position, 400),
        np.minimum(n - 1 - position, 400),
        position / n,
        before / total,
        np.log1p(before),
        np.log1p(total - before - size),
        prose_before / prose_total,
        np.log1p(prose_before),
        np.log1p(np.maximum(prose_after, 0)),
        *_nearest(prose, position),
        *_runs(prose, prose_size, position),
        *_nearest(signals[COLUMN["field_title"]] > 0, position),
        *_nearest(signals[COLUMN["field_other"]] > 0, position),
        *_nearest(signals[COLUMN["fired"]] > 0, position),
        *_nearest(signals[COLUMN["kind"]] == 1, position),
    ]
    parts += since(signals, prose_size, size)
    groups = signals[COLUMN["group_0"] : COLUMN["group_0"] + GROUPS] > 0
    for group in _COUNTED_GROUPS:
        mask = groups[group]
        parts += [*_nearest(mask, position), np.cumsum(mask) - mask]
    return [np.asarray(p, np.float32) for p in parts]


def _nearest(
    mask: NDArray[np.bool_], position: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many lines it is to the nearest marked one before and after, ``_FAR`` at most."""
    n = len(mask)
    marked = np.flatnonzero(mask)
    if not len(marked):
        far = np.full(n, _FAR)
        return far, far
    at = np.searchsorted(marked, position)
    padded = np.concatenate([[-_FAR], marked, [n + _FAR]])
    # A marked line itself does not count.
    before = padded[at]
    after = padded[at + 1 + mask[position]]
    return np.minimum(position - before, _FAR), np.minimum(after - position, _FAR)


def _runs(prose: NDArray[np.bool_], size: Wide, position: NDArray[np.int64]) -> list[Floats]:
    """Size of the run of running text nearest before and after, and of the one a line is in.

    A gap of up to two lines does not end a run.
    """
    n = len(prose)
    marked = np.flatnonzero(prose)
    if not len(marked):
        zero = np.zeros(n, np.float32)
        return [zero, zero, zero, zero]
    run = np.concatenate([[0], np.cumsum(np.diff(marked) > 3)])
    sizes = np.log1p(np.bincount(run, weights=size[marked])).astype(np.float32)
    left = np.searchsorted(marked, position, "right") - 1
    right = np.searchsorted(marked, position, "left")
    run_left = run[np.maximum(left, 0)]
    run_right = run[np.minimum(right, len(marked) - 1)]
    before = np.where(left >= 0, sizes[run_left], 0)
    after = np.where(right < len(marked), sizes[run_right], 0)
    inside = (left >= 0) & (right < len(marked)) & (run_left == run_right)
    largest = sizes.max()
    return [before, after, np.where(inside, before, 0), np.maximum(before, after) - largest]


def _rhythm(signals: Floats) -> list[Floats]:
    """How much the lines around repeat one shape at each distance, as lists of teasers do."""
    code = (
        np.minimum(signals[COLUMN["chars"]] * 1.5, 9).astype(np.int64) * 12
        + signals[COLUMN["ends_terminal"]].astype(np.int64) * 6
        + signals[COLUMN["starts_digit"]].astype(np.int64) * 3
        + np.minimum(signals[COLUMN["gap"]], 2).astype(np.int64)
    )
    n = len(code)
    same = np.zeros((len(_PERIODS), n))
    for number, period in enumerate(_PERIODS):
        if period < n:
            same[number, :-period] = code[:-period] == code[period:]
    sums = Sums(same, _RHYTHM)
    window = sums.before(_RHYTHM) + same + sums.after(_RHYTHM)
    position = np.arange(n)
    held = np.minimum(position, _RHYTHM) + 1 + np.minimum(n - 1 - position, _RHYTHM)
    return list((window / held).astype(np.float32))


def _layout(signals: Floats) -> Floats:
    """What is the same for all lines: the document's own looks."""
    n = signals.shape[1]
    size = line_sizes(signals)
    total = max(float(size.sum()), 1.0)
    means = dict(zip(COLUMN, signals.mean(axis=1, dtype=np.float64).tolist(), strict=True))
    shares = dict(zip(COLUMN, np.einsum("sl,l->s", signals, size / total).tolist(), strict=True))
    chars = signals[COLUMN["chars"]]
    long = size > 80
    prose = np.flatnonzero(signals[COLUMN["prose"]] > 0)
    values = [
        np.log(n),
        np.log1p(total),
        means["chars"],
        means["prose"],
        shares["prose"],
        means["fired"],
        means["hits"],
        means["lexical"],
        shares["lexical"],
        means["function_words"],
        shares["function_words"],
        means["lower_words"],
        shares["lower_words"],
        means["upper_words"],
        means["gap"],
        means["ends_terminal"],
        means["copies"],
        float(long.mean()),
        float((size * long).sum()) / total,
        float(signals[COLUMN["block_chars"]].max()),
        means["block_lines"],
        shares["dense"],
        shares["lexical_known"],
        (prose[0] if len(prose) else n) / n,
        (n - 1 - prose[-1] if len(prose) else n) / n,
        np.log1p(len(prose)),
        float(np.median(chars)),
        float(chars.std()),
        means["separators"],
        means["digits"],
        means["links"],
        shares["links"],
        means["cohesion"],
        shares["cohesion"],
        means["group_3"],
        means["group_4"],
        means["dated"],
        means["tail_copies"],
    ]
    return np.broadcast_to(np.array(values, np.float32)[:, None], (len(values), n))
