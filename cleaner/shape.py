"""What a stretch of text looks like, by itself: sentence-like, prose, list item, ..."""

from __future__ import annotations

import re

_CLOSERS = "\"'”’»)]」』）"
_TERMINAL = frozenset(".!?…。！？؟।։")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f]")
LIST_MARKER = re.compile(
    r"(?:[•‣▪▫■□●○◦◆∙⁃]\s*|[·*+–—-]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z]\)\s+)(?=\S)"
)
# Words that are looked at to tell prose from a row of labels.
_WORDS_SEEN = 40

PROSE_CHARS = 80
"""The least length of running text, in code points."""
SENTENCE_CHARS = 40
"""The least length of a line that may pass for a sentence, in code points."""
DENSE_FACTOR = 0.4
"""How long text in a dense script (Chinese, Japanese, Korean) must be, against the figures above."""


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch ``start`` to ``end`` of ``text`` without the white space around it.

    U+0085 and U+00A0 right after a character that is not ASCII stay: in mojibake they are the
    last byte of a letter ("Ã" and U+00A0 were "à").
    """
    stretch = text[start:end]
    left = start + len(stretch) - len(stretch.lstrip())
    right = max(left, start + len(stretch.rstrip()))
    while left < right < end and text[right] in "\x85\xa0" and not text[right - 1].isascii():
        right += 1
    return left, right


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does, closing quotes and brackets aside."""
    return text.rstrip(_CLOSERS)[-1:] in _TERMINAL


def is_dense(text: str) -> bool:
    """Whether ``text`` is mostly of a script that needs few characters (a bounded look)."""
    if text.isascii():
        return False
    sample = text[:120]
    return 2 * len(_CJK.findall(sample)) > len(sample)


def is_sentence(text: str, least: int = SENTENCE_CHARS) -> bool:
    """Whether ``text`` reads as at least one sentence: long enough, punctuated, not all labels."""
    if len(text) < least * DENSE_FACTOR:
        return False
    dense = is_dense(text)
    if len(text) < least and not dense:
        return False
    if dense:
        return ends_sentence(text) or "。" in text or "，" in text or "、" in text
    stripped = text.rstrip(_CLOSERS)
    if stripped[-1:] not in _TERMINAL and stripped[-1:] != ":" and not _punctuated(text):
        return False
    words = text[: 12 * _WORDS_SEEN].split()[:_WORDS_SEEN]
    cased = [w for w in words if w[0].isalpha()]
    lower = sum(not w[0].isupper() for w in cased)
    return 2 * lower >= len(cased) and len(words) > 4


def _punctuated(text: str) -> bool:
    return ". " in text or ", " in text or "? " in text or "! " in text


def is_prose(text: str) -> bool:
    """Whether ``text`` is running text."""
    return is_sentence(text, PROSE_CHARS)
