"""The command that writes the review page: parse, call, print."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from cleaner.console import named_errors, tell

_EVERY = 0.2
"""Seconds between two counts on the screen."""


def report_command(
    ctx: typer.Context,
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="What `cleaner run` wrote: the directory, or the file of lines."
        ),
    ],
    originals: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Where the inputs lie, archives and tables among them. Without it the texts are "
            "put together from the records.",
        ),
    ] = None,
    text_key: Annotated[
        str | None,
        typer.Option(
            metavar="KEY", help="The key of JSON lines and tables in DIR that holds an article."
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The page; - is standard output. Otherwise report.html in the directory, or "
            "FILE.html beside the file.",
        ),
    ] = None,
    max_articles: Annotated[
        int, typer.Option(min=1, metavar="N", help="Show so many articles in full.")
    ] = 2_000,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The page's title.")] = None,
) -> None:
    """Write one HTML page on which to look through what was removed.

    It shows totals by kind, rule, source and language, the outliers, and for each article its text
    with what was taken out struck through, beside the clean body. It needs no network, and filters
    and searches by itself. Of more than N articles the outliers and an even sample of the others
    are shown in full; totals count all. Exit status: 0, or 2 where a record could not be read.

    \b
    Examples:
      cleaner run articles/ --out clean/ && cleaner report clean/ --originals articles/
      cleaner report all.jsonl.gz --max-articles 500 -o review.html
    """
    with named_errors(ctx):
        from cleaner.report.review import target_of, write_review

        counter = _Counter()
        target = output if output is not None else str(target_of(out))
        review = write_review(
            out,
            target,
            counter.tell,
            originals=originals,
            text_key=text_key,
            most=max_articles,
            title=title,
            step=counter.step,
        )
        counter.clear()
        count = f"{review.articles:,} article{'' if review.articles == 1 else 's'}"
        some = "" if review.shown == review.articles else f"{review.shown:,} of them "
        tell(f"{target}: {count}, {some}shown in full")
        if review.problems:
            raise typer.Exit(2)


class _Counter:
    """A running count of records on a terminal; silent anywhere else."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._count = 0
        self._next = time.monotonic() + _EVERY

    def step(self) -> None:
        self._count += 1
        if self._shows and time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            sys.stderr.write(f"\r{self._count:,} records\x1b[K")
            sys.stderr.flush()

    def clear(self) -> None:
        if self._shows:
            sys.stderr.write("\r\x1b[K")

    def tell(self, message: str) -> None:
        self.clear()
        tell(message)
