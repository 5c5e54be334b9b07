"""The language of the cleaned body."""

from __future__ import annotations

import random
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
_STRIDE = 5
"""N-grams between two looks at whether the languages' shares have settled."""
_SURE = 0.9
_LOCK = threading.Lock()


def identify(doc: Document) -> Document:
    """Find ``language``: ISO 639-1, or None when the text is too short or langdetect unsure."""
    sample = _sample(doc.body)
    letters = sum(map(str.isalpha, sample))
    dense = 0 if sample.isascii() else sum([c > "\u2e80" for c in sample])
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
    """What langdetect would say of the sample, to the last bit; its own loops take thrice as long.

    Its detector still cleans the sample, and its profiles tell how likely a language's text has
    each n-gram.
    """
    factory = _factory()
    detector = factory.create()
    detector.append(sample)
    detector.cleaning_text()
    likely = _likely(detector.text, factory.word_lang_prob_map)
    if not likely:
        return None
    sums = [0.0] * len(factory.langlist)
    source = random.Random(factory.seed)
    for _ in range(_TRIALS):
        w = (detector.ALPHA_DEFAULT + source.gauss(0.0, 1.0) * detector.ALPHA_WIDTH) / (
            detector.BASE_FREQ
        )
        even = 1.0 / len(sums)
        shares = [even * (w + q) for q in source.choice(likely)]
        for step in range(0, detector.ITERATION_LIMIT + 1, _STRIDE):
            if step:
                five = zip(shares, *[source.choice(likely) for _ in range(_STRIDE)], strict=True)
                shares = [
                    p * (w + a) * (w + b) * (w + c) * (w + d) * (w + e) for p, a, b, c, d, e in five
                ]
            total = sum(shares)
            shares = [p / total for p in shares]
            if max(shares) > detector.CONV_THRESHOLD:
                break
        sums = [s + p / _TRIALS for s, p in zip(sums, shares, strict=True)]
    best = max(sums)
    if best < _SURE:
        return None
    # langdetect tells simplified from traditional Chinese; ISO 639-1 does not.
    return str(factory.langlist[sums.index(best)]).partition("-")[0]


def _likely(text: str, known: dict[str, list[float]]) -> list[list[float]]:
    """For each n-gram of one to three letters that is known, how likely each language has it.

    As langdetect's ``NGram`` finds them: they start anew at a space, and words in capitals have
    none.
    """
    from langdetect.utils.ngram import NGram

    plain = {c: NGram.normalize(c) for c in set(text)}
    grams: list[str] = []
    gram = last = " "
    capitals = False
    for char in text:
        c = plain[char]
        if last == " ":
            if c == " ":
                continue
            gram, capitals = " ", False
        gram = gram[-2:] + c
        capitals = c.isupper() and (capitals or last.isupper())
        if not capitals:
            # At a word's first letter the two longer ones are the same.
            grams += (c, gram[-2:], gram) if len(gram) > 2 else (c, gram)
        last = c
    return [known[g] for g in grams if g != " " and g in known]


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
