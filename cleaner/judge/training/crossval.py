"""Cross-validation by site: every page is judged by a model that saw nothing of its site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner.judge import model as files
from cleaner.judge.model import Model
from cleaner.judge.training.bench import Page
from cleaner.judge.training.dataset import Reader, Sample, default_reader, read_all
from cleaner.judge.training.fit import Recipe, Say, fit, fold_of


def folded_models(
    pages: Sequence[Page],
    folds: int,
    recipe: Recipe,
    workers: int,
    say: Say,
    keep: Path | None,
    only: int | None = None,
) -> Iterator[tuple[Model, list[Page]]]:
    """A model for each fold, and the pages that it has not seen.

    Args:
        pages: of all sets.
        folds: how many parts the sites are cut into.
        recipe: how much to learn.
        workers: how many processes read pages.
        say: told of each step.
        keep: a folder where models are kept, and found again by a later call.
        only: the number of the one fold to look at, from 1; all unless given.
    """
    reader: Reader | None = None
    samples: list[Sample] = []
    for fold in range(folds) if only is None else [only - 1]:
        unseen = [p for p in pages if fold_of(p.site, folds) == fold]
        file = keep / f"fold-{fold}-of-{folds}.npz" if keep is not None else None
        if file is not None and file.is_file():
            yield files.load(file.read_bytes()), unseen
            continue
        if reader is None:
            reader = default_reader()
            samples = [s for found in read_all(pages, reader, workers) for s in found]
            say(f"{len(pages)} pages read as {len(samples)} texts")
        learn = [s for s in samples if fold_of(s.site, folds) != fold]
        fitted = fit(learn, reader.tables, reader.known, recipe, say)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as out:
                files.save(fitted, out)
            fitted = files.load(file.read_bytes())
        say(f"fold {fold + 1} of {folds}")
        yield fitted, unseen
