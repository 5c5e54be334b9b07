"""Which units of a site's articles are its templates.

Articles are told apart by what is left of them: copies of a story, and pages that hold nothing of
their own, are one article or none, however many there are. What is left depends on what is taken
for a template, so both are found in turns, each turn with fewer templates than the last.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cleaner.templates.beside import pairs_in
from cleaner.templates.find import find, is_line, read
from cleaner.templates.known import Form, Found, Known
from cleaner.templates.stretches import gram_counts, stretches
from cleaner.templates.units import FEW_WORDS, FIELD, Unit

_LINES = (6, 0.4, 0.6)
"""Short lines and their pairs must be in so many articles, and in this share of them, before and
after the articles' own text; between own sentences in the second share."""
_PROSE = (8, 0.6)
"""The same for prose and parts of it, before and after the articles' own text."""
_FEW = (8, 0.5)
"""The same for parts of few words."""
_INSIDE = (12, 0.9)
"""The same between own sentences, where people quote each other."""
_OWN_WORDS = 40
"""Words of its own that an article must have, to count."""
_OWN_SHARE = 0.25
"""The same for each word of prose that it shares."""
_ALIKE = 0.5
"""Articles that share this much of their own sentences are one."""
_TURNS = 20


@dataclass(frozen=True, slots=True, order=True)
class Template:
    """What repeats over the articles of a site.

    Attributes:
        form: what it is.
        key: hash of its words, or of both units of a pair.
        words: how many it has.
        first: of a part, the hash of its first run of words; 0 of others.
        anywhere: whether it is one between the articles' own sentences, too.
        articles: how many articles have it where it counts.
    """

    form: Form
    key: int
    words: int
    first: int
    anywhere: bool
    articles: int


@dataclass(frozen=True, slots=True)
class Decision:
    """The templates of a site, and how many articles they were told by."""

    templates: tuple[Template, ...] = ()
    articles: int = 0


def decide(articles: Sequence[Sequence[Unit]]) -> Decision:
    """The templates of a site.

    Args:
        articles: of one site and language, in any order.
    """
    known, looks = _candidates(articles)
    templates: tuple[Template, ...] = ()
    distinct = 0
    for _ in range(_TURNS):
        before = templates
        groups, found = _told_apart(articles, known)
        distinct = len(set(groups.values()))
        templates = tuple(sorted(_accepted(groups, found, looks, distinct)))
        known = known_of(templates)
        if {(t.form, t.key) for t in before} == {(t.form, t.key) for t in templates}:
            break
    return Decision(templates, distinct)


def known_of(templates: Sequence[Template]) -> Known:
    """Templates as they are looked up."""
    known = Known()
    tables: Mapping[Form, dict[int, bool]] = {
        "line": known.lines,
        "pair": known.pairs,
        "text": known.texts,
    }
    for t in sorted(templates):
        if t.form == "part":
            known.add_part(t.first, t.words, t.key, t.anywhere)
        else:
            tables[t.form][t.key] = tables[t.form].get(t.key, False) or t.anywhere
    return known


@dataclass(frozen=True, slots=True)
class _Look:
    """What a candidate looks like."""

    words: int
    first: int = 0


def _candidates(
    articles: Sequence[Sequence[Unit]],
) -> tuple[Known, dict[tuple[Form, int], _Look]]:
    """Everything that enough articles have, wherever it stands."""
    counts: Counter[tuple[Form, int]] = Counter()
    looks: dict[tuple[Form, int], _Look] = {}
    grams = gram_counts(articles)
    least = max(_PROSE[0], int(_LINES[1] * len(articles)))
    for units in articles:
        own: dict[tuple[Form, int], _Look] = {}
        for unit in units:
            if unit.flags & FIELD:
                continue
            if is_line(unit):
                own["line", unit.key] = _Look(unit.words)
            else:
                own["text", unit.key] = _Look(unit.words)
            for a, b, key in stretches(unit, grams, least):
                own["part", key] = _Look(b - a, unit.grams[a])
        own |= {("pair", key): _Look(0) for key in pairs_in(units)}
        counts.update(own.keys())
        looks |= own
    fewest: Mapping[Form, int] = {
        "line": _LINES[0],
        "pair": _LINES[0],
        "text": _PROSE[0],
        "part": 2,
    }
    templates = [
        Template(form, key, looks[form, key].words, looks[form, key].first, True, count)
        for (form, key), count in counts.items()
        if count >= fewest[form]
    ]
    return known_of(templates), looks


def _told_apart(
    articles: Sequence[Sequence[Unit]], known: Known
) -> tuple[dict[int, int], list[list[Found]]]:
    """The distinct article that each is, by number, and what was found in each.

    An article that has too little of its own is none.
    """
    found: list[list[Found]] = []
    sentences: dict[int, frozenset[int]] = {}
    for n, units in enumerate(articles):
        reading = read(units, known, counting=True)
        found.append(find(units, known, reading, counting=True))
        words = sum(units[i].words for i in reading.own)
        shared = sum(
            unit.words for unit, form in zip(units, reading.forms, strict=True) if form == "text"
        )
        if words >= max(_OWN_WORDS, _OWN_SHARE * shared):
            sentences[n] = frozenset(units[i].key for i in reading.own)
    return _joined(sentences), found


def _joined(sentences: Mapping[int, frozenset[int]]) -> dict[int, int]:
    """For each article the first of those that share most of their sentences with it."""
    holders: dict[int, list[int]] = defaultdict(list)
    for n in sorted(sentences):
        for key in sentences[n]:
            holders[key].append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for same in holders.values():
        shared.update((a, b) for i, a in enumerate(same) for b in same[i + 1 :])
    group = {n: n for n in sentences}

    def root(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    for (a, b), count in shared.items():
        if count >= _ALIKE * min(len(sentences[a]), len(sentences[b])):
            low, high = sorted((root(a), root(b)))
            group[high] = low
    return {n: root(n) for n in group}


def _accepted(
    groups: Mapping[int, int],
    found: Sequence[Sequence[Found]],
    looks: Mapping[tuple[Form, int], _Look],
    distinct: int,
) -> Iterator[Template]:
    """The candidates that enough distinct articles have where they count."""
    everywhere: dict[tuple[Form, int], set[int]] = defaultdict(set)
    outside: dict[tuple[Form, int], set[int]] = defaultdict(set)
    for n, group in groups.items():
        for f in found[n]:
            everywhere[f.form, f.key].add(group)
            if not f.inside:
                outside[f.form, f.key].add(group)
    for (form, key), having in everywhere.items():
        look = looks[form, key]
        at_ends = len(outside[form, key])
        if form in ("line", "pair"):
            least = _LINES[0]
            anywhere = len(having) >= max(least, _LINES[2] * distinct)
            counts = anywhere or at_ends >= max(least, _LINES[1] * distinct)
        else:
            # A few words inside a sentence, a name above all, may be in any article.
            anywhere = (form == "text" or look.words >= FEW_WORDS) and len(having) >= max(
                _INSIDE[0], _INSIDE[1] * distinct
            )
            least, share = _PROSE if look.words >= FEW_WORDS else _FEW
            counts = anywhere or at_ends >= max(least, share * distinct)
        if counts:
            articles = len(having) if anywhere else at_ends
            yield Template(form, key, look.words, look.first, anywhere, articles)
