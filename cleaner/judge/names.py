"""What elements are called: class and id words, by what they say, and as terms of weights."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.html.page import Element

BUCKETS = 1 << 16
# What class and id words begin with, by what they say of a part of a page. Two words in one stand
# for two words on end.
GROUPS: tuple[str, ...] = (
    "article story prose richtext postbody entrycontent postcontent articlebody maincontent",
    "content text copy body",
    "nav menu breadcrumb topbar toolbar megamenu mainmenu submenu",
    "foot bottom copyright legal colophon",
    "head masthead banner topper branding logo",
    "side aside rail widget secondary complementary",
    "relat recommend more similar suggest also popular trend latest recent mostread upnext further",
    "teaser card tile grid list feed archive carousel slider swiper collection",
    "comment disqus reply respond discussion thread reaction",
    "share social facebook twitter whatsapp follow sharing addtoany",
    "ad ads adv advert sponsor promo dfp outbrain taboola affiliate commercial",
    "newsletter subscri signup optin mailing cta paywall regwall piano",
    "author byline bio contributor writer profile about",
    "meta date time info published timestamp dateline readtime stats count",
    "tag topic categor keyword taxonomy label",
    "caption credit figure image img photo gallery media video player embed",
    "title headline heading subtitle lead dek standfirst summary excerpt intro kicker",
    "cookie consent gdpr privacy cmp onetrust",
    "modal popup overlay dialog lightbox drawer offcanvas dropdown tooltip toast notification",
    "form input search login account contact field filter sort register",
    "hidden hide sronly screenreader visually invisible print mobile noscript",
    "pag prev next loadmore skip",
    "product price cart shop buy sku rating review spec",
    "faq accordion tab panel collapse toggle toc contents step",
    "footnote reference source citation disclaimer notes correction",
    "quote pullquote blockquote callout highlight box note alert",
)
_WHOLE = frozenset("ad ads tab pag box bio toc buy img cta nav dek".split())
"""Beginnings that stand for other words too ("add", "table"): they count as whole words alone."""
_SHORTEST, _LONGEST = 2, 14
_BITS: dict[str, int] = {}
for _number, _words in enumerate(GROUPS):
    for _word in _words.split():
        _BITS[_word] = _BITS.get(_word, 0) | 1 << _number
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NAME = re.compile(r"[a-z]{2,20}")
_TERM_LEVELS = 5
_NEAR_LEVELS = 2
_MOST_TERMS = 12


def groups_of(elements: Sequence[Element]) -> NDArray[np.int64]:
    """For each element the groups that its names are of, a bit each."""
    known: dict[str, int] = {"": 0}
    words: dict[str, int] = {}
    out = [0] * (len(elements) + 1)
    for number, element in enumerate(elements):
        names = element.names
        found = known.get(names)
        if found is None:
            found = 0
            last = ""
            for word in _words_of(names):
                bits = words.get(word)
                if bits is None:
                    bits = words[word] = _bits(word)
                found |= bits | _BITS.get(last + word, 0)
                last = word
            known[names] = found
        out[number] = found
    return np.array(out, np.int64)


def _words_of(names: str) -> list[str]:
    return _NAME.findall(_CAMEL.sub(" ", names[:300]).lower())


def _bits(word: str) -> int:
    """The groups of the words that a word begins with."""
    found = 0
    for end in range(_SHORTEST, min(len(word), _LONGEST) + 1):
        bits = _BITS.get(word[:end], 0)
        if bits and (end == len(word) or word[:end] not in _WHOLE):
            found |= bits
    return found


def terms_of(
    elements: Sequence[Element], path: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """The terms of the elements around each row: the row's number, the bucket, whether near."""
    known: dict[tuple[str, str], int] = {}
    kinds: list[list[int]] = []
    of = np.zeros(len(elements) + 1, np.int64)
    for number, element in enumerate(elements):
        key = (element.tag, element.names)
        kind = known.get(key)
        if kind is None:
            kind = known[key] = len(kinds)
            kinds.append(buckets_of(*key))
        of[number] = kind
    of[-1] = len(kinds)
    kinds.append([])
    size = np.array([len(k) for k in kinds], np.int64)
    first = np.cumsum(size) - size
    every = np.fromiter(itertools.chain.from_iterable(kinds), np.int64, int(size.sum()))
    around = of[path[:_TERM_LEVELS]].T.ravel()
    repeat = size[around]
    start = np.cumsum(repeat) - repeat
    index = np.repeat(first[around] - start, repeat) + np.arange(int(repeat.sum()))
    levels = min(_TERM_LEVELS, len(path))
    place = np.repeat(np.arange(len(around)), repeat)
    return place // levels, every[index], place % levels < _NEAR_LEVELS


def buckets_of(tag: str, names: str) -> list[int]:
    """Where the weights of an element's terms stand."""
    words = _words_of(names)[:_MOST_TERMS]
    terms = [*words, *(f"{tag}.{word}" for word in words[:4]), f"{tag} {' '.join(words)}"]
    return [zlib.crc32(term.encode()) & (BUCKETS - 1) for term in dict.fromkeys(terms)]
