"""The ledger as spans that tile the text layer: every character is in exactly one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from cleaner.article import Article, Block, Field, Removal


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text layer and what became of it.

    Attributes:
        what: ``body``, ``field``, ``removed``, or ``space`` for the white space between those.
        of: the block that it is part of, the field or the removal; None for white space.
    """

    start: int
    end: int
    what: Literal["body", "field", "removed", "space"]
    of: Block | Field | Removal | None = None

    def to_dict(self) -> dict[str, Any]:
        """The span as plain JSON values."""
        record: dict[str, Any] = {"start": self.start, "end": self.end, "what": self.what}
        match self.of:
            case Block():
                record["kind"] = self.of.kind
            case Field():
                record["name"] = self.of.name
            case Removal():
                record |= {"kind": self.of.kind, "rule": self.of.rule}
        return record


def tile(article: Article, length: int) -> list[Span]:
    """All spans of an article whose text layer has ``length`` code points, in order."""
    tiles: list[Span] = []
    position = 0
    for span in ledger(article):
        if span.start > position:
            tiles.append(Span(position, span.start, "space"))
        tiles.append(span)
        position = span.end
    if position < length:
        tiles.append(Span(position, length, "space"))
    return tiles


def ledger(article: Article) -> list[Span]:
    """What the article's ledger says, in order; a block is parted by what is inline in it."""
    claims = sorted(_claims(article), key=lambda s: (s.start, s.end))
    spans: list[Span] = []
    at = 0
    for block in article.blocks:
        while at < len(claims) and claims[at].end <= block.start:
            spans.append(claims[at])
            at += 1
        position = block.start
        while at < len(claims) and claims[at].start < block.end:
            if claims[at].start > position:
                spans.append(Span(position, claims[at].start, "body", block))
            spans.append(claims[at])
            position = claims[at].end
            at += 1
        if position < block.end:
            spans.append(Span(position, block.end, "body", block))
    return spans + claims[at:]


def kept_and_seen(article: Article) -> tuple[int, int]:
    """How many characters the body kept, and how many there were besides the space between."""
    spans = ledger(article)
    kept = sum(s.end - s.start for s in spans if s.what == "body")
    return kept, sum(s.end - s.start for s in spans)


def percent(kept: int, seen: int) -> str:
    """A share as text. Only all is called 100 %, and only nothing 0 %."""
    if kept in (0, seen):
        return "100 %" if kept else "0 %"
    return f"{min(max(100 * kept / seen, 0.1), 99.9):.1f} %"


def _claims(article: Article) -> Iterator[Span]:
    for field in article.fields:
        if field.start is not None and field.end is not None:
            yield Span(field.start, field.end, "field", field)
    for removal in article.removed:
        yield Span(removal.start, removal.end, "removed", removal)
