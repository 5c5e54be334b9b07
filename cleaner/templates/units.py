"""An article as units: blocks, and sentences of blocks of several, in a form that can be compared.

Of a unit in a block that may be a whole page without line breaks the runs of three words are kept
too, so that a repeated stretch of it can be found whatever stands beside it.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import groupby, pairwise
from struct import pack

from cleaner import judge
from cleaner.document import Document
from cleaner.fold import fold
from cleaner.shape import DENSE_FACTOR, PROSE_CHARS, ends_sentence, is_dense, is_sentence, trim
from cleaner.stages.segment import LONG_BLOCK

FIELD, KNOWN, WHOLE, LISTED, MASKED, ENDS, PROSE = (1 << n for n in range(7))
"""What a unit is: a field; a rule's; a whole block; a list item or a table row; a line whose number
may vary; it ends as a sentence does; it is running text."""
BEGINS, NUMBER = 1, 2
"""What a word is: one with which a unit may begin; a number."""
GRAM = 3
"""Words of a run that is kept."""
FEW_WORDS = 8
"""Units of fewer words are labels and short lines, of as many or more prose."""
_DENSE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f"
_WORD = re.compile(f"[{_DENSE}]|[^\\s{_DENSE}]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s+(?=[^\sa-z])|[。！？][”’」』）]{0,3}")
_SPLIT = ("paragraph", "list_item", "quote")
_EDGES = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_MOST = 1_000
"""Units at either end of an article that are looked at."""
_LONGEST = 2_000
"""Words of a unit whose runs are kept; bounds memory, whatever the input."""
_RUNS = 10_000
"""Runs of words at either end of an article that are kept."""
_KEY = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of an article that can repeat.

    Attributes:
        key: hash of its words.
        words: how many it has; of a dense script two characters count as one.
        flags: what it is.
        grams: hashes of its runs of words, where a part of it may repeat by itself.
        marks: what each of its words is; empty where ``grams`` is.
        start: where it begins in the text layer.
        end: where it ends.
        places: where each of its words stands in the text layer.
        tokens: its words, as they are compared.
    """

    key: int
    words: int
    flags: int
    grams: tuple[int, ...] = ()
    marks: bytes = b""
    start: int = 0
    end: int = 0
    places: tuple[tuple[int, int], ...] = ()
    tokens: tuple[str, ...] = ()

    @property
    def short(self) -> bool:
        """Whether it is a label or a short line."""
        return self.words < FEW_WORDS


def units_of(doc: Document) -> list[Unit]:
    """The units of a document, in order; of an endless one those at its ends.

    Args:
        doc: the document, after the stages that propose fields and what rules know.
    """
    fields = _merged((p.start, p.end) for p in doc.proposals if p.field is not None)
    known = _merged(
        (p.start, p.end) for p in doc.proposals if p.field is None and p.rule not in judge.IDS
    )
    seen = [replace(u, flags=u.flags | _claimed(u, fields, known)) for u in _units(doc)]
    seen = seen if len(seen) <= 2 * _MOST else seen[:_MOST] + seen[-_MOST:]
    return _bounded(seen)


def key_of(grams: Sequence[int], words: int) -> int:
    """The hash of a stretch, from those of its runs of words."""
    data = pack(f"<{len(grams)}II", *grams, words)
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big") & _KEY


def pair_of(one: int, other: int) -> int:
    """The hash of two units that follow each other."""
    data = pack("<QQ", one, other)
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big") & _KEY


def grams_of(tokens: Sequence[str]) -> tuple[int, ...]:
    """The hashes of the runs of words; of fewer words than a run has, of all of them."""
    last = max(1, len(tokens) - GRAM + 1)
    return tuple(
        [zlib.crc32(" ".join(tokens[n : n + GRAM]).encode("utf-8", "replace")) for n in range(last)]
    )


def _bounded(units: list[Unit]) -> list[Unit]:
    """The units, those in the middle of an endless article without their runs of words."""
    total = sum(len(unit.marks) for unit in units)
    before = 0
    found: list[Unit] = []
    for unit in units:
        middle = before > _RUNS and total - before - len(unit.marks) > _RUNS
        before += len(unit.marks)
        found.append(replace(unit, grams=(), marks=b"", places=()) if middle else unit)
    return found


def _units(doc: Document) -> Iterator[Unit]:
    whole = max(len(doc.text), 1)
    for _, group in groupby(doc.lines, key=lambda line: line.block):
        lines = list(group)
        start, end, kind = lines[0].start, lines[-1].end, lines[0].kind
        text = doc.text[start:end]
        parts = len(text) >= LONG_BLOCK or 2 * len(text) > whole
        least = PROSE_CHARS * (DENSE_FACTOR if is_dense(text) else 1)
        flags = LISTED if kind in ("list_item", "table_row") else 0
        if kind in _SPLIT and len(text) >= least:
            cuts = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]
        else:
            cuts = [0, len(text)]
        for left, right in pairwise(cuts):
            first, last = trim(doc.text, start + left, start + right)
            if first < last:
                alone = WHOLE if (left, right) == (0, len(text)) else 0
                found = _unit(doc.text, first, last, flags | alone, parts)
                if found is not None:
                    yield found


def _unit(text: str, start: int, end: int, flags: int, parts: bool) -> Unit | None:
    stretch = text[start:end]
    places: list[tuple[int, int]] = []
    tokens: list[str] = []
    for match in _WORD.finditer(stretch):
        word = match.group()
        plain = word.lower().strip(_EDGES) if word.isascii() else fold(word)
        if plain:
            tokens.append(plain)
            places.append(match.span())
        elif places and not stretch[places[-1][1]].isspace():
            places[-1] = (places[-1][0], match.end())
    if not tokens:
        return None
    dense = sum(len(t) == 1 and t > "\u2e80" for t in tokens)
    words = len(tokens) - dense + (dense + 1) // 2
    if ends_sentence(stretch):
        flags |= ENDS
    if words >= FEW_WORDS and is_sentence(stretch):
        flags |= PROSE
    numbers = [_is_number(t) for t in tokens]
    masked = [("0" if n else t) for t, n in zip(tokens, numbers, strict=True)]
    compared = tokens
    if flags & WHOLE and words < FEW_WORDS and not flags & ENDS and sum(numbers) == 1 < len(tokens):
        compared, flags = masked, flags | MASKED
    key = key_of(grams_of(compared), len(compared))
    if not parts or len(tokens) > _LONGEST:
        return Unit(key, words, flags, start=start, end=end, tokens=tuple(compared))
    marks = bytes(
        (NUMBER if number else 0) | (BEGINS if _begins(stretch, place) else 0)
        for number, (place, _) in zip(numbers, places, strict=True)
    )
    return Unit(
        key,
        words,
        flags,
        grams_of(masked),
        marks,
        start,
        end,
        tuple((start + a, start + b) for a, b in places),
        tuple(masked),
    )


def _is_number(token: str) -> bool:
    return token[-1].isdigit() and token[0].isdigit() and not any(map(str.isalpha, token))


def _begins(text: str, at: int) -> bool:
    """Whether a unit may begin with the word that stands there."""
    before = text[:at][-2:]
    if not before.strip() or "\n" in before:
        return True
    if before.rstrip()[-1] in ".!?…|·•:。！？、，」』）":
        return True
    first = next((c for c in text[at : at + 4] if c.isalnum()), "")
    return first.isupper() or first.istitle()


def _merged(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _claimed(
    unit: Unit, fields: Sequence[tuple[int, int]], known: Sequence[tuple[int, int]]
) -> int:
    """Whether most of a unit is a field, or a rule's."""
    half = (unit.end - unit.start) / 2
    if _covered(unit, fields) > half:
        return FIELD
    return KNOWN if _covered(unit, known) > half else 0


def _covered(unit: Unit, spans: Sequence[tuple[int, int]]) -> int:
    at = max(0, bisect_right(spans, (unit.start, 0)) - 1)
    covered = 0
    while at < len(spans) and spans[at][0] < unit.end:
        covered += max(0, min(spans[at][1], unit.end) - max(spans[at][0], unit.start))
        at += 1
    return covered
