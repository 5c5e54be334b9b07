"""Running rules on their own cases: where they must fire, and what they must spare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cleaner.article import Article
from cleaner.pipeline import Pipeline
from cleaner.rules.book import RuleBook
from cleaner.rules.model import Rule

HEAD = "The long repair of the harbour bridge"
FIRST = (
    "The council decided on Monday to close the old bridge for a year, because its piers had "
    "moved again. Nobody in the harbour was surprised by that."
)
MIDDLE = (
    "Engineers had warned for years that the ground under the river was soft. They will now put "
    "new piles beside the old ones, which takes a winter at least."
)
LAST = (
    "Farmers on the far side will have to drive around the bay, which adds an hour to the way to "
    "market. The council says that it will pay for a ferry until the work is done."
)
# A weak rule fires in company: these, and the lines that two strong rules know.
_STRONG = ("comments.prompt", "share.prompt")
_COMPANY = ("Write a comment", "Share this article:")


@dataclass(frozen=True, slots=True)
class Failure:
    """A case on which a rule does not do what it must.

    Attributes:
        rule: its id.
        language: of the words that the case stands by.
        problem: what is wrong.
        text: the case; empty where the rule as a whole is meant.
    """

    rule: str
    language: str
    problem: str
    text: str = ""


class Bench:
    """An ordinary article, into which the cases of a book's rules are put.

    Args:
        book: the rules, with their words as written.
    """

    def __init__(self, book: RuleBook) -> None:
        # Rules are tried by themselves: the judge may well take out what a rule spares.
        self._all = Pipeline(rules=book).without("judge", "identify")
        self._book = book

    def failures(self, rules: Iterable[Rule]) -> Iterator[Failure]:
        """Everything in which rules fail their cases, or have none."""
        for rule in rules:
            alone = self._alone(rule)
            for language, words in rule.words.items():
                for which in ("fires", "spares"):
                    if not getattr(words, which):
                        yield Failure(rule.id, language, f"has no case under {which}")
                for text in words.fires:
                    for problem in _not_fired(alone, rule, text):
                        yield Failure(rule.id, language, problem, text)
                for text in words.spares:
                    if _fired(self._all(_whole(text) or placed(text, "middle")), rule):
                        yield Failure(rule.id, language, "fires on what it must spare", text)

    def _alone(self, rule: Rule) -> Pipeline:
        """A pipeline in which no other rule's words compete for the same line."""
        return self._all.without_rules(
            *(
                r.id
                for r in self._book.rules
                if r.id not in (rule.id, *_STRONG) and r.scope != "stage"
            )
        )


def placed(line: str, where: str) -> str:
    """An ordinary article with a line as one of its own: in its head, middle, tail or company."""
    parts: Mapping[str, list[str]] = {
        "head": [HEAD, line, FIRST, MIDDLE, LAST],
        "middle": [HEAD, FIRST, line, MIDDLE, LAST],
        "tail": [HEAD, FIRST, MIDDLE, LAST, line],
        "company": [HEAD, FIRST, MIDDLE, LAST, *_COMPANY, line],
    }
    return "\n\n".join(parts[where])


def _not_fired(alone: Pipeline, rule: Rule, text: str) -> Iterator[str]:
    whole = _whole(text)
    if whole is not None:
        if not _fired(alone(whole), rule):
            yield "does not fire"
        return
    places = _places(rule)
    if not places or rule.beside:
        yield "cannot be tried in a line of its own: write the case as a whole article"
        return
    for where in places:
        article = alone(placed(text, where))
        if not _fired(article, rule):
            yield f"does not fire in the {where} of an article"
        elif article.body != "\n\n".join([FIRST, MIDDLE, LAST]):
            yield f"leaves something of it, or takes more, in the {where} of an article"


def _whole(text: str) -> str | None:
    """A case that is an article by itself."""
    return text if "\n" in text else None


def _places(rule: Rule) -> list[str]:
    """The parts of an article in which the rule must take a line out."""
    allowed = {
        "head": ["head"],
        "tail": ["tail"],
        "edge": ["head", "tail"],
        "anywhere": ["head", "middle", "tail"],
    }[rule.where]
    # Right above running text a weak rule's words may be a heading, alone the author's own.
    return ["company"] if rule.weak and "tail" in allowed else [] if rule.weak else allowed


def _fired(article: Article, rule: Rule) -> bool:
    return any(r.rule == rule.id for r in article.removed)
