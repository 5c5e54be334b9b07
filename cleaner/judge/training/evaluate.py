"""``cleaner evaluate``: how good the pipeline is on labelled pages that the judge has not seen."""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.document import Dial, Format
from cleaner.judge.model import Model, builtin_model, load
from cleaner.judge.training import views
from cleaner.judge.training.bench import Page, read_pages, sets
from cleaner.judge.training.crossval import by_set, by_site, folded_models
from cleaner.judge.training.figures import Figures, Found, Score, Titles, figures
from cleaner.judge.training.fit import Recipe, Say
from cleaner.judge.training.measure import CLEAN, FLATTENED, Cleaner, Outcome, Task, run
from cleaner.judge.training.reliability import bins
from cleaner.judge.training.report import Report, Worst
from cleaner.pipeline import Pipeline

BUILTIN = "builtin"
OWN_VIEWS = ("blocks", "nodes", "unbroken", "markdown", "headless")
"""The flattened views that are made here where no others are given."""

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
        worst: how many of the pages that come out worst are named, of each set and view.
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
    worst: int = 0
    workers: int = 2


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
    return _report(outcomes, options.worst)


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


def _report(outcomes: Sequence[Outcome], count: int) -> Report:
    articles = [o for o in outcomes if o.kind == "article"]
    shown = next((v for v in FLATTENED if any(o.view == v for o in outcomes)), CLEAN)
    return Report(
        views=by_view(outcomes),
        articles=by_view(articles),
        titles=titles(articles),
        languages=by_language(articles, shown),
        unaccounted=sum(o.unaccounted for o in outcomes),
        heavy=sum(o.heavy for o in outcomes),
        reliability=bins(r for o in outcomes for r in o.removals),
        kinds=by_kind(outcomes, shown),
        covered=[o.covered for o in outcomes if o.covered is not None],
        worst=worst(articles, count),
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
            html = page.html()
            made = [
                *views.full_views(html, random.Random(page.id), frozenset()),
                views.headless_view(html),
            ]
            texts |= {view.name: view.text for view in made if view.name in OWN_VIEWS}
        else:
            texts |= {view: of[page.id] for view, of in given.items() if page.id in of}
        yield Task(page, texts)


def by_view(outcomes: Iterable[Outcome]) -> dict[Key, Figures]:
    """Figures by set and view."""
    groups: defaultdict[Key, list[tuple[Score, Score]]] = defaultdict(list)
    for o in outcomes:
        groups[o.set, o.view].append((o.before, o.after))
    return {key: figures(pairs) for key, pairs in sorted(groups.items())}


def titles(outcomes: Iterable[Outcome]) -> dict[Key, Titles]:
    """What was found of titles, by set and view."""
    groups: defaultdict[Key, list[Found]] = defaultdict(list)
    for o in outcomes:
        if o.title is not None:
            groups[o.set, o.view].append(o.title)
    return {key: Titles.of(found) for key, found in sorted(groups.items())}


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


def worst(outcomes: Iterable[Outcome], count: int) -> dict[Key, list[Worst]]:
    """So many pages of each set and view as come out worst, the worst first."""
    groups: defaultdict[Key, list[Outcome]] = defaultdict(list)
    for o in outcomes:
        groups[o.set, o.view].append(o)
    return {
        key: [Worst(o.page, o.before, o.after) for o in found[:count]]
        for key, group in sorted(groups.items())
        if (found := sorted(group, key=lambda o: (o.after.f1, o.page)))[:count]
    }
