"""What a headline looks like by itself, and how a page's title joins headline and outlet."""

from __future__ import annotations

import re
from itertools import pairwise

from cleaner.fields.label_words import (
    AFTER_GENERIC,
    FIRST_WORDS,
    GENERIC,
    GENERIC_LINES,
    OUTLET_WORDS,
)
from cleaner.fold import fold
from cleaner.shape import LIST_MARKER, ends_sentence, is_dense

TITLE_CHARS = 220
"""Longer lines, in code points, are no titles."""
_JOINT = re.compile(
    r"\s+(?:[|•·»›–—‹«~/]|::?|--?|<)\s+|\s*[|｜]\s*|(?<=\w): (?=[^a-z])|_(?=[^\W_]{2,30}$)"
)
_SECTION_CHARS = 80
_STOP_INSIDE = re.compile(r"[.!?؟।۔…]\s|[。！？]")
_DOMAIN = re.compile(
    r"(?:www\.)?(?:[A-Za-z0-9-]{2,40}\.){1,3}(?:com|org|net|edu|gov|io|co|ai|news|tv|info|me|us|uk|de|fr|es|it|nl|pl|se|fi|ru|tr|id|jp|kr|cn|in|au|ca|ch|at|be|br|mx|pt|dk|no|eu)(?:\.[a-z]{2})?"
)
_NUMBER = re.compile(r"^(?:\d{1,2}|[ivx]{1,4})[.)]\s+")
_WORDS = re.compile(r"\w+")
_STOP = frozenset(
    "a an the of in on for to and or with is are was be at by from how what why your you it its as"
    " der die das und in von zu mit für im den le la les de des du et en un une el los y que il lo"
    " di e da o do dos van een het en i".split()
)


def words_of(key: str) -> frozenset[str]:
    """The words of a folded line that say something, for comparing lines."""
    words = frozenset(_WORDS.findall(key))
    return (words - _STOP) or words


def is_domain(text: str) -> bool:
    """Whether ``text`` is a site's address and nothing else."""
    return _DOMAIN.fullmatch(text) is not None


def is_headline(text: str, kind: str = "paragraph") -> bool:
    """Whether ``text`` could be a title: not a sentence, not a list item, not a label."""
    text = text.lstrip("# ").rstrip("# ")
    if not 4 <= len(text) <= TITLE_CHARS or "\n" in text or kind in ("code", "table_row", "quote"):
        return False
    if kind == "list_item" and not re.match(r"\d", text):
        return False
    if text[-1] in ".,;:。，；：।۔؛" and not text.endswith(("...", "…")) and not _abbreviated(text):
        return False
    if (not text[0].isdigit() and LIST_MARKER.match(text)) or "://" in text or is_domain(text):
        return False
    # Two sentences on end are text, however they end.
    if len(text) > _SECTION_CHARS and ends_sentence(text) and _STOP_INSIDE.search(text):
        return False
    letters = sum(map(str.isalpha, text))
    return (
        letters >= (2 if is_dense(text) else 4)
        and 2 * letters >= len(text) - text.count(" ")
        and len(text.split()) <= 34
    )


def _abbreviated(text: str) -> bool:
    last = text.split()[-1]
    return text[-1] == "." and (
        last.count(".") > 1 or last in ("Jr.", "Sr.", "Inc.", "Co.", "Ltd.")
    )


def is_generic(text: str) -> bool:
    """Whether ``text`` is what any article calls a section: "The Background of the Partnership"."""
    return is_generic_key(fold(text.lstrip("# ")))


def is_generic_key(key: str) -> bool:
    """The same of a folded line."""
    if len(key) > _SECTION_CHARS:
        return False
    key = _NUMBER.sub("", key)
    if key in GENERIC_LINES:
        return True
    words = key.replace(":", " :").split()
    while words and words[0] in FIRST_WORDS:
        words = words[1:]
    if not words or words[0] not in GENERIC:
        return False
    return (
        len(words) == 1
        or words[1] in AFTER_GENERIC
        or all(w in GENERIC or w in AFTER_GENERIC for w in words)
    )


def splits(text: str) -> list[tuple[int, int]]:
    """Where a page's title may be joined: (end of the left part, start of the right one)."""
    return [m.span() for m in _JOINT.finditer(text[:400])][-8:]


def is_site_name(text: str) -> bool:
    """Whether ``text`` could be an outlet's name: short, no sentence."""
    words = text.split()
    if not 1 <= len(words) <= 7 or len(text) > 60 or text[-1] in "?!,;:":
        return False
    return any(map(str.isalpha, text))


def is_outlet(text: str) -> bool:
    """Whether ``text`` by itself reads as an outlet's: a domain, CamelCase, "The ... Times"."""
    text = text.strip()
    if not 3 <= len(text) <= 40 or text[-1] in ".?!:;,":
        return False
    if is_domain(text):
        return True
    words = text.split()
    if len(words) > 5 or not all(
        w[0].isupper() or w in ("of", "the", "and", "&", "for") for w in words
    ):
        return False
    if len(words) == 1:
        # A compound with a capital inside: "MorningLedger".
        return (
            text.isalnum()
            and not text.isupper()
            and any(a.islower() and b.isupper() for a, b in pairwise(text[1:]))
        )
    return words[-1].lower() in OUTLET_WORDS and not text.isupper()
