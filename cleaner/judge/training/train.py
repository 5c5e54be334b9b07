"""``cleaner train``: from labelled pages to a model file."""

from __future__ import annotations

from pathlib import Path

from cleaner.document import Format
from cleaner.judge import model
from cleaner.judge.training.bench import read_pages, sets
from cleaner.judge.training.dataset import Sample, default_reader, read_all
from cleaner.judge.training.fit import Recipe, Say, fit


def train(
    bench: Path, out: Path, recipe: Recipe, workers: int, say: Say, form: Format = "text"
) -> None:
    """Train a model on all pages of a folder and write it.

    Args:
        bench: see :mod:`cleaner.judge.training.bench`.
        out: the file to write.
        recipe: how much to learn.
        workers: how many processes read pages.
        say: told of each step.
        form: whether the model is for texts or for pages.

    Raises:
        UsageError: the folder is none, or a package is missing.
    """
    pages = [page for name in sets(bench) for page in read_pages(bench, name)]
    say(f"{len(pages)} pages")
    reader = default_reader(form)
    samples: list[Sample] = []
    for number, found in enumerate(read_all(pages, reader, workers), 1):
        samples += found
        if number % 200 == 0:
            say(f"{number} pages read")
    fitted = fit(samples, reader.tables, reader.known, recipe, say)
    with out.open("wb") as file:
        model.save(fitted, file)
    say(f"{out}: {out.stat().st_size:,} bytes")
