"""Choosing rules by name: an id, a kind, or the first part of ids."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from cleaner.article import KINDS
from cleaner.errors import UsageError
from cleaner.judge import IDS
from cleaner.rules.book import RuleBook


def chosen_rules(book: RuleBook, names: Iterable[str]) -> list[str]:
    """The ids of the rules that names choose: a rule by its id, or all rules of a kind.

    Raises:
        UsageError: a name chooses none; the message says what is near.
    """
    found: list[str] = []
    for name in names:
        own = [rule for rule in book.by_id if rule == name or rule.startswith(f"{name}.")]
        if not own and name not in KINDS:
            raise UsageError(f"unknown rule {name!r}; {_suggestion(name, list(book.by_id))}")
        found += own
    return found


def check_names(book: RuleBook, names: Iterable[str], option: str) -> None:
    """Refuse names that no removal can have, as its kind or its rule.

    Raises:
        UsageError: there is one; the message says what is near.
    """
    known = [*book.by_id, *IDS]
    for name in names:
        if name not in KINDS and not any(_is_of(name, rule) for rule in known):
            near = _suggestion(name, [*known, *KINDS])
            raise UsageError(f"{option}: unknown rule or kind {name!r}; {near}")


def chooses(names: Iterable[str], kind: str, rule: str) -> bool:
    """Whether one of the names is the kind, the rule, or the first part of the rule's id."""
    return any(name == kind or _is_of(name, rule) for name in names)


def _is_of(name: str, rule: str) -> bool:
    return rule == name or rule.startswith(f"{name}.")


def _suggestion(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 3, 0.5)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return "`cleaner rules` lists them"
