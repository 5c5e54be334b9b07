"""What flows through the stages: a text layer, its lines, and the spans proposed for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from cleaner.article import Article, Block, BlockKind, Field, FieldName, Kind, Removal

if TYPE_CHECKING:
    from cleaner.fields.header import Header
    from cleaner.fields.title import Title
    from cleaner.html.page import Page
    from cleaner.judge.model import Model
    from cleaner.rules import Rule, RuleBook
    from cleaner.templates.file import Templates


Format = Literal["text", "html"]
Dial = Literal["gentle", "normal", "aggressive"]
"""How sure a removal by the judge must be."""
DIALS: dict[Dial, float] = {"gentle": 0.8, "normal": 0.5, "aggressive": 0.3}
"""The least probability of being cruft at which the judge takes a line out, where it is sure of the
rest of the document."""


@dataclass(slots=True)
class Line:
    """The smallest thing that is judged: a whole block, or a sentence of one that is too long.

    ``start`` and ``end`` leave surrounding white space out; ``text`` is that stretch of the text
    layer as it stands (a rejoined paragraph keeps its line breaks in it). ``block`` numbers the
    block that the line belongs to, and ``gap`` the blank lines before it.
    """

    start: int
    end: int
    text: str
    block: int
    kind: BlockKind
    gap: int
    key: str
    """The folded form that rules and look-ups match: see :func:`cleaner.fold.fold`."""
    sentence: bool
    """Reads as at least one sentence."""
    prose: bool
    """Running text: long enough, and punctuated like sentences."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A span that a stage would take out of the body.

    With ``field``, the span states that field; otherwise it is cruft of ``kind``.
    """

    start: int
    end: int
    rule: str
    confidence: float
    kind: Kind | None = None
    field: FieldName | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An article on its way. A stage takes one and returns one; nothing is changed in place."""

    data: bytes | str
    path: str
    rules: RuleBook
    encoding_hint: str | None = None
    models: tuple[Model, ...] = ()
    """The judge's models, at most one for texts and one for pages; built-in ones unless given."""
    dial: Dial = "normal"
    encoding_stated: str | None = None
    """What a server or a container says of the encoding: worth less than what the bytes say."""
    templates: Templates | None = None
    """What is known to repeat over the articles of sites."""
    url: str | None = None
    """The article's address, where its container states it."""
    # decode
    id: str = ""
    format: Format = "text"
    encoding: str = ""
    text: str = ""
    """The text layer; of an HTML page its markup, until that is rendered."""
    # render
    page: Page | None = None
    """What an HTML page says of its lines."""
    # segment
    lines: tuple[Line, ...] = ()
    forum: bool = False
    """Whether the software of a forum has left its words in them."""
    # evidence
    proposals: tuple[Proposal, ...] = ()
    hits: Mapping[int, tuple[Rule, ...]] = field(default_factory=dict)
    """Line number to the rules whose words fit it, whether or not they may fire there."""
    header: Header | None = None
    """What a program has put above the text."""
    title: Title | None = None
    """The title that a text shows."""
    content: tuple[int, int] = (0, 0)
    """Half-open range of lines from the first to the last that is running text of the article."""
    model: Model | None = None
    """The model that judged."""
    probabilities: tuple[float, ...] = ()
    """For each line, the judge's probability that it belongs to the article."""
    values: tuple[tuple[str, Any], ...] = ()
    """Field values, as (attribute of Article, value)."""
    stated: tuple[Field, ...] = ()
    """Fields that only a page's metadata states."""
    # settle
    blocks: tuple[Block, ...] = ()
    fields: tuple[Field, ...] = ()
    removed: tuple[Removal, ...] = ()
    # assemble
    body: str = ""
    language: str | None = None
    warnings: tuple[str, ...] = ()

    def part(self, first: int, last: int) -> Document:
        """The document as it were if it had only some of its lines.

        Args:
            first: the number of the first of them.
            last: the number after that of the last.
        """
        lines = self.lines[first:last]
        start, end = (lines[0].start, lines[-1].end) if lines else (0, 0)
        return replace(
            self,
            lines=lines,
            hits={n - first: rules for n, rules in self.hits.items() if first <= n < last},
            proposals=tuple(p for p in self.proposals if p.start < end and p.end > start),
        )

    def propose(self, proposals: Iterable[Proposal]) -> Document:
        """This document with more evidence."""
        return replace(self, proposals=self.proposals + tuple(proposals))

    def warn(self, *warnings: str) -> Document:
        """This document with more warnings."""
        return replace(self, warnings=self.warnings + warnings)

    def article(self, provenance: dict[str, str | None]) -> Article:
        """The finished article."""
        return Article(
            id=self.id,
            path=self.path,
            format=self.format,
            encoding=self.encoding,
            language=self.language,
            body=self.body,
            blocks=self.blocks,
            fields=self.stated + self.fields,
            removed=self.removed,
            warnings=self.warnings,
            provenance=provenance,
            **dict(self.values),
        )
