"""The built-in rules in the form in which they are loaded: one JSON file, made from all rule files.

Reading the rule files takes long, and cases and the looks of phrases are needed only by who works
on the rules. ``cleaner rules --format compiled`` writes what ``compiled.json`` holds.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib import resources
from typing import Any

from cleaner.rules.book import RuleBook
from cleaner.rules.load import load_languages, load_rules
from cleaner.rules.matcher import Matcher
from cleaner.rules.model import Rule, RuleFile, Words

_NEEDED = ("patterns", "starts", "contains", "at_least")


def source_book() -> RuleBook:
    """The built-in rules from their files, with phrases as written and cases."""
    words = {file.language: file.function_words for file in load_languages()}
    return RuleBook(load_rules(), function_words=words)


def compiled_text(book: RuleBook) -> str:
    """A book as JSON, without what only people need."""
    record = {
        "digest": book.digest,
        "files": [
            {"kind": f.kind, "what": f.what, "rules": [_brief(r) for r in f.rules]}
            for f in book.files
        ],
        "phrases": _by_rule(book),
        "function_words": {k: " ".join(words) for k, words in book.function_words.items()},
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def compiled_book() -> RuleBook:
    """The built-in rules as they are loaded: without whole lines and cases."""
    text = (resources.files("cleaner.rules") / "compiled.json").read_text("utf-8")
    record = json.loads(text)
    files = [
        RuleFile(f["kind"], f["what"], tuple(_rule(r, f["kind"]) for r in f["rules"]))
        for f in record["files"]
    ]
    rules = [r for f in files for r in f.rules]
    phrases: dict[str, tuple[int, ...]] = {}
    for number, lines in enumerate(record["phrases"]):
        for line in lines.split("\n") if lines else ():
            phrases[line] = (*phrases.get(line, ()), number)
    words = {language: text.split() for language, text in record["function_words"].items()}
    return RuleBook(files, (), Matcher(rules, phrases), record["digest"], words)


def _by_rule(book: RuleBook) -> list[str]:
    """For each rule its folded phrases, a line each: the shortest form."""
    lines: list[list[str]] = [[] for _ in book.rules]
    for phrase, numbers in sorted(book.matcher.phrases.items()):
        for number in numbers:
            lines[number].append(phrase)
    return ["\n".join(found) for found in lines]


def _brief(rule: Rule) -> dict[str, Any]:
    record = asdict(rule)
    del record["kind"]
    record["words"] = {
        language: {k: v for k, v in words.items() if k in _NEEDED and v}
        for language, words in record["words"].items()
    }
    return record


def _rule(record: dict[str, Any], kind: str) -> Rule:
    words = {language: _words(found) for language, found in record["words"].items()}
    return Rule(**{**record, "kind": kind, "words": words, "beside": tuple(record["beside"])})


def _words(record: dict[str, Any]) -> Words:
    least = record.pop("at_least", 1)
    return Words(at_least=least, **{k: tuple(v) for k, v in record.items()})
