"""The rule book: all rules compiled, so that one look at a line tries every one of them.

Whole-line phrases are looked up in a dict; patterns and the words of paragraphs go through RE2
sets, whose time is linear in the text whatever the patterns are and however many.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from functools import cached_property
from typing import Any

from cleaner.errors import RuleError, UsageError
from cleaner.fold import fold
from cleaner.rules.model import Rule, RuleFile

PATTERN_CHARS = 300
"""Longer lines, in code points, are no widget's words and are not compared with line patterns."""
_MEMORY = 256 << 20


class RuleBook:
    """An ordered, immutable set of rules; some may be switched off.

    A rule that is switched off takes nothing out, but its words still count as a sign of cruft
    for the rules that look at their neighbours: so switching one off never removes more.
    """

    def __init__(self, files: Iterable[RuleFile], disabled: Iterable[str] = ()) -> None:
        self.files = tuple(files)
        self.rules = tuple(r for f in self.files for r in f.rules)
        self.by_id = {r.id: r for r in self.rules}
        self.disabled = frozenset(disabled)
        for rule in self.disabled - self.by_id.keys():
            raise UsageError(f"unknown rule {rule!r}; `cleaner rules` lists them")

    def without(self, *rules: str) -> RuleBook:
        """This book with more rules switched off."""
        book = RuleBook(self.files, self.disabled | set(rules))
        # What is compiled does not depend on what is switched off.
        book.__dict__.update({k: v for k, v in self.__dict__.items() if k in _COMPILED})
        return book

    def __getstate__(self) -> dict[str, Any]:
        # Compiled automata do not pickle; they are made again where they are needed.
        return {k: v for k, v in self.__dict__.items() if k not in _COMPILED}

    @cached_property
    def version(self) -> str:
        """Hash of what the rules say, for provenance."""
        off = ",".join(sorted(self.disabled))
        return hashlib.sha256(f"{self._content}\n{off}".encode()).hexdigest()[:12]

    @cached_property
    def _content(self) -> str:
        return json.dumps([asdict(r) for r in self.rules], sort_keys=True)

    def match_line(self, key: str) -> list[Rule]:
        """The rules whose lines or patterns fit a folded line, in the book's order."""
        found = self._phrases.get(key, ())
        if len(key) > PATTERN_CHARS:
            return [self.rules[n] for n in found]
        fits = self._patterns[0].Match(key)
        if not fits:
            return [self.rules[n] for n in found]
        owners = self._patterns[1]
        return [self.rules[n] for n in sorted({*found, *(owners[f] for f in fits)})]

    def match_paragraph(self, text: str) -> list[Rule]:
        """The rules of paragraph scope whose words a block holds, in the book's order."""
        folded = fold(text)
        starts, contains = self._starts, self._contains
        found = {starts[1][f] for f in starts[0].Match(folded) or ()}
        counts = Counter(contains[1][f] for f in contains[0].Match(folded) or ())
        found.update(rule for (rule, least), n in counts.items() if n >= least)
        return [self.rules[n] for n in sorted(found)]

    @cached_property
    def _phrases(self) -> dict[str, tuple[int, ...]]:
        phrases: defaultdict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(self.rules):
            for line in {fold(line) for words in rule.words.values() for line in words.lines}:
                phrases[line].append(number)
        return {k: tuple(v) for k, v in phrases.items()}

    @cached_property
    def _patterns(self) -> tuple[Any, list[int]]:
        items = [
            (pattern, number)
            for number, rule in enumerate(self.rules)
            for words in rule.words.values()
            for pattern in words.patterns
        ]
        return self._compile("FullMatchSet", items), [number for _, number in items]

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
    def _contains(self) -> tuple[Any, list[tuple[int, int]]]:
        import re2

        items = [
            (re2.escape(fold_phrase(phrase)), (number, words.at_least))
            for number, rule in enumerate(self.rules)
            for words in rule.words.values()
            for phrase in words.contains
        ]
        return self._compile("SearchSet", items), [owner for _, owner in items]

    def _compile(self, constructor: str, items: list[tuple[str, Any]]) -> Any:
        import re2

        options = re2.Options()
        options.max_mem = _MEMORY
        options.log_errors = False
        compiled = getattr(re2.Set, constructor)(options)
        for pattern, owner in items:
            try:
                compiled.Add(pattern)
            except re2.error as error:
                rule = self.rules[owner if isinstance(owner, int) else owner[0]]
                raise RuleError(f"{rule.id}: {pattern!r} is no RE2 pattern: {error}") from error
        # A set must hold something, or it cannot be searched.
        if not items:
            compiled.Add(r"\A\z.")
        compiled.Compile()
        return compiled


def fold_phrase(phrase: str) -> str:
    """A phrase in folded form, with its last punctuation mark: "note:" is not "note"."""
    folded = fold(phrase)
    last = phrase.rstrip()[-1:]
    return folded + last if last in ":.,!?" else folded


_COMPILED = frozenset({"_content", "_phrases", "_patterns", "_starts", "_contains"})
