"""The ordered list of stages, and the object that runs an input through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.article import Article
from cleaner.document import DIALS, Dial, Document
from cleaner.errors import UsageError
from cleaner.rules import RuleBook, compiled_book
from cleaner.rules.select import chosen_rules
from cleaner.stages.assemble import assemble
from cleaner.stages.copies import copies
from cleaner.stages.decode import decode
from cleaner.stages.extract import extract
from cleaner.stages.fire import fire
from cleaner.stages.header import header
from cleaner.stages.identify import identify
from cleaner.stages.judge import judge
from cleaner.stages.match import match
from cleaner.stages.numbered import numbered
from cleaner.stages.recall import recall
from cleaner.stages.render import render
from cleaner.stages.retitle import retitle
from cleaner.stages.segment import segment
from cleaner.stages.settle import settle
from cleaner.stages.strip import strip
from cleaner.stages.threads import threads
from cleaner.stages.verdict import verdict

if TYPE_CHECKING:
    from cleaner.judge.model import Model
    from cleaner.templates.file import Templates

Stage = Callable[[Document], Document]
"""A plain function: takes a document, returns one with what it found."""


class NamedStage(NamedTuple):
    """A stage and the name by which a caller switches it off or puts another beside it."""

    name: str
    run: Stage


STAGES: tuple[NamedStage, ...] = (
    NamedStage("decode", decode),  # bytes to text layer
    NamedStage("render", render),  # an HTML page to its text layer
    NamedStage("segment", segment),  # text layer to lines
    NamedStage("match", match),  # lines to the rules whose words fit them
    NamedStage("header", header),  # keys and values that a program has put above the text
    NamedStage("extract", extract),  # proposes fields: title, source, authors, date, tags
    NamedStage("fire", fire),  # proposes removals: the rules that may fire where they fit
    NamedStage("threads", threads),  # proposes removals: readers' comments below an article
    NamedStage(
        "numbered", numbered
    ),  # proposes removals: a text browser's numbers and addresses of links
    NamedStage("judge", judge),  # lines to how likely each belongs to the article
    NamedStage("retitle", retitle),  # proposes fields again: where the judge sees the article begin
    NamedStage("verdict", verdict),  # proposes removals: lines that are likelier cruft
    NamedStage("recall", recall),  # proposes removals: what repeats over the articles of the site
    NamedStage("copies", copies),  # proposes removals: what the text says twice over many lines
    NamedStage("strip", strip),  # proposes inline removals: dangling markers, leftover markup
    NamedStage("settle", settle),  # all proposals to one ledger
    NamedStage("assemble", assemble),  # ledger to blocks and body
    NamedStage("identify", identify),  # the body's language
)
"""The way through, in order. Only ``settle`` decides what is taken out."""

NEEDED = frozenset({"decode", "render", "segment", "match", "settle", "assemble"})
"""The stages that cannot be switched off: without them there is no article."""


class Pipeline:
    r"""Runs inputs through the stages. Immutable, safe to share between threads, and picklable.

    Args:
        stages: the ordered list; :data:`STAGES` unless given.
        rules: the rule book; the built-in one unless given.
        models: the judge's models, at most one for texts and one for pages; the built-in ones
            unless given.
        dial: how sure a removal by the judge must be: ``gentle``, ``normal`` or ``aggressive``.
        templates: what repeats over the articles of sites, as evidence; none unless given.

    Raises:
        UsageError: there is no such dial, or there are two models for the same.

    Example:
        >>> quiet = Pipeline().without("identify")
        >>> quiet("A title\n\nIt rained all day, and nobody was surprised by that.").language
    """

    def __init__(
        self,
        stages: Sequence[NamedStage] = STAGES,
        rules: RuleBook | None = None,
        models: Sequence[Model] = (),
        dial: Dial = "normal",
        templates: Templates | None = None,
    ) -> None:
        if dial not in DIALS:
            raise UsageError(f"unknown dial {dial!r}; there are {', '.join(DIALS)}")
        forms = [model.form for model in models]
        if len(set(forms)) < len(forms):
            raise UsageError("give one model for texts and one for pages, and none twice")
        self.stages = tuple(stages)
        self.rules = rules if rules is not None else builtin_rules()
        self.models = tuple(models)
        self.dial = dial
        self.templates = templates

    def __call__(
        self,
        data: bytes | str,
        *,
        path: str = "",
        encoding: str | None = None,
        stated_encoding: str | None = None,
        url: str | None = None,
    ) -> Article:
        """Clean one article.

        Args:
            data: the input's bytes, or its text.
            path: what the article is to be called in the output.
            encoding: the encoding that the bytes are declared to be in; detected unless given.
            stated_encoding: what a server or a container says of it, who are often wrong: it counts
                where the bytes are not UTF-8 and say nothing themselves.
            url: the article's address, where that is known: it tells the site for templates.

        Raises:
            InputError: no article can be made of it; the subclass and ``name`` say why.
            UsageError: the encoding is unknown.
        """
        doc = Document(
            data,
            path,
            self.rules,
            encoding_hint=encoding,
            models=self.models,
            dial=self.dial,
            encoding_stated=stated_encoding,
            templates=self.templates,
            url=url,
        )
        for stage in self.stages:
            doc = stage.run(doc)
        model = doc.model.version if doc.model is not None else None
        made = {"cleaner": version(), "rules": self.rules.version, "model": model}
        if self.templates is not None:
            made["templates"] = self.templates.version
        return doc.article(made)

    def without(self, *names: str) -> Pipeline:
        """This pipeline with stages switched off.

        Raises:
            UsageError: there is no such stage, or nothing works without it.
        """
        for name in names:
            self._index(name)
            if name in NEEDED:
                raise UsageError(f"the stage {name!r} cannot be switched off")
        return self._with(stages=[s for s in self.stages if s.name not in names])

    def with_stage(self, name: str, run: Stage, *, before: str) -> Pipeline:
        """This pipeline with a stage of the caller's, put right before another one.

        A stage that proposes spans goes before ``settle``.
        """
        at = self._index(before)
        return self._with(stages=[*self.stages[:at], NamedStage(name, run), *self.stages[at:]])

    def without_rules(self, *rules: str) -> Pipeline:
        """This pipeline with rules switched off: by id, or by kind for all rules of the kind.

        Raises:
            UsageError: there is no such rule; the message says what is near.
        """
        return self._with(rules=self.rules.without(*chosen_rules(self.rules, rules)))

    def with_rules(self, *files: str | PathLike[str]) -> Pipeline:
        """This pipeline with the rules of more files, in the format of the built-in ones.

        A rule with the id of one that is there takes its place.

        Raises:
            RuleError: a file cannot be read or breaks the format; the message says where.
        """
        from cleaner.rules.own import read_rule_files

        return self._with(rules=self.rules.extended(read_rule_files(map(Path, files))))

    def with_dial(self, dial: Dial) -> Pipeline:
        """This pipeline with the judge surer (``gentle``) or bolder (``aggressive``).

        Raises:
            UsageError: there is no such dial.
        """
        return self._with(dial=dial)

    def with_templates(self, file: str | PathLike[str], *, site: str | None = None) -> Pipeline:
        """This pipeline with what ``cleaner learn`` found to repeat over the articles of sites.

        Args:
            file: what it wrote.
            site: the site that all articles are of, whatever they say.

        Raises:
            TemplatesError: the file holds no templates, or cannot be read.
        """
        from cleaner.templates.file import Templates

        return self._with(templates=Templates(Path(file), site))

    def _with(self, **changes: Any) -> Pipeline:
        own = {n: getattr(self, n) for n in ("stages", "rules", "models", "dial", "templates")}
        return Pipeline(**{**own, **changes})

    def _index(self, name: str) -> int:
        names = [s.name for s in self.stages]
        if name not in names:
            raise UsageError(f"unknown stage {name!r}; there are {', '.join(names)}")
        return names.index(name)


@cache
def builtin_rules() -> RuleBook:
    """The built-in rules, read once, without their cases: see :func:`cleaner.rules.source_book`."""
    return compiled_book()


@cache
def default_pipeline() -> Pipeline:
    """The pipeline that :func:`cleaner.clean` uses."""
    return Pipeline()


@cache
def version() -> str:
    """The version of this package."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("article-cleaner")
    except PackageNotFoundError:
        return "unknown"
