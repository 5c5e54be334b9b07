"""Every rule is run on its own cases, in an ordinary article; and is documented."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
import re2

from cleaner import Article, Pipeline, RuleError, UsageError, clean
from cleaner.article import KINDS
from cleaner.fold import fold
from cleaner.pipeline import builtin_rules
from cleaner.rules import Rule, RuleBook, source_book
from cleaner.rules.cases import Bench, placed
from cleaner.rules.compiled import compiled_book, compiled_text
from cleaner.rules.load import load_languages, parse_rules
from cleaner.rules.matcher import Matcher

BOOK = source_book()
RULES = BOOK.rules
LEAST_CASES = 3
MOST_INSTRUCTIONS = 8_000


def fired(article: Article, rule: Rule) -> bool:
    return any(r.rule == rule.id for r in article.removed)


BENCH = Bench(BOOK)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_does_what_its_cases_say(rule: Rule) -> None:
    assert list(BENCH.failures([rule])) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_has_cases_in_every_language_that_it_covers(rule: Rule) -> None:
    for language, words in rule.words.items():
        assert len(words.fires) >= LEAST_CASES, language
        assert len(words.spares) >= LEAST_CASES, language
        assert len(set(words.fires) | set(words.spares)) == len(words.fires + words.spares)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_looks_for_something(rule: Rule) -> None:
    for words in rule.words.values():
        looks = words.lines + words.patterns + words.starts + words.contains
        assert bool(looks) != (rule.scope == "stage")
        if rule.scope == "line":
            assert not words.starts + words.contains
        if rule.scope == "paragraph":
            assert not words.lines + words.patterns
            assert words.at_least <= max(1, len(words.contains))


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_is_documented(rule: Rule) -> None:
    table = (Path(__file__).parents[1] / "docs/pages/rules.md").read_text("utf-8")
    assert f"`{rule.id}`" in table
    assert len(rule.why) > 30


def test_the_compiled_rules_are_those_of_the_files() -> None:
    compiled = (Path(__file__).parents[1] / "cleaner/rules/compiled.json").read_text("utf-8")
    assert compiled == compiled_text(BOOK), (
        "cleaner rules --format compiled > cleaner/rules/compiled.json"
    )
    assert compiled_book().version == BOOK.version


LANGUAGES = "de en es fi fr id it ja ko nl pl pt ru sv tr zh".split()


def test_knows_the_languages() -> None:
    files = load_languages()
    assert [f.language for f in files] == LANGUAGES
    for file in files:
        assert len(file.function_words) > 90, file.language
        assert len(file.words) > 50 or file.language == "en", file.language


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_patterns_stay_small(rule: Rule) -> None:
    """All of them go into one automaton."""
    for words in rule.words.values():
        for pattern in words.patterns:
            assert re2.compile(pattern).programsize < MOST_INSTRUCTIONS, pattern


def test_there_is_a_file_for_every_kind() -> None:
    assert tuple(f.kind for f in builtin_rules().files) == KINDS


def test_no_rule_knows_a_seed() -> None:
    """Rules hold general cruft: no name that a seed names, no line of one that is not general."""
    seeds = Path(__file__).parents[1] / "seeds"
    names = (
        "scale ai",
        "openai",
        "listmystartup",
        "marketwhisper",
        "bloomberg",
        "mercor",
        "gate does",
    )
    texts = [p.read_text("utf-8").lower() for p in seeds.glob("*.txt")]
    assert all(any(n in text for text in texts) for n in names)
    # Shorter lines are what such widgets say everywhere.
    lines = {
        s for text in texts for line in text.splitlines() if len((s := fold(line)).split()) > 4
    }
    package = Path(__file__).parents[1] / "cleaner"
    for path in [*package.rglob("*.toml"), *package.rglob("*.py")]:
        content = " ".join(path.read_text("utf-8").lower().split())
        assert not [n for n in (*names, *lines) if n in content], path


def test_a_rule_that_is_switched_off_takes_nothing() -> None:
    text = placed("Share this article:", "tail")
    assert fired(clean(text), builtin_rules().by_id["share.prompt"])
    assert "Share this article:" in Pipeline().without_rules("share.prompt")(text).body


def test_an_unknown_rule_cannot_be_switched_off() -> None:
    with pytest.raises(UsageError, match="unknown rule 'share"):
        Pipeline().without_rules("share.nonsense")


def test_the_version_changes_with_the_rules() -> None:
    book = BOOK
    assert RuleBook(book.files).version == book.version == builtin_rules().version
    assert RuleBook((*book.files[:-1], parse_rules(GOOD, "x"))).version != book.version


GOOD = """
kind = "other"
what = "A kind for this test."
[[rule]]
id = "other.test"
why = "It stands in a test, so that the reader of rules can be tested."
confidence = 0.9
[rule.en]
lines = ["some words"]
"""


def test_reads_a_good_file() -> None:
    rule = parse_rules(GOOD, "good.toml").rules[0]
    assert (rule.id, rule.where, rule.words["en"].lines) == (
        "other.test",
        "anywhere",
        ("some words",),
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("lines = [", "line = [", "did you mean 'lines'"),
        ("confidence = 0.9", "confidence = 2", "confidence must be"),
        ("confidence = 0.9", "", "confidence must be"),
        ('"other.test"', '"share.test"', "must start with 'other'"),
        ('kind = "other"', 'kind = "others"', "must be one of"),
        ("[rule.en]", "", "unknown key 'lines'"),
        ('lines = ["some words"]', 'lines = "some words"', "must be a list of texts"),
        ("confidence = 0.9", 'confidence = 0.9\nwhere = "middle"', "must be one of head"),
        ("confidence = 0.9", "confidence = 0.9\nweak = 1", "weak must be"),
        ("confidence = 0.9", 'confidence = 0.9\nscope = "stage"', "belong together"),
        ("confidence = 0.9", 'confidence = 0.9\nbeside = ["sharing"]', "must be one of"),
        ("lines = [", "at_least = 0\nlines = [", "at_least must be"),
        ('why = "It', 'why = "', "not TOML"),
        ("why = ", "# why = ", "why must be"),
    ],
)
def test_names_what_is_wrong_with_a_file(old: str, new: str, message: str) -> None:
    broken = GOOD.replace(old, new) if message != "not TOML" else GOOD.replace('why = "', "why = '")
    assert broken != GOOD
    with pytest.raises(RuleError, match=message) as caught:
        parse_rules(broken, "broken.toml")
    assert "broken.toml" in str(caught.value)


def test_names_a_pattern_that_is_none() -> None:
    broken = parse_rules(GOOD.replace('lines = ["some words"]', 'patterns = ["(?<=x)y"]'), "x")
    with pytest.raises(RuleError, match=r"other\.test"):
        RuleBook([broken]).match_line("y")


def test_a_paragraph_needs_as_many_phrases_as_the_rule_says() -> None:
    words = 'contains = ["first phrase", "second phrase", "third phrase"]\nat_least = 2'
    text = GOOD.replace("confidence", 'scope = "paragraph"\nconfidence')
    book = RuleBook([parse_rules(text.replace('lines = ["some words"]', words), "x.toml")])
    assert book.match_paragraph("Only the first phrase stands in this paragraph.") == []
    assert book.match_paragraph("The first phrase, and again the first phrase.") == []
    assert [r.id for r in book.match_paragraph("First phrase, third phrase.")] == ["other.test"]


def test_a_rule_book_survives_pickling() -> None:
    book = builtin_rules().without("share.prompt")
    book.match_line("share this article")
    again = pickle.loads(pickle.dumps(book))
    assert again.version == book.version
    assert [r.id for r in again.match_line("share this article")] == ["share.prompt"]


def test_twice_the_rules_still_compile() -> None:
    """Automata get the memory that their patterns need."""
    more = [
        replace(
            rule,
            words={
                language: replace(words, patterns=tuple(f"{p} twice" for p in words.patterns))
                for language, words in rule.words.items()
            },
        )
        for rule in RULES
    ]
    matcher = Matcher([*RULES, *more], {})
    found = matcher.match_line("subscribe to our newsletter twice")
    assert "newsletter.subscribe-prompt" in [rule.id for rule in found]
