"""The commands that make and measure the judge's model: parse, call, print."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cleaner.console import named_errors, put, tell
from cleaner.document import Dial, Format
from cleaner.errors import UsageError
from cleaner.judge.training import EPOCHS, ROUNDS

Bench = Annotated[
    Path,
    typer.Argument(
        metavar="BENCH",
        help="Labelled pages: gold/SET.jsonl (id, url, body, ...) and pages/SET/ID.html, both "
        "gzipped or not.",
    ),
]
Workers = Annotated[int, typer.Option(min=1, metavar="N", help="Processes that read pages.")]
Rounds = Annotated[
    tuple[int, int], typer.Option(metavar="N N", help="Trees of the first and the second pass.")
]
Epochs = Annotated[
    int,
    typer.Option(
        min=1, metavar="N", help="How often the network of the second pass learns from each text."
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(metavar="VIEW", help="Leave this view out of training; may be repeated."),
]


AsFormat = Annotated[
    Format,
    typer.Option(
        "--format",
        help="text: texts that are made of the pages. html: the pages themselves, and a model of "
        "their own.",
    ),
]


def _stepwise() -> Callable[[str], None]:
    """Tell each step with the seconds since the start."""
    start = time.monotonic()
    return lambda step: tell(f"{time.monotonic() - start:6.0f} s  {step}")


def train_command(
    ctx: typer.Context,
    bench: Bench,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The model file to write.")],
    rounds: Rounds = ROUNDS,
    epochs: Epochs = EPOCHS,
    without: Without = None,
    format: AsFormat = "text",
    workers: Workers = 2,
) -> None:
    """Train the judge's model on labelled pages.

    Each page is flattened in many ways, its lines are labelled by aligning their words with the
    gold body, and boosted trees and a small network learn from them. The same pages give the same
    file on the same machine. Needs the packages of the extra 'train'.

    \b
    Example:
      cleaner train corpus/ model.npz && cleaner run articles/ --model model.npz --out clean/
    """
    with named_errors(ctx):
        from cleaner.judge.training.fit import Recipe
        from cleaner.judge.training.train import train

        recipe = Recipe(*rounds, epochs, without=tuple(without or ()))
        train(bench, out, recipe, workers, _stepwise(), format)


def evaluate_command(
    ctx: typer.Context,
    bench: Bench,
    views: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Texts of the pages, DIR/SET/VIEW.jsonl.gz (id, text); made here unless given.",
        ),
    ] = None,
    view: Annotated[
        list[str] | None, typer.Option(metavar="VIEW", help="Only this view; may be repeated.")
    ] = None,
    folds: Annotated[
        int, typer.Option(min=2, metavar="N", help="Parts that the sites are cut into.")
    ] = 3,
    fold: Annotated[
        int | None, typer.Option(min=1, metavar="K", help="Measure only the K-th of these parts.")
    ] = None,
    format: AsFormat = "text",
    by_set: Annotated[
        bool,
        typer.Option(
            "--by-set", help="Judge each set by a model of the other sets, instead of by parts."
        ),
    ] = False,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Measure this model as it is; nothing is trained. builtin is the one that comes "
            "with the package.",
        ),
    ] = None,
    models: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Keep the folds' models here; those found are used again."
        ),
    ] = None,
    switch_off: Annotated[
        list[str] | None,
        typer.Option(metavar="STAGE", help="Leave a stage out: judge, fire, ...; may be repeated."),
    ] = None,
    dial: Annotated[Dial, typer.Option(help="How sure a removal by the judge must be.")] = "normal",
    rounds: Rounds = ROUNDS,
    epochs: Epochs = EPOCHS,
    without: Without = None,
    limit: Annotated[int | None, typer.Option(metavar="N", help="Only every N-th page.")] = None,
    worst: Annotated[
        int,
        typer.Option(
            min=0, metavar="N", help="Name the N articles of each view that come out worst."
        ),
    ] = 0,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures as JSON too.")
    ] = None,
    floor: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Figures that must be reached, as --json writes them: else exit 1."
        ),
    ] = None,
    workers: Workers = 2,
) -> None:
    """Measure the whole pipeline on labelled pages.

    Each page is judged by a model that saw nothing of its site.
    Prints, for each set and view, word precision, recall and F1 against the gold body before and
    after cleaning, the share of texts made worse, and the share of which no word was lost.

    \b
    Examples:
      cleaner evaluate corpus/ --folds 5 --models folds/
      cleaner evaluate corpus/ --model model.npz --json figures.json --worst 20
      cleaner evaluate tests/sample --model builtin --floor tests/sample/floor.json
    """
    with named_errors(ctx):
        from cleaner.judge.training.evaluate import Options, evaluate
        from cleaner.judge.training.fit import Recipe
        from cleaner.judge.training.report import below

        if fold is not None and fold > folds:
            raise UsageError(f"there is no part {fold} of {folds}")
        report = evaluate(
            bench,
            Options(
                views=views,
                only=tuple(view or ()),
                folds=folds,
                fold=fold,
                format=format,
                by_set=by_set,
                model=model,
                models=models,
                switch_off=tuple(switch_off or ()),
                dial=dial,
                every=limit or 1,
                worst=worst,
                workers=workers,
            ),
            Recipe(*rounds, epochs, without=tuple(without or ())),
            _stepwise(),
        )
        put(report.text())
        if json_file is not None:
            json_file.write_text(report.as_json(), "utf-8")
        if floor is not None:
            lower = below(report, floor.read_text("utf-8"))
            for finding in lower:
                tell(f"below the floor: {finding}")
            if lower:
                raise typer.Exit(1)
