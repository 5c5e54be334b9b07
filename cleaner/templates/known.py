"""What is known of a site, and what of it was found in an article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Form = Literal["line", "pair", "text", "part"]
"""A short line, two units that follow each other, a unit of prose, a part of an endless one."""


@dataclass(slots=True)
class Known:
    """The known units of a site: the key of each, and whether it counts between own sentences.

    Attributes:
        lines: short lines.
        pairs: of units that follow each other.
        texts: units of prose.
        parts: parts of endless units.
        begins: by the hash of its first run, a part's number of words and key, the longest first.
    """

    lines: dict[int, bool] = field(default_factory=dict)
    pairs: dict[int, bool] = field(default_factory=dict)
    texts: dict[int, bool] = field(default_factory=dict)
    parts: dict[int, bool] = field(default_factory=dict)
    begins: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def add_part(self, first: int, words: int, key: int, anywhere: bool) -> None:
        """Add a part of an endless unit."""
        if key not in self.parts:
            same = self.begins.setdefault(first, [])
            same.append((words, key))
            same.sort(key=lambda entry: (-entry[0], entry[1]))
        self.parts[key] = self.parts.get(key, False) or anywhere


@dataclass(frozen=True, slots=True)
class Found:
    """A known unit in an article, where it may be taken for cruft.

    Attributes:
        unit: its number.
        form: what it is.
        key: its key.
        inside: whether it stands between the article's own sentences.
        first: of a part, its first word.
        last: of a part, the one after its last.
    """

    unit: int
    form: Form
    key: int
    inside: bool
    first: int = 0
    last: int = 0
