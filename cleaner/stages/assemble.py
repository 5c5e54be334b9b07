"""Ledger to body: what nothing claimed becomes blocks, each put through ``normalise``."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from cleaner.article import Block, BlockKind
from cleaner.document import Document, Line
from cleaner.normalise import normalise
from cleaner.shape import LIST_MARKER, trim


class _Span(Protocol):
    @property
    def start(self) -> int | None: ...
    @property
    def end(self) -> int | None: ...


def assemble(doc: Document) -> Document:
    """Find ``blocks`` and ``body``; warn ``empty-body`` where nothing is left."""
    taken: list[_Span] = [*doc.fields, *doc.removed]
    spans = sorted((s.start, s.end) for s in taken if s.start is not None and s.end is not None)
    blocks: list[Block] = []
    texts: list[str] = []
    for start, end, kind in _stretches(doc.text, doc.lines, spans):
        text = block_text(doc.text, start, end, spans)
        blocks.append(Block(_final_kind(kind, text), start, end))
        texts.append(text)
    doc = replace(doc, blocks=tuple(blocks), body=join(blocks, texts))
    return doc if blocks else doc.warn("empty-body")


def rebuild(text: str, blocks: Sequence[Block], spans: Sequence[_Span]) -> str:
    """The body, from the text layer and the ledger alone.

    Args:
        text: the text layer.
        blocks: the blocks of the article.
        spans: its fields and removals, in any order.
    """
    inline = sorted((s.start, s.end) for s in spans if s.start is not None and s.end is not None)
    return join(blocks, [block_text(text, b.start, b.end, inline) for b in blocks])


def join(blocks: Sequence[Block], texts: Sequence[str]) -> str:
    """Blocks joined by a blank line, list items that follow each other by a newline."""
    parts: list[str] = []
    for number, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        if number:
            listed = block.kind == "list_item" == blocks[number - 1].kind
            parts.append("\n" if listed else "\n\n")
        parts.append(text)
    return "".join(parts)


def block_text(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    """A stretch of the text layer without the spans inside it, normalised."""
    number = bisect_left(spans, (start, 0))
    if number == len(spans) or spans[number][0] >= end:
        return normalise(text[start:end])
    kept: list[str] = []
    position = start
    for left, right in itertools.islice(spans, number, None):
        if left >= end:
            break
        kept.append(text[position:left])
        position = right
    kept.append(text[position:end])
    return normalise("".join(kept))


def _stretches(
    text: str, lines: Sequence[Line], spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int, BlockKind]]:
    """Runs of lines of one block of which something is left: start, end and kind.

    A line that is taken out whole parts what stands before it from what stands after it.
    """
    found: list[tuple[int, int, BlockKind]] = []
    open_block = -1
    at = 0
    for line in lines:
        while at < len(spans) and spans[at][1] <= line.start:
            at += 1
        if at == len(spans) or spans[at][0] >= line.end:
            first, last = trim(text, line.start, line.end)
        else:
            first, last = _rest(text, line, spans, at)
        if first >= last:
            open_block = -1
        elif line.block == open_block:
            found[-1] = (found[-1][0], last, found[-1][2])
        else:
            found.append((first, last, line.kind))
            open_block = line.block
    return found


def _rest(text: str, line: Line, spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    """Where the unclaimed, visible rest of a line starts and ends; -1, -1 where nothing is left."""
    first = last = -1
    position = line.start
    while position < line.end:
        stop = spans[at][0] if at < len(spans) and spans[at][0] < line.end else line.end
        left, right = trim(text, position, stop)
        if left < right:
            first = left if first < 0 else first
            last = right
        if stop == line.end:
            break
        position = max(position, spans[at][1])
        at += 1
    return first, last


def _final_kind(kind: BlockKind, text: str) -> BlockKind:
    """The kind by what the block reads like now that its inline cruft is gone."""
    if kind == "code":
        return kind
    if LIST_MARKER.match(text):
        return "list_item"
    return "paragraph" if kind == "list_item" else kind
