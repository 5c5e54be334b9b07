"""Which short lines of an article count: those beside what they repeat with."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from cleaner.templates.known import Form, Found, Known
from cleaner.templates.units import ENDS, FIELD, KNOWN, LISTED, MASKED, PROSE, Unit, pair_of

_START, _END, _FIELD = 1, 2, 3
"""What stands for a neighbour: where the article begins or ends, and a field."""


class Beside:
    """The short lines of an article, and the pairs that speak for them.

    Args:
        units: of the article.
        forms: what each of them is, where it is known.
        known: what repeats over the articles of the site.
        own: the units that are running text of the article's own.
        counting: whether everything counts between own sentences.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        forms: Sequence[Form | None],
        known: Known,
        own: Sequence[int],
        counting: bool,
    ) -> None:
        self._units, self._forms, self._known, self._all = units, forms, known, counting
        self._first, self._last = own[0], own[-1]
        self._alive: set[int] = set()

    def settle(self, alive: set[int]) -> None:
        """Leave out, of known lines and counting prose, the lines that nothing speaks for."""
        self._alive = alive
        waiting = deque(sorted(alive))
        while waiting:
            n = waiting.popleft()
            if n in alive and self._forms[n] == "line" and not self._counts(n):
                alive.discard(n)
                waiting += (n - 1, n + 1)

    def found(self) -> Iterator[Found]:
        """The lines that count, and their pairs."""
        for n in sorted(self._alive):
            if self._forms[n] != "line":
                continue
            inside = self._inside(n)
            yield Found(n, "line", self._units[n].key, inside)
            before, behind = self._pairs(n)
            if before is not None:
                yield Found(n, "pair", before, inside)
            # A line behind it has the pair already.
            if behind is not None and (n + 1 not in self._alive or self._forms[n + 1] != "line"):
                yield Found(n, "pair", behind, inside)

    def _inside(self, n: int) -> bool:
        return self._first < n < self._last

    def _pairs(self, n: int) -> tuple[int | None, int | None]:
        """The keys of the known pairs of a line: with what stands before it, and behind it."""
        key = self._units[n].key
        before, behind = self._neighbour(n - 1, _START), self._neighbour(n + 1, _END)
        pairs = (
            pair_of(before, key) if before is not None else None,
            pair_of(key, behind) if behind is not None else None,
        )
        one, other = (p if p is not None and self._speaks(p, n) else None for p in pairs)
        return one, other

    def _neighbour(self, n: int, edge: int) -> int | None:
        if not 0 <= n < len(self._units):
            return edge
        if self._units[n].flags & FIELD:
            return _FIELD
        return self._units[n].key if n in self._alive else None

    def _speaks(self, pair: int, n: int) -> bool:
        anywhere = self._known.pairs.get(pair)
        return anywhere is not None and (self._all or anywhere or not self._inside(n))

    def _counts(self, n: int) -> bool:
        unit = self._units[n]
        before, behind = self._pairs(n)
        if before is None and behind is None:
            return False
        if unit.flags & MASKED:
            # Rows of figures look like counts: inside the text something plain speaks for one.
            return not self._inside(n) or any(
                side in self._alive and not self._units[side].flags & MASKED
                for side in (n - 1, n + 1)
            )
        if not unit.flags & (ENDS | LISTED) and (below := self._below(n)) is not None:
            # It may be the heading of what follows.
            return bool(below.flags & PROSE) and before is not None and self._leads(n)
        return True

    def _below(self, n: int) -> Unit | None:
        """What is the article's own right below a line."""
        if n + 1 >= len(self._units) or self._forms[n + 1] is not None:
            return None
        below = self._units[n + 1]
        return None if below.flags & (FIELD | KNOWN) else below

    def _leads(self, n: int) -> bool:
        """Whether a line stands first, or under something that repeats."""
        return n == 0 or n - 1 in self._alive


def pairs_in(units: Sequence[Unit]) -> Iterator[int]:
    """The keys of all pairs of units that might speak for a line."""
    size = len(units)
    for n in range(size + 1):
        one, other = units[n - 1] if n else None, units[n] if n < size else None
        sides = [u for u in (one, other) if u is not None and not u.flags & FIELD]
        if any(u.short for u in sides):
            yield pair_of(_side(one, _START), _side(other, _END))


def _side(unit: Unit | None, edge: int) -> int:
    if unit is None:
        return edge
    return _FIELD if unit.flags & FIELD else unit.key
