"""Labels: how much of each line is in the gold body, by the longest common subsequence of words."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"\w")
_DENSE = re.compile("([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")


def word_list(text: str) -> list[str]:
    """The words of a text for comparing: lower case, characters of dense scripts one by one."""
    words = re.findall(r"\w+", text.lower())
    if text.isascii():
        return words
    return [part for word in words for part in _DENSE.split(word) if part]


def content_share(lines: Sequence[str], body: str) -> list[float]:
    """For each line the share of its words that stand in the body, in the body's order.

    A line without words has the share of the line before it.
    """
    from rapidfuzz.distance import LCSseq

    owned: list[int] = []
    words: list[str] = []
    for number, line in enumerate(lines):
        found = word_list(line)
        words += found
        owned += [number] * len(found)
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(w, len(numbers)) for w in words]
    right = [numbers.setdefault(w, len(numbers)) for w in word_list(body)]
    total = [0] * len(lines)
    hit = [0] * len(lines)
    for number in owned:
        total[number] += 1
    for block in LCSseq.opcodes(left, right) if left and right else ():
        if block.tag == "equal":
            for at in range(block.src_start, block.src_end):
                hit[owned[at]] += 1
    shares: list[float] = []
    for got, of in zip(hit, total, strict=True):
        shares.append(got / of if of else (shares[-1] if shares else 0.0))
    return shares
