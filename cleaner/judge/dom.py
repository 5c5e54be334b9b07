"""What a page says of its lines: tags, names, links, containers, and what another extractor keeps.

Of each line the features are those of the row that it is of, and of the elements around that row,
from the innermost outwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Line
from cleaner.html.page import Element, Page
from cleaner.judge.context import Sums, neighbours
from cleaner.judge.lexicon import Floats
from cleaner.judge.names import GROUPS, groups_of, terms_of

_TAGS = ("p", "div", "li", "td", "button", "figcaption", "label", "option", "dd", "a", "span")
_INSIDE = (
    ("article",),
    ("main",),
    ("nav",),
    ("aside",),
    ("header",),
    ("footer",),
    ("form",),
    ("figure",),
    ("table",),
    ("ul", "ol", "dl"),
    ("blockquote",),
    ("section",),
    ("noscript",),
    ("dialog", "details"),
)
_FAR = 10
_LEVELS = 6
_STATED = 4
_STEPS = (1, 2, 3)
_WINDOWS = (4, 10, 25)
LEXICAL = ("dom_lexical", "dom_least", "dom_most", "dom_near")
NAMES: tuple[str, ...] = (
    *LEXICAL,
    "kept",
    "asked",
    "linked",
    "strong",
    "hidden",
    "links",
    "depth",
    "heading",
    "place",
    *(f"tag_{tag}" for tag in _TAGS),
    *(f"in_{tags[0]}" for tags in _INSIDE),
    *(f"named_{n}" for n in range(len(GROUPS))),
    *(f"{what}_{n}" for n in range(_STATED) for what in ("size", "density", "prose", "rows")),
    *(f"holds_{n}" for n in range(_LEVELS)),
    *(f"alike_{n}" for n in range(_STATED)),
    "kept_main",
    "main",
    "from_main",
)
"""What the rows of the features hold."""
COLUMN = {name: number for number, name in enumerate(NAMES)}
_NEAR = ("kept", "linked", "dom_lexical", "holds_2", "hidden")
_WINDOWED = ("kept", "linked", "dom_lexical")
AROUND = 2 * (len(_NEAR) * len(_STEPS) + len(_WINDOWED) * len(_WINDOWS))
"""How many more rows say what stands around."""
_MAIN = 0.5


@dataclass(frozen=True, slots=True)
class PageReading:
    """What a page says of its lines.

    Attributes:
        signals: a row for each of ``NAMES``; those of ``LEXICAL`` are zero, what fills them is
            learnt.
        line: for each term, the number of its line.
        bucket: for each term, where its weight stands.
        near: for each term, whether it is of the row's own element or the one around it.
    """

    signals: Floats
    line: NDArray[np.int32]
    bucket: NDArray[np.int32]
    near: NDArray[np.bool_]

    def part(self, first: int, last: int) -> PageReading:
        """What is said of the lines from one up to another."""
        left, right = np.searchsorted(self.line, [first, last])
        return PageReading(
            self.signals[:, first:last],
            self.line[left:right] - np.int32(first),
            self.bucket[left:right],
            self.near[left:right],
        )


def read_page(page: Page, lines: Sequence[Line]) -> PageReading:
    """Read what a page says of its lines, of which there is at least one."""
    n = len(lines)
    of = np.fromiter((line.block for line in lines), np.int64, n)
    rows = page.rows
    size = np.array([row.end - row.start for row in rows], np.float64)
    linked = np.array([row.linked for row in rows], np.float64)
    hidden = np.array([row.hidden for row in rows], np.float64)
    prose = np.zeros(len(rows))
    chars = np.fromiter((line.end - line.start for line in lines), np.float64, n)
    np.add.at(prose, of, chars * np.fromiter((line.prose for line in lines), np.float64, n))
    prose *= (linked < 0.5 * size) & (hidden < 0.5 * size)
    tree = _Tree(page.elements)
    path = tree.path(np.array([row.element for row in rows], np.int64), _FAR)
    out = np.zeros((len(NAMES), len(rows)), np.float32)
    column = {name: out[number] for number, name in enumerate(NAMES)}
    some = np.maximum(size, 1)
    column["asked"][:] = bool(page.kept)
    column["kept"][:] = page.kept if page.kept else -1
    column["linked"][:] = linked / some
    column["strong"][:] = [row.strong for row in rows] / some
    column["hidden"][:] = hidden / some
    column["links"][:] = np.log1p([row.links for row in rows])
    column["depth"][:] = tree.depth[path[0]]
    _elements(column, page, path)
    _containers(column, tree, path, size, linked, prose)
    line, bucket, near = terms_of(page.elements, path)
    # From rows to lines.
    counted = np.bincount(line, minlength=len(rows))
    starts = np.cumsum(counted) - counted
    repeat = counted[of]
    index = np.repeat(starts[of] - (np.cumsum(repeat) - repeat), repeat) + np.arange(repeat.sum())
    return PageReading(
        out[:, of],
        np.repeat(np.arange(n), repeat).astype(np.int32),
        bucket[index].astype(np.int32),
        near[index],
    )


class _Tree:
    """Elements as arrays; the last number stands for what is around the root."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self.size = len(elements)
        parent = np.array([e.parent for e in elements] + [-1], np.int64)
        self.parent = np.where(parent < 0, self.size, parent)
        depth = np.zeros(self.size + 1, np.int64)
        for number, element in enumerate(elements):
            depth[number] = depth[element.parent] + 1 if element.parent >= 0 else 0
        self.depth = depth
        numbers: dict[tuple[int, str, str], int] = {}
        kinds = [numbers.setdefault((e.parent, e.tag, e.names), len(numbers)) for e in elements]
        self.same = np.append(np.bincount(kinds, minlength=1)[kinds] if kinds else [], 0)

    def path(self, first: NDArray[np.int64], levels: int) -> NDArray[np.int64]:
        """The elements around each row, innermost first."""
        out = np.empty((levels, len(first)), np.int64)
        at = np.where(first < 0, self.size, first)
        for level in range(levels):
            out[level] = at
            at = self.parent[at]
        return out

    def alike(self, of: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many elements beside each have its tag and names."""
        return self.same[of]

    def totals(self, first: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.float64]:
        """What the rows in each element add up to; ``values`` has a row for each kind of value."""
        total = np.zeros((len(values), self.size + 1))
        for number, value in enumerate(values):
            total[number] = np.bincount(first, weights=value, minlength=self.size + 1)
        order = np.argsort(-self.depth[: self.size], kind="stable")
        cuts = np.flatnonzero(np.diff(self.depth[order])) + 1
        for level in np.split(order, cuts):
            into = self.parent[level]
            for number in range(len(values)):
                np.add.at(total[number], into, total[number, level])
        return total


def _elements(column: dict[str, Floats], page: Page, path: NDArray[np.int64]) -> None:
    tags = [e.tag for e in page.elements] + [""]
    own = [tags[n] for n in path[0].tolist()]
    for tag in _TAGS:
        column[f"tag_{tag}"][:] = [t == tag for t in own]
    levels = {f"h{n}": 7 - n for n in range(1, 7)}
    column["heading"][:] = [levels.get(t, 0) for t in own]
    places = [e.position / max(e.children, 1) for e in page.elements] + [0.0]
    column["place"][:] = [places[n] for n in path[0].tolist()]
    parent = [e.parent for e in page.elements]
    inside = np.zeros(len(tags), np.int64)
    bit = {tag: 1 << number for number, tags in enumerate(_INSIDE) for tag in tags}
    for number, tag in enumerate(tags[:-1]):
        around = inside[parent[number]] if parent[number] >= 0 else 0
        inside[number] = around | bit.get(tag, 0)
    for number, some in enumerate(_INSIDE):
        column[f"in_{some[0]}"][:] = (inside[path[0]] >> number) & 1
    groups = groups_of(page.elements)
    for number in range(len(GROUPS)):
        named = ((groups[path] >> number) & 1).astype(bool)
        first = np.where(named.any(axis=0), named.argmax(axis=0), _FAR)
        column[f"named_{number}"][:] = _FAR - first


def _containers(
    column: dict[str, Floats],
    tree: _Tree,
    path: NDArray[np.int64],
    size: NDArray[np.float64],
    linked: NDArray[np.float64],
    prose: NDArray[np.float64],
) -> None:
    kept = np.maximum(column["kept"], 0) * size
    values = np.stack([size, linked, prose, np.ones_like(size), kept])
    total = tree.totals(path[0], values)
    chars, links, running, count, voted = total
    every = max(float(prose.sum()), 1.0)
    for level in range(_STATED):
        at = path[level]
        column[f"size_{level}"][:] = np.log1p(chars[at])
        column[f"density_{level}"][:] = links[at] / np.maximum(chars[at], 1)
        column[f"prose_{level}"][:] = running[at] / np.maximum(chars[at], 1)
        column[f"rows_{level}"][:] = np.log1p(count[at])
        column[f"alike_{level}"][:] = np.log1p(tree.alike(at))
    for level in range(_LEVELS):
        column[f"holds_{level}"][:] = running[path[level]] / every
    share = running[: tree.size] / every
    inner = np.flatnonzero(share >= _MAIN)
    if len(inner):
        deepest = int(inner[np.argmax(tree.depth[inner])])
        at = np.argmax(path == deepest, axis=0)
        inside = (path == deepest).any(axis=0)
        column["main"][:] = inside
        column["from_main"][:] = np.where(inside, at, -1)
        column["kept_main"][:] = voted[deepest] / max(chars[deepest], 1.0)


def with_names(reading: PageReading, weights: Floats) -> Floats:
    """The signals with the rows filled that learnt weights of names give."""
    signals = reading.signals.copy()
    n = signals.shape[1]
    found = weights[reading.bucket]
    known = found != 0
    total = np.bincount(reading.line, weights=found, minlength=n)
    signals[0] = total / (2 + np.bincount(reading.line[known], minlength=n))
    np.minimum.at(signals[1], reading.line, found)
    np.maximum.at(signals[2], reading.line, found)
    near = reading.near
    signals[3] = np.bincount(reading.line[near], weights=found[near], minlength=n) / (
        1 + np.bincount(reading.line[near & known], minlength=n)
    )
    return signals


def around(signals: Floats, size: NDArray[np.float64]) -> Floats:
    """What stands around each line: neighbours, and means by characters of windows."""
    n = signals.shape[1]
    near = neighbours(signals[[COLUMN[name] for name in _NEAR]], _STEPS, -1)
    values = np.concatenate([size * signals[[COLUMN[name] for name in _WINDOWED]], size[None]])
    sums = Sums(values, max(_WINDOWS))
    out = np.empty((len(_WINDOWS), 2, len(_WINDOWED), n), np.float32)
    for number, width in enumerate(_WINDOWS):
        for side, window in enumerate((sums.before(width), sums.after(width))):
            out[number, side] = window[:-1] / np.maximum(window[-1], 1)
    return np.concatenate([near, out.reshape(-1, n)])
