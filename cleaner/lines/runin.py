"""Headings that a flattener ran into the paragraph below them.

    Industry Reactions The news of the split drew mixed answers. ...

One paragraph alone proves nothing ("New York Mayor Eric Adams said ..."), so a text is split only
where nearly all of its paragraphs start like this, and most of them with a word that the text
elsewhere writes in lower case.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from cleaner.shape import is_prose

_LEAST_PARAGRAPHS = 3
_LEAST_CHARS = 120
_REGULAR = 0.8
_TELLING = 0.5
_WINDOW = 200
_WORD = re.compile(r"\S+")
_EDGES = "\"'“”‘’()[],.;:!?"
# What stands in lower case inside a heading written in title case.
_SMALL = frozenset("a an and as at by for from in of on or the to vs with".split())


def run_in_headings(paragraphs: Sequence[str]) -> dict[int, int]:
    """Where to split: paragraph number to the offset at which its first sentence starts.

    Args:
        paragraphs: a text's blocks in order, "" for those that are no paragraphs.

    Returns:
        An empty dict for a text without the regularity.
    """
    filled = len(paragraphs) - paragraphs.count("")
    long = [n for n, p in enumerate(paragraphs) if len(p) >= _LEAST_CHARS]
    openings = {n: _opening(paragraphs[n]) for n in long}
    # Most texts are told apart here, before the dearer look at what is prose.
    if sum(map(bool, openings.values())) < _REGULAR * max(_LEAST_PARAGRAPHS, filled / 2):
        return {}
    prose = [n for n in long if is_prose(paragraphs[n])]
    if len(prose) < _LEAST_PARAGRAPHS or 2 * len(prose) < filled:
        return {}
    first = [openings[n] for n in prose]
    if sum(map(bool, first)) < _REGULAR * len(prose):
        return {}
    bigrams: Counter[tuple[str, str]] = Counter()
    lower: set[str] = set()
    for paragraph in paragraphs:
        words = [w.strip(_EDGES) for w in paragraph.split()]
        bigrams.update(itertools.pairwise(words))
        lower.update(w for w in words if w.islower())
    splits: dict[int, int] = {}
    telling = 0
    for number, opening in zip(prose, first, strict=True):
        found = _sentence_start(opening, bigrams) if opening else None
        if found is not None:
            splits[number] = found[0]
            telling += found[1].lower() in lower
    if len(splits) < _REGULAR * len(prose) or telling < _TELLING * len(prose):
        return {}
    return splits


def _opening(paragraph: str) -> list[tuple[int, str]]:
    """The words, with offsets, from a capital up to the first word of a running sentence."""
    words: list[tuple[int, str]] = []
    for match in _WORD.finditer(paragraph, 0, _WINDOW):
        word = match.group()
        if word[:1].islower() and word not in _SMALL:
            break
        words.append((match.start(), word))
        if word[-1] in ",;:.!?":
            break
    else:
        return []
    return words if len(words) > 1 and words[0][1][:1].isupper() else []


def _sentence_start(
    words: list[tuple[int, str]], bigrams: Counter[tuple[str, str]]
) -> tuple[int, str] | None:
    """Offset and text of the capitalised word at which the sentence starts.

    That is the last one; a name that the text uses again ("Jane Roe") is not torn apart.
    """
    at = max((n for n, (_, w) in enumerate(words) if w[:1].isupper()), default=0)
    while at > 0:
        pair = (words[at - 1][1].strip(_EDGES), words[at][1].strip(_EDGES))
        if bigrams[pair] < 2 or not pair[0][:1].isupper():
            break
        at -= 1
    if at == 0 or words[at - 1][1] in _SMALL:
        return None
    return words[at][0], words[at][1].strip(_EDGES)
