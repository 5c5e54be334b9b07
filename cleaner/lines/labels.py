"""Where a text without line breaks passes from labels to running text, and from label to label.

    Home News Sport Contact The first tram in forty years rolled along the quay. Read more Subscribe

A flattener that joins everything leaves menu entries, headings and sentences in one line. Running
text is full of words in lower case, and labels are not: a sentence is taken to begin at the last
capital behind which such words are few and ahead of which they are many.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set

from cleaner.fold import fold

_WORD = re.compile(r"\S+")
_WINDOW = 6
_RISE = 0.45
_FEW = 0.34
_PIECE = 7
"""Runs of labels are cut into pieces of about so many words."""
_EDGES = "\"'“”‘’«»()[]{},.;:!?#@$£€¿¡"
_COMMON = 0.004
_COMMON_COUNT = 3
_GO_ON = ",;&/-–—"

Pairs = Counter[tuple[str, str]]
Phrases = Mapping[str, Sequence[tuple[str, ...]]]
"""First word to the phrases that begin with it, in folded words, the longest first."""
_NONE: Phrases = {}


def capital_pairs(text: str) -> Pairs:
    """How often two capitalised words follow each other: names come again."""
    words = [w.strip(_EDGES) for w in text.split()]
    return Counter(
        p for p in itertools.pairwise(words) if p[0][:1].isupper() and p[1][:1].isupper()
    )


def common_words(text: str) -> frozenset[str]:
    """The words that running text is full of ("the", "of"): labels do not end with one."""
    words = text.split()
    counts = Counter(w for w in words if w.islower())
    least = max(_COMMON_COUNT, _COMMON * len(words))
    return frozenset(w for w, count in counts.items() if count >= least)


def label_cuts(
    text: str, pairs: Pairs, common: Set[str] = frozenset(), known: Phrases = _NONE
) -> list[int]:
    """Offsets at which to cut a stretch without line breaks, in order; none at its start or end.

    Args:
        text: a sentence of an endless block, with whatever labels stand before it.
        pairs: the capitalised pairs of the whole block.
        common: its :func:`common_words`: no cut stands after one.
        known: the phrases of labels that are known: before and after each of them is a cut.
    """
    words = [(m.start(), m.group()) for m in _WORD.finditer(text)]
    if len(words) <= 1:
        return []
    spans = _known(words, known) if known else []
    if len(words) <= _PIECE and not spans:
        return []
    bare = [w.strip(_EDGES) for _, w in words]
    lower = [w[:1].islower() for w in bare]
    total = [0, *itertools.accumulate(lower)]
    cuts: list[int] = []
    last = 0
    for at in range(1, len(words)):
        if lower[at] or not bare[at][:1].isalpha() or words[at - 1][1][-1] in _GO_ON:
            continue
        if words[at - 1][1].lower() in common:
            continue
        behind = _share(total, at - _WINDOW, at)
        if behind > _FEW or total[at] - total[max(0, at - 3)] > 1:
            continue
        if _begins(bare, lower, total, at, behind):
            start = _back(bare, at, last, pairs)
            if start > last:
                cuts.append(words[start][0])
                last = start
        elif at - last >= _PIECE and not pairs[bare[at - 1], bare[at]] > 1:
            cuts.append(words[at][0])
            last = at
    return _with_spans(cuts, spans, words) if spans else cuts


def _known(words: list[tuple[int, str]], known: Phrases) -> list[tuple[int, int]]:
    """The known phrases that stand among labels: first word and the one after the last.

    A phrase in a sentence ("agree to the Terms of Use") is none: words in lower case stand before
    it, or after it.
    """
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        end = _phrase_end(words, at, known) if words[at][1][:1].isupper() else 0
        if end and _among_labels(words, at, end):
            found.append((at, end))
            at = end
        else:
            at += 1
    return found


def _phrase_end(words: list[tuple[int, str]], at: int, known: Phrases) -> int:
    for phrase in known.get(words[at][1].strip(_EDGES).lower(), ()):
        end = at + len(phrase)
        if fold(" ".join([w for _, w in words[at:end]])) == " ".join(phrase):
            return end
    return 0


def _among_labels(words: list[tuple[int, str]], at: int, end: int) -> bool:
    if end < len(words) and words[end][1].strip(_EDGES)[:1].islower():
        return False
    before = [w.strip(_EDGES) for _, w in words[max(0, at - _WINDOW) : at]]
    if before and words[at - 1][1][-1] in _GO_ON:
        return False
    return sum(w[:1].islower() for w in before) <= _FEW * max(len(before), 3)


def _with_spans(
    cuts: list[int], spans: list[tuple[int, int]], words: list[tuple[int, str]]
) -> list[int]:
    """The cuts that fall into no phrase, and those at the edges of the phrases."""
    edges = {at for span in spans for at in span if 0 < at < len(words)}
    inside = {words[n][0] for first, end in spans for n in range(first + 1, end)}
    return sorted({c for c in cuts if c not in inside} | {words[at][0] for at in edges})


def _share(total: list[int], first: int, last: int) -> float:
    first, last = max(0, first), min(last, len(total) - 1)
    return (total[last] - total[first]) / max(last - first, 3)


def _begins(bare: list[str], lower: list[bool], total: list[int], at: int, behind: float) -> bool:
    """Whether a sentence begins here, and not at a capital soon after."""
    ahead = _share(total, at + 1, at + 1 + _WINDOW)
    if ahead - behind < _RISE:
        return False
    # Of capitals that follow each other the last is the sentence's, or the end of a name in it.
    following = itertools.takewhile(lambda n: not lower[n], range(at + 1, min(len(bare), at + 4)))
    return not any(bare[n] and _share(total, n + 1, n + 1 + _WINDOW) > ahead for n in following)


def _back(bare: list[str], at: int, last: int, pairs: Pairs) -> int:
    """A name that comes again is not torn apart."""
    while at - 1 > last and pairs[bare[at - 1], bare[at]] > 1:
        at -= 1
    return at
