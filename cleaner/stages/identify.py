"""The language of the cleaned body."""

from __future__ import annotations

import threading
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
_LOCK = threading.Lock()


def identify(doc: Document) -> Document:
    """Find ``language``: ISO 639-1, or None when the text is too short or langdetect unsure."""
    sample = _sample(doc.body)
    letters = sum(map(str.isalpha, sample))
    dense = sum(c > "\u2e80" for c in sample)
    if letters + 3 * dense < LEAST_LETTERS:
        return doc
    return replace(doc, language=_detect(sample))


def _sample(body: str) -> str:
    """A bounded stretch from the middle, where running text is likeliest, cut at spaces."""
    if len(body) <= _SAMPLE:
        return body
    start = (len(body) - _SAMPLE) // 2
    stretch = body[start : start + _SAMPLE]
    return stretch.partition(" ")[2].rpartition(" ")[0] or stretch


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
