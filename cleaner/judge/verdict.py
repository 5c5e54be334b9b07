"""What the judge says of a document: what belongs to the article, what goes, how surely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Dial, Document, Proposal
from cleaner.judge import AFTER, BEFORE, INSIDE
from cleaner.judge.decide import Decision, Lines, Mask, decide, decide_page
from cleaner.judge.kinds import judge_kinds
from cleaner.judge.lexicon import Floats
from cleaner.judge.model import Model
from cleaner.judge.signals import link_share
from cleaner.lines.rows import ENDLESS_BLOCK
from cleaner.lines.spans import covered, held, touched
from cleaner.shape import ends_sentence

_BELIEVED = 0.7
"""What a page's line must be the article's with, for a rule that takes it to be doubted."""
_EVEN = 0.5
_ABOVE_TITLE = 2.0
"""Log-odds against a line of a text that stands above its title."""
_LEAST = 1e-6
"""The least probability that counts for what it is."""


class Reading(NamedTuple):
    """What a model says of a document.

    Attributes:
        probabilities: for each line, that it belongs to the article.
        spared: proposals of rules that the model does not believe.
    """

    probabilities: tuple[float, ...]
    spared: frozenset[Proposal]


class Verdict(NamedTuple):
    """What is to be done about it.

    Attributes:
        proposals: what is to go.
        heavy: a removal of most of the running text was not made.
    """

    proposals: tuple[Proposal, ...]
    heavy: bool


def read(doc: Document, model: Model) -> Reading:
    """How likely each line of a document with at least one is the article's.

    Args:
        doc: the document, after all other evidence but inline.
        model: what gives the probabilities.
    """
    probability = model(doc)
    if doc.page is not None:
        return Reading(tuple(probability.tolist()), _spared(doc, probability, model))
    probability = _together(doc, probability, _sizes(doc), _settled(doc))
    return Reading(tuple(probability.tolist()), frozenset())


def verdict(doc: Document, dial: Dial) -> Verdict:
    """What of a judged document is to go.

    Args:
        doc: the document, with ``model`` and ``probabilities`` of all its lines, without what
            the model does not believe.
        dial: how sure the judge must be.
    """
    assert doc.model is not None
    probability: Floats = np.array(doc.probabilities, np.float32)
    if doc.title is not None and doc.title.line < len(doc.lines):
        probability = _below_title(probability, doc, doc.title.line)
    settled = _settled(doc)
    prose = _running(doc)
    endless = _endless(doc)
    sentence = prose | np.array([line.sentence for line in doc.lines], np.bool_)
    lines = Lines(
        size=_sizes(doc),
        prose=prose,
        sentence=sentence,
        settled=settled,
        telling=_telling(doc, endless),
        title=_titled(doc),
        item=_listed(doc),
        linked=_linked(doc),
        posted=sentence & (doc.forum and doc.page is None),
    )
    decision = (decide if doc.page is None else decide_page)(lines, probability, dial)
    proposals = tuple(_proposals(doc, decision, settled, probability, doc.model))
    return Verdict(proposals, decision.heavy)


def _below_title(probability: Floats, doc: Document, title: int) -> Floats:
    """The probabilities of lines, less for those above the title: no article begins there."""
    # A line that counts as the article's may be one of its headings, and what is a link leads to
    # another article than the one that it stands beside.
    near = doc.lines[max(0, title - 1) : title + 2]
    alone = sum(line.block == doc.lines[title].block for line in near) == 1
    if (alone and probability[title] >= _EVEN) or link_share(doc.lines[title].text) > _EVEN:
        return probability
    odds = np.clip(probability[:title], _LEAST, 1 - _LEAST)
    odds = odds / (1 - odds) * np.exp(-_ABOVE_TITLE)
    return np.concatenate([odds / (1 + odds), probability[title:]]).astype(np.float32)


def _sizes(doc: Document) -> NDArray[np.int64]:
    return np.array([line.end - line.start for line in doc.lines], np.int64)


def _spared(doc: Document, probability: Floats, model: Model) -> frozenset[Proposal]:
    """What rules would take off a page, and is more likely the article's, all in all.

    What a rule's words say of a page is one thing; that they stand in the middle of what the page
    is about is another.
    """
    found: set[Proposal] = set()
    rules = [p for p in doc.proposals if p.field is None]
    for proposal, lines in zip(
        rules, held(doc.lines, ((p.start, p.end) for p in rules)), strict=True
    ):
        if lines.start < lines.stop:
            kept = float(probability[lines].mean())
            if kept > _BELIEVED and model.together(proposal.confidence, kept) < _EVEN:
                found.add(proposal)
    return frozenset(found)


def _running(doc: Document) -> Mask:
    """Which lines are running text: prose, and short sentences of a block of several."""
    blocks = Counter(line.block for line in doc.lines)
    found = [
        line.prose or (blocks[line.block] > 1 and ends_sentence(line.text)) for line in doc.lines
    ]
    return np.array(found, np.bool_)


def _endless(doc: Document) -> bool:
    """Whether most lines are units of one block that is a whole page."""
    block, count = Counter(line.block for line in doc.lines).most_common(1)[0]
    if 2 * count <= len(doc.lines):
        return False
    own = [line for line in doc.lines if line.block == block]
    return own[-1].end - own[0].start >= ENDLESS_BLOCK


def _together(doc: Document, probability: Floats, size: NDArray[np.int64], settled: Mask) -> Floats:
    """The probability that each line belongs to the article, where a paragraph is one thing.

    Of a paragraph that is judged sentence by sentence all sentences have the mean of their
    log-odds, by their sizes: it stays or goes as a whole. What is too long to be one is left alone.

    Args:
        doc: the document.
        probability: of each line by itself.
        size: its code points.
        settled: whether it is a field's or a rule's.
    """
    block = np.array([line.block for line in doc.lines], np.int64)
    block -= block[0]
    whole = np.bincount(block, weights=size)
    size = np.where(settled, 0, size)
    total = np.bincount(block, weights=size)
    several = (np.bincount(block) > 1) & (whole < ENDLESS_BLOCK) & (total > 0)
    if not several.any():
        return probability
    sure = np.clip(probability.astype(np.float64), _LEAST, 1 - _LEAST)
    odds = np.bincount(block, weights=size * np.log(sure / (1 - sure))) / np.maximum(total, 1)
    found: Floats = np.where(several, 1 / (1 + np.exp(-odds)), 0)[block].astype(np.float32)
    return np.where(several[block] & (size > 0), found, probability)


def _telling(doc: Document, endless: bool) -> Mask:
    """Which lines rules know as cruft.

    In a text without line breaks rules find little, which says nothing: all of its lines count.
    """
    found = np.full(len(doc.lines), endless, np.bool_)
    found[list(doc.hits)] = True
    return found


def _titled(doc: Document) -> Mask:
    """Which lines the title stands in."""
    found = np.zeros(len(doc.lines), np.bool_)
    for lines in touched(
        doc.lines, ((p.start, p.end) for p in doc.proposals if p.field == "title")
    ):
        found[lines] = True
    return found


def _listed(doc: Document) -> Mask:
    """Which lines are items of a page's lists; of those of a text nobody knows what is a link."""
    found = [doc.page is not None and line.kind == "list_item" for line in doc.lines]
    return np.array(found, np.bool_)


def _linked(doc: Document) -> Mask:
    """Which lines stand in a row of a page that is a link for the most part."""
    if doc.page is None:
        return np.zeros(len(doc.lines), np.bool_)
    rows = doc.page.rows
    found = [2 * row.linked >= row.end - row.start for row in (rows[x.block] for x in doc.lines)]
    return np.array(found, np.bool_)


def _settled(doc: Document) -> Mask:
    """Which lines the proposals so far take whole.

    Those of rules that are switched off count: what such a rule would take is not for the judge to
    take in its place.
    """
    return np.array(covered(doc.lines, ((p.start, p.end) for p in doc.proposals)), np.bool_)


def _proposals(
    doc: Document, decision: Decision, settled: Mask, probability: Floats, model: Model
) -> Iterator[Proposal]:
    taken = np.flatnonzero(decision.taken).tolist()
    left = np.flatnonzero(~decision.taken & ~settled)
    content = (int(left[0]), int(left[-1]) + 1) if len(left) else (len(doc.lines), len(doc.lines))
    kinds = judge_kinds(doc, taken, content)
    sure: dict[float, float] = {}
    for number, kept in zip(taken, probability[taken].tolist(), strict=True):
        line = doc.lines[number]
        rule = BEFORE if number < content[0] else AFTER if number >= content[1] else INSIDE
        if kept not in sure:
            sure[kept] = model.sure(kept)
        yield Proposal(line.start, line.end, rule, sure[kept], kind=kinds[number])
