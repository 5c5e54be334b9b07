"""What came of running the cases of rule files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cleaner.report.terminal import one_line
from cleaner.rules import source_book
from cleaner.rules.cases import Bench, Failure
from cleaner.rules.own import read_rule_files


def report(files: Sequence[Path], put: Callable[[str], None]) -> int:
    """Run the cases of the rules in some files, and say what fails.

    Args:
        files: rule files, which may add to the built-in rules or replace them.
        put: takes each line.

    Returns:
        The exit status: 0 where all is fine, 1 where a case fails.

    Raises:
        RuleError: a file breaks the format; the message says where and what to do.
    """
    found = read_rule_files(files)
    rules = [rule for file in found for rule in file.rules]
    builtin = source_book()
    bench = Bench(builtin.extended(found))
    failures = list(bench.failures(rules))
    for failure in failures:
        put(f"{_shown(failure)}\n")
    cases = sum(len(w.fires) + len(w.spares) for rule in rules for w in rule.words.values())
    replaced = sum(rule.id in builtin.by_id for rule in rules)
    put(
        f"rules: {len(rules)} ({replaced} in place of built-in ones), cases: {cases}, "
        f"failures: {len(failures)}\n"
    )
    return 1 if failures else 0


def _shown(failure: Failure) -> str:
    text = f": {one_line(failure.text)}" if failure.text else ""
    return f"{failure.rule} ({failure.language}) {failure.problem}{text}"
