"""The one place that settles what the evidence proposes: overlaps resolved, the ledger written."""

from __future__ import annotations

import heapq
import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from cleaner import judge
from cleaner.article import Field, Removal
from cleaner.document import Document, Line, Proposal
from cleaner.lines.spans import held
from cleaner.normalise import normalise
from cleaner.shape import trim

_JOINT = 8
"""How many code points either side of an inline span are looked at for what would fuse."""


class _Claim(NamedTuple):
    """A stretch of the text layer, without white space around it, and what took it."""

    start: int
    end: int
    by: Proposal


def settle(doc: Document) -> Document:
    """Find ``fields`` and ``removed`` from all proposals.

    Where proposals overlap, a field goes before a removal, then the surer one, then the longer
    one, then the first; the other keeps what is left of it. Proposals of rules that are switched
    off count for nothing.
    """
    proposals = [p for p in doc.proposals if p.rule not in doc.rules.disabled]
    claims = _pieces(doc.text, _owners(proposals))
    claims = _without_fusing(doc.text, claims)
    claims = _with_separators(doc, claims)
    return replace(
        doc,
        fields=tuple(
            Field(c.by.field, "text", c.start, c.end) for c in claims if c.by.field is not None
        ),
        removed=tuple(
            Removal(c.by.kind, c.by.rule, c.start, c.end, doc.text[c.start : c.end], confidence)
            for c, confidence in zip(claims, _confidences(doc, claims), strict=True)
            if c.by.field is None and c.by.kind is not None
        ),
    )


def _confidences(doc: Document, claims: Sequence[_Claim]) -> Iterator[float]:
    """How sure each claim is: that of a rule on whole lines as sure as rule and judge together."""
    spans = ((claim.start, claim.end) for claim in claims)
    for claim, lines in zip(claims, held(doc.lines, spans), strict=True):
        sure = claim.by.confidence
        likely = doc.probabilities[lines]
        if likely and doc.model is not None and claim.by.rule not in judge.IDS:
            sure = doc.model.together(sure, sum(likely) / len(likely))
        yield sure


def _rank(proposal: Proposal) -> tuple[bool, float, int, int, str]:
    """Sort key: the first goes before the others."""
    return (
        proposal.field is None,
        -proposal.confidence,
        proposal.start - proposal.end,
        proposal.start,
        proposal.rule,
    )


def _owners(proposals: Sequence[Proposal]) -> Iterator[tuple[int, int, Proposal]]:
    """Disjoint stretches in order, each with the proposal that goes before all others there."""
    ordered = sorted((p for p in proposals if p.start < p.end), key=lambda p: p.start)
    bounds = sorted({p.start for p in ordered} | {p.end for p in ordered})
    active: list[tuple[tuple[bool, float, int, int, str], int, Proposal]] = []
    taken = 0
    run: tuple[int, int, Proposal] | None = None
    for left, right in itertools.pairwise(bounds):
        while taken < len(ordered) and ordered[taken].start <= left:
            heapq.heappush(active, (_rank(ordered[taken]), taken, ordered[taken]))
            taken += 1
        while active and active[0][2].end <= left:
            heapq.heappop(active)
        owner = active[0][2] if active else None
        if run is not None and owner is run[2]:
            run = (run[0], right, run[2])
            continue
        if run is not None:
            yield run
        run = (left, right, owner) if owner is not None else None
    if run is not None:
        yield run


def _pieces(text: str, owners: Iterator[tuple[int, int, Proposal]]) -> list[_Claim]:
    """The stretches without the white space around them; those of nothing else are dropped."""
    claims = []
    for start, end, proposal in owners:
        left, right = trim(text, start, end)
        if left < right:
            claims.append(_Claim(left, right, proposal))
    return claims


def _without_fusing(text: str, claims: list[_Claim]) -> list[_Claim]:
    """Give up the claims around which the text would change when they are gone.

    A combining mark after a span would fuse with the letter before it, and the body would hold a
    character that the text layer does not. Claims that touch are looked at together.
    """
    kept: list[_Claim] = []
    group: list[_Claim] = []
    for claim in claims:
        gap = text[group[-1].end : claim.start] if group else ""
        if group and gap and (gap[0].isspace() or len(gap) > _JOINT or normalise(gap)):
            kept += [] if _fuses(text, group, claim.start) else group
            group = []
        group.append(claim)
    if group and not _fuses(text, group, len(text)):
        kept += group
    return kept


def _fuses(text: str, group: Sequence[_Claim], limit: int) -> bool:
    start, end = group[0].start, group[-1].end
    before = text[max(0, start - _JOINT) : start]
    after = text[end : min(limit, end + _JOINT)]
    if before.isascii() and after.isascii():
        return False
    apart = (normalise(before) + normalise(after)).replace(" ", "")
    return normalise(before + after).replace(" ", "") != apart


def _with_separators(doc: Document, claims: list[_Claim]) -> list[_Claim]:
    """Take out what is left of a line when only its separators are ("|", "·", "By")."""
    rule = doc.rules.by_id["markup.separator"]
    if rule.id in doc.rules.disabled:
        return claims
    extra = []
    for line, inside in lines_with_claims(doc.lines, claims):
        if inside[0].start <= line.start and inside[0].end >= line.end:
            continue
        left = list(_unclaimed(line, inside))
        rest = [(s, e) for s, e in left if not doc.text[s:e].isspace()]
        if rest and not any(c.isalnum() for s, e in rest for c in doc.text[s:e]):
            by = [Proposal(s, e, rule.id, rule.confidence, kind=rule.kind) for s, e in rest]
            extra += _pieces(doc.text, iter([(p.start, p.end, p) for p in by]))
    return sorted([*claims, *extra], key=lambda c: c.start)


def lines_with_claims(
    lines: Sequence[Line], claims: Sequence[_Claim]
) -> Iterator[tuple[Line, list[_Claim]]]:
    """Each line that some claim touches, with the claims that do, in order."""
    starts = [line.start for line in lines]
    touched: dict[int, list[_Claim]] = {}
    for claim in claims:
        number = max(0, bisect_right(starts, claim.start) - 1)
        while number < len(lines) and lines[number].start < claim.end:
            if claim.start < lines[number].end:
                touched.setdefault(number, []).append(claim)
            number += 1
    for number in sorted(touched):
        yield lines[number], touched[number]


def _unclaimed(line: Line, claims: Sequence[_Claim]) -> Iterator[tuple[int, int]]:
    position = line.start
    for claim in claims:
        if claim.start > position:
            yield position, claim.start
        position = max(position, claim.end)
    if position < line.end:
        yield position, line.end
