"""Which of the rules that fit a line may fire there: its place and its neighbours decide."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from cleaner.document import Document, Line, Proposal
from cleaner.rules import Rule

_COMPANY = 2
"""So many lines must be cruft for certain before a weak rule fires away from all of them."""


def fire(doc: Document) -> Document:
    """Propose the removals of the rules that fit, where they may fire; find ``content``.

    ``content`` is the range of lines from the first running text that is the article's own to the
    last. A line with a field in it is no running text, nor is one that a rule's words fit.
    """
    stated = _lines_with_fields(doc)
    content = _content(doc, stated)
    fired: dict[int, list[Rule]] = {}
    lone: list[tuple[int, Rule]] = []
    waiting: dict[int, list[Rule]] = {}
    for number, rules in doc.hits.items():
        for rule in rules:
            if not _in_place(rule, number, content):
                continue
            if rule.beside or (rule.weak and content[0] <= number < content[1]):
                waiting.setdefault(number, []).append(rule)
            elif rule.weak:
                lone.append((number, rule))
            else:
                fired.setdefault(number, []).append(rule)
    # In a text without other cruft, a lone word is more likely the author's.
    company = len(fired) >= _COMPANY
    for number, rule in lone:
        if company and not _heads_prose(doc, number):
            fired.setdefault(number, []).append(rule)
        else:
            waiting.setdefault(number, []).append(rule)
    _spread(doc, fired, waiting)
    proposals = [
        Proposal(start, end, rule.id, rule.confidence, kind=rule.kind)
        for start, end, rule in _spans(doc, fired)
    ]
    return replace(doc.propose(proposals), content=content)


def _lines_with_fields(doc: Document) -> set[int]:
    starts = sorted(p.start for p in doc.proposals if p.field is not None)
    stated: set[int] = set()
    at = 0
    for number, line in enumerate(doc.lines):
        while at < len(starts) and starts[at] < line.start:
            at += 1
        if at < len(starts) and starts[at] < line.end:
            stated.add(number)
    return stated


def _content(doc: Document, stated: set[int]) -> tuple[int, int]:
    prose = [
        n
        for n, line in enumerate(doc.lines)
        if line.prose and n not in doc.hits and n not in stated
    ]
    return (prose[0], prose[-1] + 1) if prose else (0, len(doc.lines))


def _in_place(rule: Rule, number: int, content: tuple[int, int]) -> bool:
    if rule.where == "anywhere":
        return True
    if rule.where == "head":
        return number < content[0]
    if rule.where == "tail":
        return number >= content[1]
    return not content[0] <= number < content[1]


def _heads_prose(doc: Document, number: int) -> bool:
    """Whether the line stands right above running text, as the heading of a section does."""
    below = number + 1
    return below < len(doc.lines) and below not in doc.hits and doc.lines[below].sentence


def _spread(doc: Document, fired: dict[int, list[Rule]], waiting: dict[int, list[Rule]]) -> None:
    """Fire the rules that wait for a neighbour, until nothing changes."""
    queue = deque(fired)
    while queue:
        number = queue.popleft()
        kinds = {rule.kind for rule in fired[number]}
        for neighbour in (number - 1, number + 1):
            patient = waiting.pop(neighbour, [])
            ready = [
                rule
                for rule in patient
                if not (rule.beside and kinds.isdisjoint(rule.beside))
                and not (rule.weak and _heads_prose(doc, neighbour))
            ]
            if ready:
                fired.setdefault(neighbour, []).extend(ready)
                queue.append(neighbour)
            if len(ready) < len(patient):
                waiting[neighbour] = [rule for rule in patient if rule not in ready]


def _spans(doc: Document, fired: dict[int, list[Rule]]) -> Iterator[tuple[int, int, Rule]]:
    """The fired lines as spans; sentences of one block that one rule takes make one span."""
    growing: dict[str, tuple[int, int, Rule]] = {}
    last: Line | None = None
    for number in sorted(fired):
        line = doc.lines[number]
        if last is None or doc.lines[number - 1] is not last or last.block != line.block:
            yield from growing.values()
            growing = {}
        rules = {rule.id: rule for rule in fired[number]}
        yield from (span for rule_id, span in growing.items() if rule_id not in rules)
        growing = {
            rule_id: (growing[rule_id][0] if rule_id in growing else line.start, line.end, rule)
            for rule_id, rule in rules.items()
        }
        last = line
    yield from growing.values()
