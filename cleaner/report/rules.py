"""The rules for people and for programs: a list, one in full, and the page in ``docs``."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from cleaner.errors import UsageError
from cleaner.judge import AFTER, BEFORE, INSIDE, WHY
from cleaner.report.terminal import printable
from cleaner.rules import Rule, RuleBook, Words

_PREFACE = """# Rules

<!-- Made by `cleaner rules --format markdown > docs/pages/rules.md`; do not edit by hand. -->

A rule is a named piece of evidence for one kind of cruft. Its id is public and never reused:
`--disable ID` switches it off, and every removal in the output names its rule. Below each rule
stand some of the texts on which it must fire and some that it must spare; `cleaner rules ID` shows
all of them, in all languages, and the words that the rule looks for. How rules are written is told
in [Writing rules](writing-rules.md).

Where a rule may fire: `head` is before the article's first running text, `tail` after its last,
`edge` either of the two, `anywhere` the whole text. A *weak* rule's words also make good headings,
so it fires only outside running text or next to other cruft. *Beside* names the kinds of cruft that
must stand next to the line. A *stage* rule is found by the code of that stage, not by words. The
confidence is that of the rule alone; a removal's also depends on what the judge says of the lines.

What the judge takes out has none of these rules, but one of three ids by where it stands to the
article: {judge}. Its kind is told by the words of the lines.
"""
_SHOWN = 2
"""How many texts of a sort are shown on the page."""
_MARKS = re.compile(r"([\\`*_{}\[\]#~|])")


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


def of_judge(rule_id: str) -> str | None:
    """What there is to say of the judge's removals of that id; None where there are none."""
    if rule_id not in WHY:
        return None
    return (
        f"{rule_id}\nwhy         {WHY[rule_id]}\n"
        "            A trained model says so, line by line and in context. Its confidence is its\n"
        "            own, and the kind goes by words and place.\n"
    )


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
    """The page ``docs/pages/rules.md``: every rule with why it exists and some of its cases."""
    judge = ", ".join(f"`{rule}`" for rule in (BEFORE, INSIDE, AFTER))
    return "\n".join([_PREFACE.format(judge=judge), *_kinds(book)]).rstrip() + "\n"


def markdown_of(rule: Rule) -> str:
    """One rule as a page of its own."""
    return f"# `{rule.id}`\n\n{_plain(rule.why)}\n\n{_fenced(in_full(rule))}\n"


def _kinds(book: RuleBook) -> Iterator[str]:
    for file in book.files:
        yield f"## {file.kind}\n\n{_plain(file.what)}\n"
        if not file.rules:
            yield "No rules yet.\n"
        for rule in file.rules:
            yield f"### `{rule.id}`\n\n{_plain(rule.why)}\n"
            yield f"*{place(rule)} · confidence {rule.confidence:g} · {_languages(rule)}*\n"
            yield from _cases(rule)


def _languages(rule: Rule) -> str:
    if not rule.words:
        return "any language"
    return ", ".join("any language" if code == "any" else code for code in sorted(rule.words))


def _cases(rule: Rule) -> Iterator[str]:
    """Some of a rule's cases, folded away: of English, or of what has no language."""
    words = next((rule.words[code] for code in ("en", "any") if code in rule.words), None)
    if words is None:
        return
    # Both GitHub and Python-Markdown fold this, and read what is in it as Markdown.
    yield '<details markdown="1">\n<summary>Cases</summary>\n'
    for title, cases in (("Fires on", words.fires), ("Spares", words.spares)):
        short = [case for case in cases if "\n" not in case][:_SHOWN]
        if short:
            yield f"{title}:\n"
            yield from (f"* {_code(case)}" for case in short)
            yield ""
        elif cases:
            yield f"{title}, for example:\n\n{_fenced(min(cases, key=len))}\n"
    yield "</details>\n"


def _plain(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return _MARKS.sub(r"\\\1", text).replace("&", "&amp;").replace("<", "&lt;")


def _code(text: str) -> str:
    """A text of one line as a code span."""
    shown = printable(text)
    ticks = _ticks(shown, 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def _fenced(text: str) -> str:
    """A text as a block of code."""
    shown = printable(text).strip("\n")
    ticks = _ticks(shown, 3)
    return f"{ticks}text\n{shown}\n{ticks}"


def _ticks(text: str, least: int) -> str:
    """As many backticks as the text has nowhere in a row."""
    return "`" * max([least, *(len(run) + 1 for run in re.findall("`+", text))])


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
