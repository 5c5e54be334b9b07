"""Names of people, as bylines write them: by themselves and after a label such as "By"."""

from __future__ import annotations

import re
import unicodedata

from cleaner.fields.firstnames import FIRST_NAMES
from cleaner.fields.label_words import (
    CREDENTIALS,
    INSTITUTION_WORDS,
    NOT_NAMES,
    OUTLET_WORDS,
    PARTICLES,
    ROLE_WORDS,
)

PERSON_CHARS = 40
"""Longer stretches, in code points, are no one person's name."""
_TOKEN = re.compile(r"[^\W\d_](?:[\w'’.‘-]{0,30}[\w.])?")
_CAPITALS = re.compile(r"[A-Z]{2,6}")
AND = frozenset("and & und et y e i och og en ja и ve dan with mit & avec con med".split())
_SMALL = frozenset("the of for at editors editorial team staff".split())


def is_person(text: str) -> bool:
    """Whether ``text`` by itself reads as one person's name: "Ana de la Cruz", "J. R. Okafor"."""
    if not 5 <= len(text) <= PERSON_CHARS:
        return False
    tokens = text.split()
    if not 2 <= len(tokens) <= 5:
        return False
    full = 0
    for number, token in enumerate(tokens):
        if not _TOKEN.fullmatch(token):
            return False
        low = token.lower()
        if low in PARTICLES and token[0].islower():
            if number in (0, len(tokens) - 1) and low not in ("de", "von", "van", "al"):
                return False
            continue
        if not token[0].isupper() or low in NOT_NAMES or low in OUTLET_WORDS or low in ROLE_WORDS:
            return False
        if (
            token.endswith(".")
            and len(token) > 2
            and not (low in CREDENTIALS or token.count(".") > 1)
        ):
            return False
        # "NATO", "USDA": a whole name may stand in capitals, one word of it rarely does.
        if _CAPITALS.fullmatch(token) and not text.isupper() and len(token) > 2:
            return False
        full += 1
    return full >= 2 and len(tokens[-1].rstrip(".")) > 1


def is_byline_name(text: str) -> bool:
    """Whether ``text`` after a "By" can be an author: a person, a newsroom, a first name."""
    if not 2 <= len(text) <= 50:
        return False
    tokens = text.split()
    if len(tokens) > 5 or (tokens[0].lower() in ("the", "a") and len(tokens) == 1):
        return False
    if text[0].islower() and tokens[0] not in PARTICLES:
        return False
    large = 0
    for token in tokens:
        if not all(c.isalnum() or c in "'’.-_&@™®" or _is_mark(c) for c in token):
            return False
        if token[0].islower():
            if token not in PARTICLES and token not in _SMALL:
                return False
        else:
            large += 1
    return large > 0 and tokens[-1].lower() not in ("of", "the", "for", "at")


def _is_mark(c: str) -> bool:
    """Whether a character is a part of the letter before it, as vowels of Indian scripts are."""
    return c > "\u02ff" and unicodedata.category(c).startswith("M")


def has_first_name(text: str) -> bool:
    """Whether the name starts with a common first name, a title such as "Dr." aside."""
    for word in text.lower().replace("-", " ").split():
        if word.strip(".") not in CREDENTIALS:
            return word in FIRST_NAMES
    return False


def is_role(text: str) -> bool:
    """Whether ``text`` says what an author is: "Senior Editor", "PhD", "health reporter at X"."""
    tokens = text.lower().split()
    if not tokens or len(tokens) > 8:
        return False
    bare = [t.strip(".,") for t in tokens]
    if all(b in CREDENTIALS or t in CREDENTIALS for b, t in zip(bare, tokens, strict=True)):
        return True
    known = sum([b in ROLE_WORDS for b in bare])
    return 2 * known >= len(tokens) or (known > 0 and len(tokens) <= 4)


def split_names(
    text: str, start: int
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]] | None:
    """Names and roles of "A. Bell, Jane Doe and Li Wei, staff writers", as spans.

    Args:
        text: what follows a label, nothing else.
        start: the offset that spans count from.

    Returns:
        Spans of names and of roles, or None where some part is neither.
    """
    names: list[tuple[int, int]] = []
    roles: list[tuple[int, int]] = []
    for left, right in _parts(text):
        part = text[left:right]
        span = (start + left, start + right)
        if (names and (is_role(part) or part.lower().strip(".") in CREDENTIALS)) or (
            names and _is_outlet(part)
        ):
            roles.append(span)
        elif is_byline_name(part):
            names.append(span)
        else:
            return None
    return (names, roles) if names else None


def is_institution(text: str) -> bool:
    """Whether ``text`` names what people work at: "Department for Rivers"."""
    tokens = text.lower().split()
    return len(tokens) > 1 and not INSTITUTION_WORDS.isdisjoint(tokens)


def _is_outlet(text: str) -> bool:
    tokens = text.split()
    return (
        any(t.lower() in OUTLET_WORDS for t in tokens)
        or is_institution(text)
        or (len(tokens) == 1 and (text.isupper() or "." in text[1:-1]))
    )


_BETWEEN = re.compile(
    r"\s*(?:,\s*(?:and |& |und |et |y |e )?|;"
    r"| (?:and|&|und|et|y|och|og|ja|и|ve|dan|with|mit|avec|con|med) )\s*"
)


def _parts(text: str) -> list[tuple[int, int]]:
    """Stretches between commas and connecting words."""
    parts = []
    position = 0
    for match in _BETWEEN.finditer(text):
        parts.append((position, match.start()))
        position = match.end()
    parts.append((position, len(text)))
    return [
        (a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip()))
        for a, b in parts
        if text[a:b].strip()
    ]
