"""The rules for people and for programs: a list, one in full, and the page in ``docs``."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from cleaner.errors import UsageError
from cleaner.rules import Rule, RuleBook, Words

_PREFACE = """# Rules

Written by `cleaner rules --format markdown > docs/rules.md`; do not edit by hand.

A rule is a named piece of evidence for one kind of cruft. Its id is public and never reused:
`cleaner run --disable ID` switches it off, and every removal in the output names its rule.
`cleaner rules ID` shows what a rule looks for, and the texts on which it must and must not fire.

Where a rule may fire: `head` is before the article's first running text, `tail` after its last,
`edge` either of the two, `anywhere` the whole text. A *weak* rule's words also make good headings,
so it fires only outside running text or next to other cruft. *Beside* names the kinds of cruft that
must stand next to the line. A *stage* rule is found by the code of that stage, not by words.

## The format of a rule file

`cleaner/rules/KIND.toml` holds the rules of one kind:

| key | meaning |
|---|---|
| `kind`, `what` | the kind, and what it covers |
| `[[rule]]` | starts a rule |
| `id` | the kind, a dot, a name |
| `why` | why such text is cruft, and why the rule is shaped as it is |
| `confidence` | how sure a removal by this rule alone is, over 0 and at most 1 |
| `scope` | `line` (default): words are compared with a whole line; `paragraph`: with a block of \
any length; `stage`: the code of the stage named in `stage` finds it |
| `where` | `head`, `tail`, `edge` or `anywhere` (default) |
| `weak` | `true` where the words also make good headings or list items |
| `beside` | kinds of cruft one of which must stand next to it |
| `[rule.en]` | the words in one language (ISO 639-1, or `any`) |
| `lines` | whole lines, in any case, without the punctuation around them |
| `patterns` | RE2 patterns that a whole line must match, in lower case |
| `starts`, `contains`, `at_least` | for paragraphs: how one begins; what it holds, and how many \
of these at least |
| `fires` | texts in which the rule must take something out: the tests put a single line into an \
article; several lines are a whole article |
| `spares` | texts from which it must take nothing |

## The rules
"""


def listing(book: RuleBook) -> str:
    """A line per rule: id, kind, where it may fire, why."""
    rows: list[tuple[str, ...]] = [("id", "kind", "where", "why")]
    rows += [(r.id, r.kind, place(r), r.why) for r in book.rules]
    sizes = [max(len(row[n]) for row in rows) for n in range(3)]
    lines = (
        "  ".join([*(cell.ljust(size) for cell, size in zip(row, sizes, strict=False)), row[3]])
        for row in rows
    )
    return "\n".join(lines) + "\n"


def place(rule: Rule) -> str:
    """Where the rule may fire, and what else must hold there."""
    parts: list[str] = [rule.where]
    if rule.weak:
        parts.append("weak")
    if rule.beside:
        parts.append(f"beside {', '.join(rule.beside)}")
    if rule.stage:
        parts.append(f"stage {rule.stage}")
    return "; ".join(parts)


def find(book: RuleBook, rule_id: str) -> Rule:
    """The rule of that id.

    Raises:
        UsageError: there is none; the message names the nearest.
    """
    rule = book.by_id.get(rule_id)
    if rule is None:
        raise UsageError(f"unknown rule {rule_id!r}; {_suggestion(book, rule_id)}")
    return rule


def _suggestion(book: RuleBook, rule_id: str) -> str:
    of_kind = [r for r in book.by_id if r.startswith(f"{rule_id}.")]
    near = of_kind[:5] or difflib.get_close_matches(rule_id, list(book.by_id), 3, 0.5)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return "`cleaner rules` lists them"


def in_full(rule: Rule) -> str:
    """All of one rule: why, words and cases."""
    lines = [
        rule.id,
        f"kind        {rule.kind}",
        f"where       {place(rule)}",
        f"scope       {rule.scope}",
        f"confidence  {rule.confidence:g}",
        f"why         {rule.why}",
    ]
    for language, words in rule.words.items():
        lines += ["", f"language {language}"]
        for title, entries in _entries(words):
            lines.append(f"  {title}")
            for entry in entries:
                # A case of several lines is a whole article; it stays readable.
                first, *rest = entry.strip("\n").split("\n")
                lines += [f"    - {first}", *(f"      {line}".rstrip() for line in rest)]
    return "\n".join(lines) + "\n"


def as_json(book: RuleBook, rules: Iterable[Rule]) -> str:
    """Rules as JSON, with the version of the book that they are of."""
    record = {"version": book.version, "rules": [asdict(rule) for rule in rules]}
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def markdown(book: RuleBook) -> str:
    """The page ``docs/rules.md``: a row for every rule."""
    return "\n".join([_PREFACE, *_tables(book)]).rstrip() + "\n"


def markdown_of(rule: Rule) -> str:
    """One rule as a page of its own."""
    return f"# `{rule.id}`\n\n{rule.why}\n\n```text\n{in_full(rule)}```\n"


def _tables(book: RuleBook) -> Iterator[str]:
    for file in book.files:
        yield f"### {file.kind}\n\n{file.what}\n"
        if not file.rules:
            yield "No rules yet.\n"
            continue
        yield "| rule | where | confidence | why |\n|---|---|---|---|"
        for rule in file.rules:
            cells = (f"`{rule.id}`", place(rule), f"{rule.confidence:g}", rule.why)
            yield f"| {' | '.join(_cell(c) for c in cells)} |"
        yield ""


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _entries(words: Words) -> Iterator[tuple[str, tuple[str, ...]]]:
    least = f" (at least {words.at_least})" if words.at_least > 1 else ""
    yield from (
        (title, entries)
        for title, entries in (
            ("whole lines", words.lines),
            ("patterns", words.patterns),
            ("starts with", words.starts),
            (f"contains{least}", words.contains),
            ("fires on", words.fires),
            ("spares", words.spares),
        )
        if entries
    )
