"""The language of the cleaned body."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from cleaner.document import Document

LEAST_LETTERS = 100
"""Below this many letters langdetect is confidently wrong. Dense scripts need a quarter."""
_SAMPLE = 400
"""Code points of the body that are looked at; the time that detection takes grows with them."""
_TRIALS = 2
"""Random samplings of the text, in place of langdetect's seven, each of which takes its time."""
_SURE = 0.9
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 25
_FULL = 0.25
"""The least share of function words in a text whose language they tell."""
_WITH_RELATIVES = frozenset({"es", "nl", "sv"})
"""Languages whose words fill texts in others too, of which no words are known: Catalan, Afrikaans,
Danish, Norwegian.
"""
_LOCK = threading.Lock()


def identify(doc: Document) -> Document:
    """Find ``language``: ISO 639-1, or None when the text is too short or langdetect unsure."""
    sample = _sample(doc.body)
    letters = sum(map(str.isalpha, sample))
    dense = sum(c > "\u2e80" for c in sample)
    if letters + 3 * dense < LEAST_LETTERS:
        return doc
    language = _by_function_words(sample, doc.rules.languages) or _detect(sample)
    return replace(doc, language=language)


def _sample(body: str) -> str:
    """A bounded stretch from the middle, where running text is likeliest, cut at spaces."""
    if len(body) <= _SAMPLE:
        return body
    start = (len(body) - _SAMPLE) // 2
    stretch = body[start : start + _SAMPLE]
    return stretch.partition(" ")[2].rpartition(" ")[0] or stretch


def _by_function_words(sample: str, languages: Mapping[str, Sequence[str]]) -> str | None:
    """The language whose function words the text is full of, and of no other's nearly so much.

    Where they leave no doubt, langdetect says the same, and takes longer to load and to say it.
    """
    words = _WORD.findall(sample.lower())
    if len(words) < _LEAST_WORDS:
        return None
    counts = Counter(language for word in words for language in languages.get(word, ()))
    (best, most), (_, next_most) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    sure = most >= _FULL * len(words) and 2 * next_most <= most
    return best if sure and best not in _WITH_RELATIVES else None


def _detect(sample: str) -> str | None:
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.n_trial = _TRIALS
    detector.append(sample)
    try:
        best = detector.get_probabilities()
    except LangDetectException:
        return None
    if not best or best[0].prob < _SURE:
        return None
    # langdetect tells simplified from traditional Chinese; ISO 639-1 does not.
    return str(best[0].lang).partition("-")[0]


def _factory() -> Any:
    # Loading the profiles is not safe between threads, and must happen once.
    with _LOCK:
        return _loaded()


@cache
def _loaded() -> Any:
    """langdetect's language profiles, seeded: its sampling is random otherwise."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.set_seed(0)
    factory.load_profile(PROFILES_DIRECTORY)
    return factory
