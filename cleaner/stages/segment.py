"""Text layer to lines: whatever the line breaks, find what a reader would call a block."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.document import Document, Line
from cleaner.fold import fold
from cleaner.lines.forum import is_forum
from cleaner.lines.headings import labelled, looks_like_heading, split_run_in
from cleaner.lines.labels import Pairs, Phrases, capital_pairs, common_words, label_cuts
from cleaner.lines.rows import ENDLESS_BLOCK, Row, rows, unmarked
from cleaner.lines.unwrap import unwrapped
from cleaner.rules import RuleBook
from cleaner.shape import LIST_MARKER, is_prose, is_sentence, trim

if TYPE_CHECKING:
    from cleaner.html.page import Page

LONG_BLOCK = 600
"""Code points from which a block is judged sentence by sentence."""
FOLDED = 400
"""How many code points of a line are folded: longer lines are no widget's words."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s+(?=[^\sa-z])|[。！？][”’」』）]{0,3}")
_BOLD = 0.9
"""How much of a page's line must stand out for it to be a heading."""


def segment(doc: Document) -> Document:
    """Find ``lines``: blocks, and sentences of blocks that are too long to judge as a whole.

    Whether they are a forum's is told with them.
    """
    if doc.page is not None:
        blocks = _of_page(doc.page)
    else:
        blocks = labelled(split_run_in(doc.text, unwrapped(doc.text, rows(doc.text))))
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        if len(block.text) <= LONG_BLOCK or block.kind in ("code", "table_row"):
            sentence = block.is_sentence()
            lines.append(_line(block, number, block.start, block.end, block.text, sentence))
            continue
        for start, end in _sentences(block, doc.rules):
            text = doc.text[start:end]
            lines.append(_line(block, number, start, end, text, is_sentence(text)))
    return replace(doc, lines=tuple(lines), forum=is_forum(line.key for line in lines))


def _line(block: Row, number: int, start: int, end: int, text: str, sentence: bool) -> Line:
    return Line(
        start,
        end,
        text,
        number,
        block.kind,
        block.gap if start == block.start else 0,
        fold(unmarked(text[:FOLDED], block.kind)),
        sentence,
        sentence and is_prose(text, sentence),
    )


def _of_page(page: Page) -> list[Row]:
    """The lines of a page, which says itself what they are.

    Items typed by hand are list items all the same, and a bold line above text is a heading.
    """
    blocks: list[Row] = []
    for row in page.rows:
        text = page.text[row.start : row.end]
        kind = row.kind
        if kind == "paragraph" and LIST_MARKER.match(text) is not None:
            kind = "list_item"
        blocks.append(Row(row.start, row.end, text, row.gap, 0, kind))
    for row, block, below in zip(page.rows, blocks, blocks[1:], strict=False):
        bold = block.kind == "paragraph" and row.strong > _BOLD * (row.end - row.start)
        if bold and looks_like_heading(block.text) and below.is_sentence():
            block.kind = "heading"
    return blocks


def _sentences(block: Row, rules: RuleBook) -> Iterator[tuple[int, int]]:
    """The sentences of a long block, and of an endless one the labels between them."""
    text = block.text
    endless = len(text) >= ENDLESS_BLOCK
    pairs: Pairs = capital_pairs(text) if endless else Counter()
    common = common_words(text) if endless else frozenset()
    known: Phrases = rules.labels if endless else {}
    start = 0
    ends = (m.end() for m in _SENTENCE_END.finditer(text) if m.end() < len(text))
    for end in itertools.chain(ends, (len(text),)):
        first, last = trim(text, start, end)
        if endless:
            for cut in label_cuts(text[first:last], pairs, common, known):
                left, right = trim(text, start, first + cut)
                yield block.start + left, block.start + right
                start = first + cut
            first = start if start > first else first
        if first < last:
            yield block.start + first, block.start + last
        start = end
