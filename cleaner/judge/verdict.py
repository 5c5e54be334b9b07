"""The judge's proposals for a document: what goes, of what kind, how surely."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cleaner.document import Dial, Document, Proposal
from cleaner.judge.decide import Decision, Lines, Mask, decide
from cleaner.judge.kinds import judge_kinds
from cleaner.judge.lexicon import Floats
from cleaner.judge.model import Model
from cleaner.shape import ends_sentence

BEFORE, INSIDE, AFTER = "judge.before", "judge.inside", "judge.after"
"""Ids of the judge's removals, by where they stand to what stays of the article."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of a document.

    Attributes:
        proposals: all proposals: those of the stages before, as sure as both together are, and
            the judge's own.
        heavy: a removal of most of the running text was not made.
    """

    proposals: tuple[Proposal, ...]
    heavy: bool


def verdict(doc: Document, model: Model, dial: Dial) -> Verdict:
    """Judge a document with at least one line.

    Args:
        doc: the document, after all other evidence but inline.
        model: what gives the probabilities.
        dial: how sure the judge must be.
    """
    probability = model(doc)
    off = doc.rules.disabled
    settled = _covered(doc, [p for p in doc.proposals if p.rule not in off])
    spared = _covered(doc, [p for p in doc.proposals if p.rule in off])
    prose = _running(doc)
    lines = Lines(
        size=np.array([line.end - line.start for line in doc.lines], np.int64),
        prose=prose,
        sentence=prose | np.array([line.sentence for line in doc.lines], np.bool_),
        settled=settled | spared,
    )
    decision = decide(lines, probability, dial)
    own = _own(doc, decision, settled, probability)
    return Verdict((*_surer(doc, model, probability), *own), decision.heavy)


def _running(doc: Document) -> Mask:
    """Which lines are running text: prose, and short sentences of a block of several."""
    blocks = Counter(line.block for line in doc.lines)
    found = [
        line.prose or (blocks[line.block] > 1 and ends_sentence(line.text)) for line in doc.lines
    ]
    return np.array(found, np.bool_)


def _covered(doc: Document, proposals: Sequence[Proposal]) -> Mask:
    """Which lines some proposals take whole.

    What a rule would take that is switched off is not for the judge to take in its place.
    """
    covered = np.zeros(len(doc.lines), np.bool_)
    reach = at = 0
    spans = sorted((p.start, p.end) for p in proposals)
    for number, line in enumerate(doc.lines):
        while at < len(spans) and spans[at][0] <= max(line.start, reach):
            reach = max(reach, spans[at][1])
            at += 1
        covered[number] = reach >= line.end
    return covered


def _own(
    doc: Document, decision: Decision, settled: Mask, probability: Floats
) -> Iterator[Proposal]:
    taken = np.flatnonzero(decision.taken).tolist()
    left = np.flatnonzero(~decision.taken & ~settled)
    content = (int(left[0]), int(left[-1]) + 1) if len(left) else (len(doc.lines), len(doc.lines))
    kinds = judge_kinds(doc, taken, content)
    for number in taken:
        line = doc.lines[number]
        rule = BEFORE if number < content[0] else AFTER if number >= content[1] else INSIDE
        confidence = round(1 - float(probability[number]), 3)
        yield Proposal(line.start, line.end, rule, confidence, kind=kinds[number])


def _surer(doc: Document, model: Model, probability: Floats) -> Iterator[Proposal]:
    """The removals of rules, each as sure as its rule and the judge together are."""
    starts = [line.start for line in doc.lines]
    ends = [line.end for line in doc.lines]
    for proposal in doc.proposals:
        if proposal.kind is None:
            yield proposal
            continue
        first = bisect_right(ends, proposal.start)
        last = max(first + 1, bisect_left(starts, proposal.end))
        kept = float(np.mean(probability[first:last])) if first < len(starts) else 0.5
        sure = proposal.confidence
        yield replace(proposal, confidence=model.together(sure, kept), strength=sure)
