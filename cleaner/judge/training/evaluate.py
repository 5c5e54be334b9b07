"""``cleaner evaluate``: how good the pipeline is on labelled pages that the judge has not seen."""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from cleaner.article import Article, Field, Removal
from cleaner.document import Dial, Format
from cleaner.errors import InputError
from cleaner.judge.model import Model, builtin_model, load
from cleaner.judge.training import views
from cleaner.judge.training.bench import Page, read_pages, sets
from cleaner.judge.training.coverage import coverage
from cleaner.judge.training.crossval import by_set, by_site, folded_models
from cleaner.judge.training.figures import Figures, Score, bag, figures, score
from cleaner.judge.training.fit import Recipe, Say
from cleaner.judge.training.reliability import Weighed, bins, weigh
from cleaner.judge.training.report import Report
from cleaner.layer import text_layer
from cleaner.pipeline import Pipeline
from cleaner.stages.judge import HEAVY

HTML = "html"
"""The view that is the page itself."""
CLEAN = "clean"
"""The view that is the gold body itself."""
BUILTIN = "builtin"
OWN_VIEWS = ("blocks", "nodes", "unbroken", "markdown")
"""The flattened views that are made here where no others are given."""

FLATTENED = ("html_text", "blocks", HTML)
"""The view by which languages and confidences are shown: the first that is there."""

Key = tuple[str, str]
"""Set and view."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured, and how.

    Attributes:
        views: a folder of texts of the pages; they are made here unless given.
        only: views to measure; all unless given.
        folds: how many parts the sites are cut into.
        fold: the number of the one part that is measured, from 1; all unless given.
        format: whether texts of the pages are measured, or the pages themselves.
        by_set: each set is judged by models that learnt from the others alone.
        model: a model's file, or ``builtin``, to measure it as it is; a model for each fold unless
            given.
        models: where the folds' models are kept.
        switch_off: stages to leave out.
        dial: how sure the judge must be.
        every: measure only every so many pages.
        workers: how many processes to use.
    """

    views: Path | None = None
    only: tuple[str, ...] = ()
    folds: int = 3
    fold: int | None = None
    format: Format = "text"
    by_set: bool = False
    model: str | None = None
    models: Path | None = None
    switch_off: tuple[str, ...] = ()
    dial: Dial = "normal"
    every: int = 1
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Task:
    """A page and the texts of it that are to be cleaned, by view."""

    page: Page
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one text."""

    set: str
    view: str
    page: str
    language: str | None
    before: Score
    after: Score
    kind: str
    unaccounted: int
    heavy: bool
    removals: list[Weighed]
    covered: float | None = None


def evaluate(bench: Path, options: Options, recipe: Recipe, say: Say) -> Report:
    """Measure the whole pipeline on labelled pages.

    Args:
        bench: see :mod:`cleaner.judge.training.bench`.
        options: what is measured.
        recipe: how models are made.
        say: told of each step.

    Raises:
        UsageError: the folder holds no labelled pages, or there is no such stage or dial.
    """
    pages = [page for name in sets(bench) for page in read_pages(bench, name)]
    outcomes: list[Outcome] = []
    for model, unseen in _models(pages, options, recipe, say):
        pipeline = Pipeline(models=[model] if model is not None else [], dial=options.dial).without(
            *options.switch_off
        )
        measured = [p for p in unseen if int(p.digest, 16) % options.every == 0]
        cleaner = Cleaner(pipeline)
        outcomes += run(cleaner, _tasks(measured, options), options.workers)
        say(f"{len(measured)} pages cleaned")
    return _report(outcomes)


def _models(
    pages: Sequence[Page], options: Options, recipe: Recipe, say: Say
) -> Iterator[tuple[Model | None, Sequence[Page]]]:
    if "judge" in options.switch_off:
        yield None, pages
    elif options.model is not None:
        builtin = options.model == BUILTIN
        yield (
            builtin_model(options.format) if builtin else load(Path(options.model).read_bytes()),
            pages,
        )
    else:
        names = sorted({p.set for p in pages})
        parts = by_set(names) if options.by_set else by_site(options.folds, options.fold)
        yield from folded_models(
            pages, parts, recipe, options.workers, say, options.models, options.format
        )


def _tasks(pages: Sequence[Page], options: Options) -> Iterator[Task]:
    if options.format == "html":
        yield from (Task(page, {}) for page in pages)
        return
    for name in sorted({p.set for p in pages}):
        given = read_views(options.views, name, options.only) if options.views else None
        for task in tasks((p for p in pages if p.set == name), given):
            wanted = {v: t for v, t in task.texts.items() if not options.only or v in options.only}
            yield Task(task.page, wanted)


def _report(outcomes: Sequence[Outcome]) -> Report:
    articles = [o for o in outcomes if o.kind == "article"]
    shown = next((v for v in FLATTENED if any(o.view == v for o in outcomes)), CLEAN)
    return Report(
        views=by_view(outcomes),
        articles=by_view(articles),
        languages=by_language(articles, shown),
        unaccounted=sum(o.unaccounted for o in outcomes),
        heavy=sum(o.heavy for o in outcomes),
        reliability=bins(r for o in outcomes for r in o.removals),
        kinds=by_kind(outcomes, shown),
        covered=[o.covered for o in outcomes if o.covered is not None],
    )


def read_views(folder: Path, name: str, only: Sequence[str] = ()) -> dict[str, dict[str, str]]:
    """Texts by view and page id, from ``folder/SET/VIEW.jsonl.gz``."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted((folder / name).glob("*.jsonl.gz")):
        if only and file.name.removesuffix(".jsonl.gz") not in only:
            continue
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            rows = (json.loads(line) for line in lines)
            found[file.name.removesuffix(".jsonl.gz")] = {r["id"]: r["text"] or "" for r in rows}
    return found


def tasks(pages: Iterable[Page], given: Mapping[str, Mapping[str, str]] | None) -> Iterator[Task]:
    """What is to be cleaned of each page.

    Args:
        pages: of one set.
        given: texts by view and page id; made here unless given.
    """
    for page in pages:
        texts = {CLEAN: page.body}
        if given is None:
            made = views.full_views(page.html(), random.Random(page.id), frozenset())
            texts |= {view.name: view.text for view in made if view.name in OWN_VIEWS}
        else:
            texts |= {view: of[page.id] for view, of in given.items() if page.id in of}
        yield Task(page, texts)


@dataclass(frozen=True)
class Cleaner:
    """Cleans and scores the texts of a page; can be sent to another process."""

    pipeline: Pipeline

    def __call__(self, task: Task) -> list[Outcome]:
        """The outcome of each text, or of the page where there is none."""
        if not task.texts:
            return [self._page(task.page)]
        gold = bag(task.page.body)
        found: list[Outcome] = []
        language: str | None = None
        for view, text in task.texts.items():
            before = score(bag(text), gold)
            try:
                article = self.pipeline(text.encode("utf-8", "surrogatepass"))
            except InputError:
                found.append(self._outcome(task.page, view, before, before, language))
                continue
            if view == CLEAN:
                language = article.language
            kept = bag(article.body)
            if view == CLEAN:
                # The first line may rightly become the title: what is moved to a field is not lost.
                spans = [text[f.start : f.end] for f in article.fields if f.start is not None]
                kept += bag(" ".join(spans))
                before = Score(1.0, 1.0, 1.0)
            outcome = self._outcome(task.page, view, before, score(kept, gold), language)
            found.append(
                replace(
                    outcome,
                    heavy=HEAVY in article.warnings,
                    unaccounted=unaccounted(text, article),
                    removals=weigh(article, text, task.page.body) if view in FLATTENED else [],
                )
            )
        return found

    def _page(self, page: Page) -> Outcome:
        gold = bag(page.body)
        data = page.html()
        try:
            layer = text_layer(data)
            before = score(bag(layer), gold)
            article = self.pipeline(data)
        except InputError:
            nothing = score(bag(""), gold)
            return self._outcome(page, HTML, nothing, nothing, None)
        return replace(
            self._outcome(page, HTML, before, score(bag(article.body), gold), article.language),
            heavy=HEAVY in article.warnings,
            unaccounted=unaccounted(layer, article),
            removals=weigh(article, layer, page.body),
            covered=coverage(data.decode(article.encoding, "replace"), layer),
        )

    @staticmethod
    def _outcome(
        page: Page, view: str, before: Score, after: Score, language: str | None
    ) -> Outcome:
        return Outcome(page.set, view, page.id, language, before, after, page.kind, 0, False, [])


def unaccounted(text: str, article: Article) -> int:
    """How many characters that are no white space lie nowhere, or twice, in the ledger."""
    marks = bytearray(len(text))
    for block in article.blocks:
        marks[block.start : block.end] = b"\1" * (block.end - block.start)
    wrong = 0
    spans: list[Field | Removal] = [*article.fields, *article.removed]
    for span in spans:
        if span.start is None or span.end is None:
            continue
        for at in range(span.start, span.end):
            wrong += marks[at] == 2
            marks[at] = 2
    return wrong + sum(
        not mark and not char.isspace() for mark, char in zip(marks, text, strict=True)
    )


def run(cleaner: Cleaner, jobs: Iterable[Task], workers: int) -> Iterator[Outcome]:
    """All outcomes, in the order of the tasks."""
    with ProcessPoolExecutor(workers) as pool:
        for found in pool.map(cleaner, jobs, chunksize=4):
            yield from found


def by_view(outcomes: Iterable[Outcome]) -> dict[Key, Figures]:
    """Figures by set and view."""
    groups: defaultdict[Key, list[tuple[Score, Score]]] = defaultdict(list)
    for o in outcomes:
        groups[o.set, o.view].append((o.before, o.after))
    return {key: figures(pairs) for key, pairs in sorted(groups.items())}


def by_kind(outcomes: Iterable[Outcome], view: str) -> dict[Key, Figures]:
    """Figures of one view by set and type of page, where there are several types."""
    groups: defaultdict[Key, list[tuple[Score, Score]]] = defaultdict(list)
    for o in outcomes:
        if o.view == view:
            groups[o.set, o.kind].append((o.before, o.after))
    several = len({kind for _, kind in groups}) > 1
    return {key: figures(pairs) for key, pairs in sorted(groups.items())} if several else {}


def by_language(outcomes: Iterable[Outcome], view: str) -> dict[Key, Figures]:
    """Figures of one view by set and language of the gold body."""
    groups: defaultdict[Key, list[tuple[Score, Score]]] = defaultdict(list)
    for o in outcomes:
        if o.view == view:
            groups[o.set, o.language or "?"].append((o.before, o.after))
    return {key: figures(pairs) for key, pairs in sorted(groups.items())}
