"""The rule book: an ordered set of rules, some of which may be switched off."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cached_property
from typing import Any

from cleaner.errors import UsageError
from cleaner.rules.matcher import Matcher
from cleaner.rules.model import Rule, RuleFile


class RuleBook:
    """An ordered, immutable set of rules; some may be switched off.

    A rule that is switched off takes nothing out, but its words still count as a sign of cruft
    for the rules that look at their neighbours: so switching one off never removes more.

    Args:
        files: the rules by kind.
        disabled: the ids of those that are switched off.
        matcher: what finds them in a text; made unless given.
        digest: hash of all that the files say; made unless given.
        function_words: by language, the words that its running text is full of.
    """

    def __init__(
        self,
        files: Iterable[RuleFile],
        disabled: Iterable[str] = (),
        matcher: Matcher | None = None,
        digest: str | None = None,
        function_words: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.files = tuple(files)
        self.rules = tuple(r for f in self.files for r in f.rules)
        self.by_id = {r.id: r for r in self.rules}
        self.disabled = frozenset(disabled)
        self.matcher = matcher if matcher is not None else Matcher(self.rules)
        self._digest = digest
        self.function_words = function_words if function_words is not None else {}
        for rule in self.disabled - self.by_id.keys():
            raise UsageError(f"unknown rule {rule!r}; `cleaner rules` lists them")

    def __getstate__(self) -> dict[str, Any]:
        # Made again where it is needed, so that a pickle is the same before and after use.
        return {k: v for k, v in self.__dict__.items() if k != "languages"}

    def without(self, *rules: str) -> RuleBook:
        """This book with more rules switched off."""
        off = self.disabled | set(rules)
        return RuleBook(self.files, off, self.matcher, self.digest, self.function_words)

    def extended(self, files: Iterable[RuleFile]) -> RuleBook:
        """This book with more rules; one with the id of a rule that is there takes its place."""
        more = tuple(files)
        own = {rule.id: rule for file in more for rule in file.rules}
        merged: list[RuleFile] = []
        for file in self.files:
            rules = [own.get(rule.id, rule) for rule in file.rules]
            rules += [r for r in own.values() if r.kind == file.kind and r.id not in self.by_id]
            merged.append(replace(file, rules=tuple(rules)))
        kinds = {file.kind for file in self.files}
        merged += [file for file in more if file.kind not in kinds]
        matcher = self.matcher.extended([r for f in merged for r in f.rules], own)
        content = json.dumps([asdict(rule) for rule in own.values()], sort_keys=True)
        digest = hashlib.sha256(f"{self.digest}\n{content}".encode()).hexdigest()
        digest = digest if own else self.digest
        return RuleBook(merged, self.disabled, matcher, digest, self.function_words)

    @cached_property
    def digest(self) -> str:
        """Hash of what the rules say, whether or not they are switched off."""
        if self._digest is not None:
            return self._digest
        content = json.dumps([asdict(r) for r in self.rules], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()

    @cached_property
    def version(self) -> str:
        """Hash of what is in force, for provenance."""
        off = ",".join(sorted(self.disabled))
        return hashlib.sha256(f"{self.digest}\n{off}".encode()).hexdigest()[:12]

    @property
    def labels(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """Labels of several words that rules look for: see :attr:`Matcher.labels`."""
        return self.matcher.labels

    @cached_property
    def languages(self) -> Mapping[str, Sequence[str]]:
        """Function word to the languages that it is one of."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for language, words in self.function_words.items():
            for word in words:
                found[word].append(language)
        return found

    def match_line(self, key: str) -> list[Rule]:
        """The rules whose lines or patterns fit a folded line, in the book's order."""
        return self.matcher.match_line(key)

    def match_lines(self, keys: Iterable[str]) -> dict[str, list[Rule]]:
        """The same for many lines: those that some rule fits."""
        return self.matcher.match_lines(keys)

    def match_paragraph(self, text: str) -> list[Rule]:
        """The rules of paragraph scope whose words a block holds, in the book's order."""
        return self.matcher.match_paragraph(text)

    def match_paragraphs(self, folded: Sequence[str]) -> dict[int, list[Rule]]:
        """The same for many blocks, folded already: the numbers of those that some rule fits."""
        return self.matcher.match_paragraphs(folded)
