"""What a line looks like by itself: its characters, words, place, and what the rules say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cleaner.article import BlockKind, Kind
from cleaner.document import Document
from cleaner.fold import LINK, LINK_NUMBER
from cleaner.judge import chars
from cleaner.judge.chars import CharTables
from cleaner.judge.echoes import echoes
from cleaner.judge.lexicon import LEXICAL, Floats, KnownWords, Terms, lexical, read_terms
from cleaner.judge.words import Vocabulary, Words, cohesion, read_vocabulary, read_words
from cleaner.lines.rows import unmarked
from cleaner.lines.spans import touched

if TYPE_CHECKING:
    from cleaner.judge.dom import PageReading

_BLOCK_KINDS: dict[BlockKind, int] = {
    "paragraph": 0,
    "heading": 1,
    "list_item": 2,
    "quote": 3,
    "table_row": 4,
    "code": 5,
}
_FIELDS = ("title", "source", "authors", "date", "tags")
_GROUPS: dict[Kind, int] = {
    "navigation": 0,
    "newsletter": 1,
    "share": 2,
    "comments": 3,
    "related": 4,
    "legal": 5,
    "cookie": 5,
    "promo": 6,
    "paywall": 6,
    "advert": 7,
    "author-bio": 8,
    "caption": 9,
    "byline": 10,
    "counter": 10,
    "disclaimer": 11,
}
GROUPS = 12
_DATE_LINE = 12
"""Lines of more words than this hold more than a date."""

NAMES: tuple[str, ...] = (
    "chars",
    "words",
    "word_length",
    "lower_words",
    "upper_words",
    "capital_words",
    "digit_words",
    "function_words",
    "function_words_any",
    "function_words_best",
    "terminals",
    "pauses",
    "quotes",
    "separators",
    "symbols",
    "digits",
    "dense",
    "ends_terminal",
    "ends_pause",
    "ends_letter",
    "starts_lower",
    "starts_digit",
    "starts_symbol",
    "gap",
    "kind",
    "sentence",
    "prose",
    "block_chars",
    "block_lines",
    "block_place",
    "address",
    "links",
    "copies",
    "head_copies",
    "tail_copies",
    "dates",
    "dated",
    "exclaims",
    "asks",
    "cohesion",
    "title_words",
    "hits",
    "hit_confidence",
    "weak_hit",
    "fired",
    "fired_confidence",
    "field_title",
    "field_other",
    *LEXICAL,
    *(f"group_{n}" for n in range(GROUPS)),
)
"""What the rows of a reading's signals hold."""
COLUMN = {name: number for number, name in enumerate(NAMES)}


@dataclass(slots=True)
class Reading:
    """The lines of a document, read.

    Attributes:
        signals: one row for each of ``NAMES``, one column for each line. The rows of ``LEXICAL``
            are zero: what fills them is learnt.
        terms: what the lexical weights are looked up by.
        vocabulary: the telling words.
        language: the number of the known language whose function words it is full of; how many
            languages are known, where it is none of them.
        page: what the page says of the lines, where it was read.
    """

    signals: Floats
    terms: Terms
    vocabulary: Vocabulary
    language: int
    page: PageReading | None = None


def read_lines(doc: Document, tables: CharTables, known: KnownWords) -> Reading:
    """Read a document with at least one line, after the stages that the judge builds on."""
    texts = [plain(unmarked(line.text, line.kind)) for line in doc.lines]
    words = read_words(texts, tables)
    bits, dates = known.of(words)
    n = len(texts)
    vocabulary = read_vocabulary(words, bits > 0, n)
    signals = _line_signals(doc, words, bits, known.languages)
    _dates(signals, words, dates, n)
    for name, mark in (("exclaims", "!"), ("asks", "?")):
        if mark in doc.text:
            signals[COLUMN[name]] = [mark in text for text in texts]
    prose = signals[COLUMN["prose"]] * (1 - signals[COLUMN["fired"]])
    signals[COLUMN["cohesion"]] = cohesion(vocabulary, prose)
    signals[COLUMN["title_words"]] = cohesion(vocabulary, signals[COLUMN["field_title"]])
    return Reading(signals, read_terms(words, n), vocabulary, known.language(bits))


def with_lexical(reading: Reading, weights: Floats) -> Floats:
    """The signals with the lexical rows filled."""
    signals = reading.signals.copy()
    at = COLUMN[LEXICAL[0]]
    signals[at : at + len(LEXICAL)] = lexical(reading.terms, weights)
    return signals


def plain(text: str) -> str:
    """A line's text as it is judged: of links only what they say."""
    if "](" in text:
        return LINK.sub(r"\1", text)
    return LINK_NUMBER.sub("", text) if "[" in text else text


def _line_signals(doc: Document, words: Words, bits: NDArray[np.uint32], languages: int) -> Floats:
    n = len(doc.lines)
    out = np.zeros((len(NAMES), n), np.float32)
    column = {name: out[number] for name, number in COLUMN.items()}
    length = words.sorts.sum(1) - words.sorts[:, chars.SPACE]
    count = np.bincount(words.line, minlength=n)
    some = np.maximum(count, 1)
    column["chars"][:] = np.log1p(length)
    column["words"][:] = np.log1p(count)
    _case(column, words, n, some)
    _function(column, words, bits, languages, n, some)
    for name, sort in (
        ("terminals", chars.TERMINAL),
        ("pauses", chars.PAUSE),
        ("quotes", chars.QUOTE),
        ("separators", chars.SEPARATOR),
        ("symbols", chars.SYMBOL),
    ):
        column[name][:] = words.sorts[:, sort] / some
    total = np.maximum(length, 1)
    column["digits"][:] = words.sorts[:, chars.DIGIT] / total
    column["dense"][:] = words.sorts[:, chars.DENSE] / total
    closing, opening = words.closing, words.opening
    column["ends_terminal"][:] = closing == chars.TERMINAL
    column["ends_pause"][:] = closing == chars.PAUSE
    column["ends_letter"][:] = (closing >= chars.LOWER) & (closing <= chars.DENSE)
    column["starts_lower"][:] = opening == chars.LOWER
    column["starts_digit"][:] = opening == chars.DIGIT
    column["starts_symbol"][:] = opening >= chars.QUOTE
    _place(column, doc)
    at = COLUMN["copies"]
    out[at : at + 3] = echoes(words, n)
    if doc.forum:
        # Posts quote each other: what is said again there is no boilerplate.
        out[at : at + 3, column["sentence"] > 0] = 0
    _evidence(doc, out)
    return out


def _case(column: dict[str, Floats], words: Words, n: int, some: NDArray[np.int64]) -> None:
    def share(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(words.line[mask], minlength=n) / some

    upper = words.first == chars.UPPER
    column["word_length"][:] = np.bincount(words.line, weights=words.length, minlength=n) / some
    column["lower_words"][:] = share(words.first == chars.LOWER)
    column["upper_words"][:] = share(upper)
    column["capital_words"][:] = share(upper & (words.second == chars.UPPER))
    column["digit_words"][:] = share(words.first == chars.DIGIT)


def _function(
    column: dict[str, Floats],
    words: Words,
    bits: NDArray[np.uint32],
    languages: int,
    n: int,
    some: NDArray[np.int64],
) -> None:
    found = np.flatnonzero(bits)
    members = (bits[found][:, None] >> np.arange(languages, dtype=np.uint32)) & 1
    best = int(np.argmax(members.sum(0))) if languages else 0
    own = found[members[:, best].astype(bool)] if languages else found
    column["function_words"][:] = np.bincount(words.line[own], minlength=n) / some
    column["function_words_any"][:] = np.bincount(words.line[found], minlength=n) / some
    column["function_words_best"][:] = len(own) / max(1, len(words.line))


def _dates(signals: Floats, words: Words, dates: NDArray[np.bool_], n: int) -> None:
    """How much of a line dates are made of, and whether it is little besides a date."""
    count = np.bincount(words.line, minlength=n)
    of = np.bincount(words.line[dates], minlength=n)
    signals[COLUMN["dates"]] = of / np.maximum(count, 1)
    signals[COLUMN["dated"]] = (of > 0) & (count <= _DATE_LINE)


def _place(column: dict[str, Floats], doc: Document) -> None:
    lines = doc.lines
    n = len(lines)
    column["gap"][:] = [min(line.gap, 3) for line in lines]
    column["kind"][:] = [_BLOCK_KINDS[line.kind] for line in lines]
    column["sentence"][:] = [line.sentence for line in lines]
    column["prose"][:] = [line.prose for line in lines]
    column["address"][:] = [
        "@" in line.text or "http" in line.text or "www." in line.text for line in lines
    ]
    if "](" in doc.text:
        column["links"][:] = [link_share(line.text) for line in lines]
    block = np.fromiter((line.block for line in lines), np.int64, n)
    size = np.fromiter((line.end - line.start for line in lines), np.int64, n)
    block -= block[0]
    column["block_chars"][:] = np.log1p(np.bincount(block, weights=size)[block])
    counts = np.bincount(block)
    column["block_lines"][:] = np.log(counts[block])
    first = np.searchsorted(block, block)
    column["block_place"][:] = (np.arange(n) - first) / np.maximum(counts[block] - 1, 1)


def link_share(text: str) -> float:
    """How much of a line is the text of Markdown links."""
    if "](" not in text:
        return 0.0
    linked = sum(len(m[1]) for m in LINK.finditer(text))
    return min(1.0, linked / max(1, len(LINK.sub(r"\1", text))))


def _evidence(doc: Document, out: Floats) -> None:
    if doc.hits:
        numbers = list(doc.hits)
        rules = list(doc.hits.values())
        out[COLUMN["hits"], numbers] = [len(r) for r in rules]
        out[COLUMN["hit_confidence"], numbers] = [max([x.confidence for x in r]) for r in rules]
        out[COLUMN["weak_hit"], numbers] = [any(x.weak for x in r) for r in rules]
        # Rules that fire only beside others look for what can be anything, such as a number.
        first = COLUMN["group_0"]
        groups = [
            (first + _GROUPS[rule.kind], number)
            for number, found in doc.hits.items()
            for rule in found
            if rule.kind in _GROUPS and not rule.beside
        ]
        if groups:
            rows, columns = zip(*groups, strict=True)
            out[rows, columns] = 1
    _proposed(doc, out)


def _proposed(doc: Document, out: Floats) -> None:
    """Marks the lines that proposals so far touch."""
    if not doc.proposals:
        return
    fired, sure = out[COLUMN["fired"]], out[COLUMN["fired_confidence"]]
    spans = ((p.start, p.end) for p in doc.proposals)
    for proposal, lines in zip(doc.proposals, touched(doc.lines, spans), strict=True):
        if proposal.field is not None:
            out[COLUMN["field_title" if proposal.field == "title" else "field_other"], lines] = 1
        else:
            fired[lines] = 1
            sure[lines] = np.maximum(sure[lines], proposal.confidence)
