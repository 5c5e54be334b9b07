"""Cross-validation by site: every page is judged by a model that saw nothing of its site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from cleaner.document import Format
from cleaner.judge import model as files
from cleaner.judge.model import Model
from cleaner.judge.training.bench import Page
from cleaner.judge.training.dataset import Reader, Sample, default_reader, read_all
from cleaner.judge.training.fit import Recipe, Say, fit, fold_of

Parts = Mapping[str, Callable[[str, str], bool]]
"""Names of parts, and whether a set's site is of the part."""


def by_site(folds: int, only: int | None = None) -> Parts:
    """The sites cut into so many parts.

    Args:
        folds: how many.
        only: the number of the one part to look at, from 1; all unless given.
    """
    wanted = range(folds) if only is None else [only - 1]
    return {f"fold-{n}-of-{folds}": partial(_in_fold, n, folds) for n in wanted}


def _in_fold(fold: int, folds: int, _: str, site: str) -> bool:
    return fold_of(site, folds) == fold


def by_set(sets: Sequence[str]) -> Parts:
    """Each set by itself: what is learnt on the others is measured on it."""
    return {f"without-{name}": partial(_in_set, name) for name in sets}


def _in_set(name: str, own: str, _: str) -> bool:
    return own == name


def folded_models(
    pages: Sequence[Page],
    parts: Parts,
    recipe: Recipe,
    workers: int,
    say: Say,
    keep: Path | None,
    form: Format = "text",
) -> Iterator[tuple[Model, list[Page]]]:
    """A model for each fold, and the pages that it has not seen.

    Args:
        pages: of all sets.
        parts: what each model must not have seen.
        recipe: how much to learn.
        workers: how many processes read pages.
        say: told of each step.
        keep: a folder where models are kept, and found again by a later call.
        form: whether the models are for texts or for pages.
    """
    reader: Reader | None = None
    samples: list[Sample] = []
    for name, of in parts.items():
        unseen = [p for p in pages if of(p.set, p.site)]
        file = keep / f"{name}{'-html' if form == 'html' else ''}.npz" if keep else None
        if file is not None and file.is_file():
            yield files.load(file.read_bytes()), unseen
            continue
        if reader is None:
            reader = default_reader(form)
            samples = [s for found in read_all(pages, reader, workers) for s in found]
            say(f"{len(pages)} pages read as {len(samples)} texts")
        learn = [s for s in samples if not of(s.set, s.site)]
        fitted = fit(learn, reader.tables, reader.known, recipe, say)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as out:
                files.save(fitted, out)
            fitted = files.load(file.read_bytes())
        say(name)
        yield fitted, unseen
