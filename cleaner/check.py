"""Naming the cruft in articles, each piece with its place, as a linter does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cleaner.article import Article, Kind, Removal
from cleaner.rules.select import chooses

_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of cruft in an article.

    Attributes:
        path: the article, as its user named it.
        line: of the text layer, from 1.
        column: in code points, from 1.
        end_line: the line of its last character.
        end_column: the column after its last character.
        kind: what sort it is.
        rule: what found it.
        confidence: how sure that is, 0 to 1.
        text: as it stands there.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    kind: Kind
    rule: str
    confidence: float
    text: str


_SEPARATOR = "markup.separator"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which removals count.

    Attributes:
        select: kinds, rules, or the first part of rules' ids; everything where there are none.
        ignore: what is left out of these, likewise.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def of(self, article: Article, text: str) -> list[Removal]:
        """The removals that count in a file that somebody looks after.

        Its fields stay, and with them what parts them from the rest of their lines: the "#" of a
        heading, the bar before the outlet's name.

        Args:
            article: what the file was cleaned to.
            text: its text layer.
        """
        stated = [
            (f.start, f.end) for f in article.fields if f.start is not None and f.end is not None
        ]
        return [
            r
            for r in article.removed
            if (not self.select or chooses(self.select, r.kind, r.rule))
            and not chooses(self.ignore, r.kind, r.rule)
            and not (r.rule == _SEPARATOR and _beside(text, r, stated))
        ]


def _beside(text: str, removal: Removal, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether one of some spans is in the removal's line."""
    left = text.rfind("\n", 0, removal.start) + 1
    right = text.find("\n", removal.end)
    right = right if right >= 0 else len(text)
    return any(start < right and end > left for start, end in spans)


def findings(path: str, text: str, removed: Iterable[Removal]) -> Iterator[Finding]:
    """Removals with their places in a text layer.

    Args:
        path: what to call the article.
        text: the text layer.
        removed: in order.
    """
    places = Places(text)
    for removal in removed:
        line, column = places.of(removal.start)
        end_line, end_column = places.of(removal.end - 1)
        yield Finding(
            path=path,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column + 1,
            kind=removal.kind,
            rule=removal.rule,
            confidence=removal.confidence,
            text=removal.text,
        )


class Places:
    """Offsets of a text as lines and columns, both from 1, columns in code points."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def of(self, offset: int) -> tuple[int, int]:
        """The line and the column of a character."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
