"""What a rule is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from cleaner.article import Kind

Where = Literal["head", "tail", "edge", "anywhere"]
"""Before the article's first running text, after its last, either of the two, or wherever."""

Scope = Literal["line", "paragraph", "stage"]
"""What a rule's words are compared with: a whole line, a block of any length, or nothing.

Rules of scope ``stage`` are found by the code of the stage that they name, not by words.
"""

WHERES: tuple[Where, ...] = get_args(Where)
SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True, slots=True)
class Words:
    """What a rule looks for in one language, and the cases that show it.

    Attributes:
        lines: whole lines, compared in folded form.
        patterns: RE2 patterns that a whole folded line must match.
        starts: how a block begins, in folded form.
        contains: what a block holds, in folded form; ``at_least`` of them must be there.
        fires: texts in which the rule must take something out. A text of one line is the cruft
            itself, which the tests put into an article at a place where the rule may fire; a text
            of several lines is a whole article.
        spares: texts from which it must take nothing. A text of one line is put between the
            paragraphs of an article, as one of them.
    """

    lines: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    at_least: int = 1
    fires: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A named, documented piece of evidence for one kind of cruft.

    Attributes:
        id: public and never reused: the kind, a dot, a name.
        why: why such text is cruft, and why the rule is shaped as it is.
        where: the part of the text in which it may fire.
        weak: its words also make good headings or list items, so it fires only outside the
            article's running text or next to other cruft, and never right above running text.
        beside: it fires only next to a line that a rule of one of these kinds takes out.
        confidence: how sure a removal by this rule alone is, 0 to 1.
        words: language code (ISO 639-1, or "any") to what it looks for.
        stage: for scope ``stage``, the stage that proposes it.
    """

    id: str
    kind: Kind
    why: str
    confidence: float
    scope: Scope = "line"
    where: Where = "anywhere"
    weak: bool = False
    beside: tuple[Kind, ...] = ()
    stage: str | None = None
    words: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A kind of cruft with its rules."""

    kind: Kind
    what: str
    rules: tuple[Rule, ...]
