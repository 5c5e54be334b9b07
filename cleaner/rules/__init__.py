"""Rules as data: a TOML file per kind of cruft, each rule with its why and its own cases.

The format is described in ``docs/pages/writing-rules.md``; :mod:`cleaner.rules.load` reads and
checks it.
"""

from cleaner.rules.book import RuleBook
from cleaner.rules.compiled import compiled_book, source_book
from cleaner.rules.load import load_rules
from cleaner.rules.model import Rule, RuleFile, Words

__all__ = ["Rule", "RuleBook", "RuleFile", "Words", "compiled_book", "load_rules", "source_book"]
