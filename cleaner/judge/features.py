"""All features of a document's lines, as learners get them: a row each, a column for each line.

First come the rows of :data:`cleaner.judge.signals.NAMES`, and last those that say what others say
of the lines around.
"""

from __future__ import annotations

import numpy as np

from cleaner.document import Document
from cleaner.judge import context, dom
from cleaner.judge.chars import CharTables
from cleaner.judge.lexicon import Floats, KnownWords
from cleaner.judge.signals import Reading, read_lines, with_lexical


def read(
    doc: Document, tables: CharTables, known: KnownWords, page: dom.PageReading | None = None
) -> Reading:
    """Read a document with at least one line, after the stages that the judge builds on.

    Args:
        doc: the document.
        tables: characters by sort.
        known: function words, and words of dates.
        page: what the page says of the lines.
    """
    reading = read_lines(doc, tables, known)
    reading.page = page
    return reading


def read_dom(doc: Document) -> dom.PageReading | None:
    """What a page says of its lines; None of a text."""
    return dom.read_page(doc.page, doc.lines) if doc.page is not None else None


def wide(reading: Reading, weights: Floats, names: Floats) -> tuple[Floats, Floats]:
    """All features, and the signals that they were made of.

    Args:
        reading: what the lines look like.
        weights: lexical weights.
        names: weights of the page's names, where it was read.
    """
    signals = with_lexical(reading, weights)
    features = context.with_context(signals)
    if reading.page is None:
        return features, signals
    own = dom.with_names(reading.page, names)
    inner = len(features) - context.AROUND
    beside = dom.around(own, context.line_sizes(signals))
    return np.concatenate([features[:inner], own, features[inner:], beside]), signals


def around(reading: Reading) -> int:
    """How many of the last features say what others say of the lines around."""
    return context.AROUND + (dom.AROUND if reading.page is not None else 0)
