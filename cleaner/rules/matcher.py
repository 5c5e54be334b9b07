"""All rules' words compiled, so that one look at a line tries every one of them.

Whole-line phrases are looked up in a dict; patterns and the words of paragraphs go through RE2
sets, whose time is linear in the text whatever the patterns are and however many.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from cleaner.errors import RuleError
from cleaner.fold import fold
from cleaner.rules.model import Rule

PATTERN_CHARS = 300
"""Longer lines, in code points, are no widget's words and are not compared with line patterns."""
_LABEL_WORDS = 8
_MEMORY = 32 << 20
_MEMORY_PER_CHAR = 512
"""What an automaton may take, in bytes: at least, and for each character of its patterns.

Part of it is the automaton itself; in the rest it remembers where texts have led it, and
begins anew when that is full. So a process needs no more memory after a million texts.
"""
_LOOSE = re.compile(
    r"(?:\(\?:(?:[^()\[\]]|\[[^\]]*\])*\)[*?])*(?:\(\?:)*(?:[^()|\[\]]*\|)*(?:\.[*+]|\[\^|\[\\p)"
)
"""Patterns that may start with anything, as far as their first part tells."""


class Matcher:
    """What the rules look for, compiled where it is first needed.

    Args:
        rules: the rules, in the book's order.
        phrases: folded whole lines to the numbers of the rules that look for them, where those
            are known already; made from the rules' words unless given.
    """

    def __init__(
        self, rules: Sequence[Rule], phrases: Mapping[str, Sequence[int]] | None = None
    ) -> None:
        self.rules = tuple(rules)
        self._given = phrases

    def __getstate__(self) -> dict[str, Any]:
        # Compiled automata do not pickle; they are made again where they are needed.
        return {"rules": self.rules, "_given": self._given}

    def extended(self, rules: Sequence[Rule], own: Mapping[str, Rule]) -> Matcher:
        """A matcher of more rules, which takes over what this one knows of those it has.

        Args:
            rules: all of them, in the new book's order.
            own: by id, those that are new or take the place of others.
        """
        numbers = {rule.id: number for number, rule in enumerate(rules)}
        moved = [-1 if rule.id in own else numbers[rule.id] for rule in self.rules]
        phrases = {
            phrase: kept
            for phrase, owners in self.phrases.items()
            if (kept := tuple(moved[n] for n in owners if moved[n] >= 0))
        }
        for rule in own.values():
            for phrase in _phrases(rule):
                owned = {*phrases.get(phrase, ()), numbers[rule.id]}
                phrases[phrase] = tuple(sorted(owned))
        return Matcher(rules, phrases)

    def match_line(self, key: str) -> list[Rule]:
        """The rules whose lines or patterns fit a folded line, in the book's order."""
        return self.match_lines([key]).get(key, [])

    def match_lines(self, keys: Iterable[str]) -> dict[str, list[Rule]]:
        """The rules whose lines or patterns fit, for those folded lines that some rule fits."""
        found: dict[str, set[int]] = {}
        short: list[str] = []
        phrases, (patterns, owners) = self.phrases, self._patterns
        for key in set(keys):
            if key in phrases:
                found[key] = set(phrases[key])
            if len(key) <= PATTERN_CHARS:
                short.append(key)
                fits = patterns.Match(key)
                if fits:
                    found.setdefault(key, set()).update([owners[f] for f in fits])
        for key, owner in self._loose_fits(short):
            found.setdefault(key, set()).add(owner)
        return {key: [self.rules[n] for n in sorted(numbers)] for key, numbers in found.items()}

    def _loose_fits(self, keys: list[str]) -> Iterator[tuple[str, int]]:
        """The lines, with the rules' numbers, that patterns fit which may start with anything."""
        patterns, owners = self._loose
        if not owners:
            return
        text = "\n".join(keys).encode()
        # First by the letters that each pattern needs somewhere, then each of the few by itself.
        for number in patterns.Match(text, True) or ():
            pattern = patterns.re(number)
            line = position = 0
            for match in pattern.finditer(text):
                line += text.count(b"\n", position, match.start())
                position = match.start()
                # Some patterns fit line breaks too, and then more than one line.
                for key in keys[line : line + 1 + text.count(b"\n", position, match.end())]:
                    if pattern.fullmatch(key):
                        yield key, owners[number]

    def match_paragraph(self, text: str) -> list[Rule]:
        """The rules of paragraph scope whose words a block holds, in the book's order."""
        return self.match_paragraphs([fold(text)]).get(0, [])

    def match_paragraphs(self, folded: Sequence[str]) -> dict[int, list[Rule]]:
        """The same for many blocks, folded already: the numbers of those that some rule fits."""
        found: dict[int, list[Rule]] = {}
        if self._phrase is None:
            return found
        text = "\n".join(("", *folded)).encode()
        number = -1
        position = counted = 0
        while position >= 0 and (match := self._phrase.search(text, position)):
            number += text.count(b"\n", counted, match.end())
            counted = match.end()
            rules = self._match_folded(folded[number])
            if rules:
                found[number] = rules
            position = text.find(b"\n", max(counted, position + 1))
        return found

    def _match_folded(self, folded: str) -> list[Rule]:
        starts, contains = self._starts, self._contains
        found = {starts[1][f] for f in starts[0].Match(folded) or ()}
        counts = Counter(contains[1][f] for f in contains[0].Match(folded) or ())
        found.update(rule for (rule, _, least), n in counts.items() if n >= least)
        return [self.rules[n] for n in sorted(found)]

    @cached_property
    def phrases(self) -> Mapping[str, Sequence[int]]:
        """Folded whole lines to the numbers of the rules that look for them."""
        if self._given is not None:
            return self._given
        phrases: defaultdict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(self.rules):
            for line in _phrases(rule):
                phrases[line].append(number)
        return {k: tuple(v) for k, v in phrases.items()}

    @cached_property
    def labels(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """First word to the whole lines of several words that begin with it, the longest first."""
        found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in self.phrases:
            words = tuple(phrase.split(" "))
            if 1 < len(words) <= _LABEL_WORDS:
                found[words[0]].append(words)
        return {first: sorted(found[first], key=lambda p: (-len(p), p)) for first in found}

    @cached_property
    def _patterns(self) -> tuple[Any, list[int]]:
        """The patterns of which a line's first letters rule out nearly all, in one automaton."""
        items = [item for item in self._all_patterns() if not _LOOSE.match(item[0])]
        return self._compile("FullMatchSet", items), [number for _, number in items]

    @cached_property
    def _loose(self) -> tuple[Any, list[int]]:
        """The other patterns, each by itself: together they would have too many states."""
        import re2

        items = [item for item in self._all_patterns() if _LOOSE.match(item[0])]
        patterns = re2.Filter()
        for pattern, owner in items:
            try:
                patterns.Add(
                    f"(?m:^)(?:{pattern})(?m:$)", _options(len(pattern), never_capture=True)
                )
            except re2.error as error:
                raise self._bad(owner, pattern, error) from error
        if items:
            patterns.Compile()
        return patterns, [number for _, number in items]

    def _all_patterns(self) -> list[tuple[str, int]]:
        return [
            (pattern, number)
            for number, rule in enumerate(self.rules)
            for words in rule.words.values()
            for pattern in words.patterns
        ]

    @cached_property
    def _phrase(self) -> Any:
        """What finds any of the words of paragraphs in many blocks, a line break before each."""
        import re2

        words = [w for rule in self.rules for w in rule.words.values()]
        starts = {fold_phrase(phrase) for w in words for phrase in w.starts}
        contains = {fold_phrase(phrase) for w in words for phrase in w.contains}
        phrases = [f"\n{p}" for p in sorted(starts)] + sorted(contains)
        if not phrases:
            return None
        pattern = "|".join(map(re2.escape, phrases))
        return re2.compile(pattern, _options(len(pattern), never_capture=True))

    @cached_property
    def _starts(self) -> tuple[Any, list[int]]:
        import re2

        items = [
            (re2.escape(fold_phrase(phrase)), number)
            for number, rule in enumerate(self.rules)
            for words in rule.words.values()
            for phrase in words.starts
        ]
        return self._compile("MatchSet", items), [number for _, number in items]

    @cached_property
    def _contains(self) -> tuple[Any, list[tuple[int, str, int]]]:
        import re2

        # Phrases of one language are counted together, and none twice.
        items = [
            (re2.escape(phrase), (number, language, words.at_least))
            for number, rule in enumerate(self.rules)
            for language, words in rule.words.items()
            for phrase in sorted({fold_phrase(phrase) for phrase in words.contains})
        ]
        return self._compile("SearchSet", items), [owner for _, owner in items]

    def _compile(self, constructor: str, items: list[tuple[str, Any]]) -> Any:
        import re2

        size = sum(len(pattern) for pattern, _ in items)
        compiled = getattr(re2.Set, constructor)(_options(size))
        for pattern, owner in items:
            try:
                compiled.Add(pattern)
            except re2.error as error:
                number = owner if isinstance(owner, int) else owner[0]
                raise self._bad(number, pattern, error) from error
        # A set must hold something, or it cannot be searched.
        if not items:
            compiled.Add(r"\A\z.")
        compiled.Compile()
        return compiled

    def _bad(self, number: int, pattern: str, error: Exception) -> RuleError:
        return RuleError(f"{self.rules[number].id}: {pattern!r} is no RE2 pattern: {error}")


def _phrases(rule: Rule) -> set[str]:
    """The whole lines that a rule looks for, in folded form."""
    return {fold(line) for words in rule.words.values() for line in words.lines}


def _options(size: int, *, never_capture: bool = False) -> Any:
    """How an automaton is made of patterns of so many characters."""
    import re2

    options = re2.Options()
    options.max_mem = max(_MEMORY, _MEMORY_PER_CHAR * size)
    options.log_errors = False
    options.never_capture = never_capture
    return options


def fold_phrase(phrase: str) -> str:
    """A phrase in folded form, with its last punctuation mark: "note:" is not "note"."""
    folded = fold(phrase)
    last = phrase.rstrip()[-1:]
    return folded + last if last in ":.,!?" else folded
