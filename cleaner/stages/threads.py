"""Threads of comments below an article: what readers wrote, with their names, dates and buttons.

    Ann says
    July 31, 2018 at 2:41 pm
    Great read, I will try that at once.
    Reply

No word of a comment tells that it is one, but a thread does: its entries come one after the other,
each with a line that says who wrote when, or one that offers to answer. In a forum such entries are
all that there is, so only what stands below an article, and is small beside it, is a thread; and
nothing is where the software of forums has left its words.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from cleaner.document import Document, Line, Proposal
from cleaner.fields.dates import find_dates

RULE = "comments.thread"

_SAYS = frozenset(
    "says said wrote writes replied responded commented schrieb sagt sagte meint antwortete"
    " dit écrit commente dice dijo escribió comentó scrive disse escreveu zegt schreef pisze"
    " napisał mówi säger skriver sanoo kirjoitti пишет написал сказал dedi yazdı berkata".split()
)
"""Words in which a line ends that says who wrote what follows."""
_MARK_CHARS = 90
_SAYS_WORDS = 6
_DATE_WORDS = 12
_REACH = 14
"""Two marks of one thread are at most so many lines apart."""
_ENTRIES = 3
_TELLING = 0.7
"""For each entry, so many lines must name its writer as the one who "says", or offer to answer."""
_ARTICLE_CHARS = 1_000
"""Running text that must stand above a thread, in code points."""
_HEADED = "comments.heading"
_HEADED_CHARS = 500
"""The same, where a heading says that comments follow."""
_SMALLER = 2.5
"""How many times the mean entry the running text above must be."""
_LAST_ENTRY = 6


def threads(doc: Document) -> Document:
    """Propose the removal of comment threads."""
    rule = doc.rules.by_id[RULE]
    # Rules that fire only beside others look for what can be anything, such as a number.
    hit = {
        n
        for n, rules in doc.hits.items()
        if any(r.kind == rule.kind and not r.beside for r in rules)
    }
    if not hit or doc.forum:
        return doc
    headed = {n for n in hit if any(r.id == _HEADED for r in doc.hits[n])}
    return doc.propose(
        Proposal(line.start, line.end, rule.id, rule.confidence, kind=rule.kind)
        for first, last in _found(doc.lines, hit, headed)
        for line in doc.lines[first : last + 1]
    )


def _found(lines: Sequence[Line], hit: set[int], headed: set[int]) -> Iterator[tuple[int, int]]:
    """The first and last line of each thread.

    A thread begins with a line of a comment box: a heading, a count, a button of its first entry.
    """
    prose = [0]
    for number, line in enumerate(lines):
        own = line.prose and number not in hit
        prose.append(prose[-1] + (line.end - line.start if own else 0))
    for run in _runs(_marks(lines, hit)):
        end = _end(lines, run[-1], hit)
        for at, first in enumerate(run):
            above, inside = _above(prose, run[: at + 1]), prose[end + 1] - prose[first]
            if first not in hit or above < (_HEADED_CHARS if first in headed else _ARTICLE_CHARS):
                continue
            entries = _entries(lines, run[at:])
            telling = [n for n in run[at + 1 :] if n in hit or _says(lines[n])]
            if min(entries, len(telling)) < _ENTRIES or len(telling) < _TELLING * entries:
                continue
            if above >= _SMALLER * inside / entries:
                yield first, end
                break


def _above(prose: Sequence[int], marks: Sequence[int]) -> int:
    """How much running text stands above the last of some marks of a run, entries left out.

    The article may stand between two of its marks, such as its own date and the first comment's.
    """
    between = (prose[after] - prose[mark] for mark, after in itertools.pairwise(marks))
    return prose[marks[0]] + max(between, default=0)


def _marks(lines: Sequence[Line], hit: set[int]) -> list[int]:
    """The lines that say who wrote when, and those of comment boxes."""
    return [number for number, line in enumerate(lines) if number in hit or _attributes(line)]


def _attributes(line: Line) -> bool:
    """Whether a line is little besides who wrote, or when."""
    if line.sentence or len(line.text) > _MARK_CHARS:
        return False
    dated = len(line.text.split()) <= _DATE_WORDS and bool(find_dates(line.text))
    return dated or _says(line)


def _says(line: Line) -> bool:
    words = line.key.split(None, _SAYS_WORDS)
    return 1 < len(words) <= _SAYS_WORDS and words[-1] in _SAYS


def _runs(marks: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in marks:
        if run and number - run[-1] > _REACH:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _entries(lines: Sequence[Line], run: Sequence[int]) -> int:
    """How many stretches of other lines, somebody's words, stand between the marks of a run."""
    return sum(
        after - mark > 1 and any(line.sentence for line in lines[mark + 1 : after])
        for mark, after in itertools.pairwise(run)
    )


def _end(lines: Sequence[Line], last: int, hit: set[int]) -> int:
    """The last line of a thread: below a name and a date the words of the last entry follow."""
    end = last
    if last not in hit:
        while end + 1 < min(last + 1 + _LAST_ENTRY, len(lines)) and lines[end + 1].sentence:
            end += 1
    return end
