"""Which of the rules that fit a line may fire there: its place and its neighbours decide."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from cleaner.document import Document, Line, Proposal
from cleaner.rules import Rule


def fire(doc: Document) -> Document:
    """Propose the removals of the rules that fit, where they may fire; find ``content``.

    ``content`` is the range of lines from the first running text that is the article's own to the
    last. A line with a field in it is no running text, nor is one that a rule's words fit.
    """
    stated = _lines_with_fields(doc)
    content = _content(doc, stated)
    fired: dict[int, Rule] = {}
    waiting: dict[int, list[Rule]] = {}
    for number, rules in doc.hits.items():
        for rule in rules:
            if not _in_place(rule, number, content):
                continue
            if rule.beside or (rule.weak and content[0] <= number < content[1]):
                waiting.setdefault(number, []).append(rule)
            elif not (rule.weak and _heads_prose(doc, number)):
                _take(fired, number, rule)
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
        n for n, line in enumerate(doc.lines) if line.prose and n not in doc.hits and n not in stated
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


def _take(fired: dict[int, Rule], number: int, rule: Rule) -> None:
    if number not in fired or rule.confidence > fired[number].confidence:
        fired[number] = rule


def _spread(doc: Document, fired: dict[int, Rule], waiting: dict[int, list[Rule]]) -> None:
    """Fire the rules that wait for a neighbour, until nothing changes."""
    queue = deque(fired)
    while queue:
        number = queue.popleft()
        for neighbour in (number - 1, number + 1):
            for rule in waiting.get(neighbour, ()):
                if rule.beside and fired[number].kind not in rule.beside:
                    continue
                if rule.weak and _heads_prose(doc, neighbour):
                    continue
                before = fired.get(neighbour)
                _take(fired, neighbour, rule)
                if fired[neighbour] is not before:
                    queue.append(neighbour)


def _spans(doc: Document, fired: dict[int, Rule]) -> list[tuple[int, int, Rule]]:
    """The fired lines as spans; sentences of one block that one rule takes make one span."""
    spans: list[tuple[int, int, Rule]] = []
    last: Line | None = None
    for number in sorted(fired):
        line, rule = doc.lines[number], fired[number]
        before = doc.lines[number - 1] if number else None
        if spans and last is before and last and last.block == line.block and spans[-1][2] is rule:
            spans[-1] = (spans[-1][0], line.end, rule)
        else:
            spans.append((line.start, line.end, rule))
        last = line
    return spans
