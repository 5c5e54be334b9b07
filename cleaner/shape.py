"""What a stretch of text looks like, by itself: sentence-like, prose, list item, ..."""

from __future__ import annotations

import re
import string

_CLOSERS = "\"'”’»)]」』）"
_TERMINAL = frozenset(".!?…。！？؟।։")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f]")
LIST_MARKER = re.compile(r"(?:[•‣▪▫■□●○◦◆∙⁃]\s*|[·*+–—-]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z]\)\s+)(?=\S)")
# Words that are looked at to tell prose from a row of labels.
_WORDS_SEEN = 40
_SMALL = string.ascii_lowercase.encode()
_LARGE = string.ascii_uppercase.encode()

PROSE_CHARS = 80
"""The least length of running text, in code points."""
SENTENCE_CHARS = 40
"""The least length of a line that may pass for a sentence, in code points."""
DENSE_FACTOR = 0.4
"""How long text in a dense script (Chinese, Japanese, Korean) must be, against these."""


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch ``start`` to ``end`` of ``text`` without the white space around it.

    U+0085 and U+00A0 stay beside a character that is not ASCII: in mojibake they are a byte of a
    letter ("Ã" and U+00A0 were "à").
    """
    stretch = text[start:end]
    if stretch and not (stretch[0].isspace() or stretch[-1].isspace()):
        return start, end
    left = start + len(stretch) - len(stretch.lstrip())
    right = max(left, start + len(stretch.rstrip()))
    while left < right < end and text[right] in "\x85\xa0" and not text[right - 1].isascii():
        right += 1
    while start < left < right and text[left - 1] in "\x85\xa0" and not text[left].isascii():
        left -= 1
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


def is_sentence(text: str) -> bool:
    """Whether ``text`` reads as at least one sentence: long enough, punctuated, not all labels."""
    length = len(text)
    if length < SENTENCE_CHARS * DENSE_FACTOR:
        return False
    if length < SENTENCE_CHARS and text.isascii():
        return False
    if is_dense(text):
        return ends_sentence(text) or "。" in text or "，" in text or "、" in text
    if length < SENTENCE_CHARS:
        return False
    if not ends_sentence(text) and text[-1] != ":" and not _punctuated(text):
        return False
    words = text[: 12 * _WORDS_SEEN].split(None, _WORDS_SEEN)[:_WORDS_SEEN]
    if len(words) < 5:
        return False
    first = "".join([w[0] for w in words])
    if first.isascii():
        # As many small letters as capitals; counted without a look at each.
        letters = first.encode()
        return len(letters.translate(None, _SMALL)) <= len(letters.translate(None, _LARGE))
    cased = [c for c in first if c.isalpha()]
    return 2 * sum([c.isupper() for c in cased]) <= len(cased)


def is_prose(text: str, sentence: bool | None = None) -> bool:
    """Whether ``text`` is running text: sentences, of some length.

    Args:
        text: the stretch.
        sentence: what :func:`is_sentence` said of it, where that is known.
    """
    if len(text) < PROSE_CHARS * DENSE_FACTOR:
        return False
    if not (is_sentence(text) if sentence is None else sentence):
        return False
    return len(text) >= PROSE_CHARS or is_dense(text)


def _punctuated(text: str) -> bool:
    return ". " in text or ", " in text or "? " in text or "! " in text
