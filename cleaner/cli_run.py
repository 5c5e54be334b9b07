"""The command that cleans many articles: parse, call, print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from cleaner.console import (
    Aggressive,
    ConfigFile,
    Disable,
    Encoding,
    Gentle,
    Isolated,
    LeaveOut,
    MaxMb,
    ModelFile,
    PageModelFile,
    Quiet,
    Site,
    TemplatesFile,
    TextKey,
    named_errors,
    settings_with,
    tell,
)
from cleaner.errors import UsageError

Format = Literal["json", "dolma", "text", "markdown"]


def run_command(
    ctx: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Files, directories, or - for standard input."),
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write one JSON file per article, mirroring the inputs."),
    ] = None,
    jsonl: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Write one line per article, packed if FILE ends in .gz or .zst; - is standard "
            "output.",
        ),
    ] = None,
    parquet: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write one row per article.")
    ] = None,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="What to write into DIR: json, dolma (documents and attributes), or the body "
            "alone as text or markdown.",
        ),
    ] = "json",
    rotate: Annotated[
        str | None,
        typer.Option(
            metavar="SIZE",
            help="Begin another file after so much JSON, such as 512MB: FILE-00000, FILE-00001...",
        ),
    ] = None,
    carry: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY",
            help="Of what else an input's record holds, carry this key through; may be given "
            "several times. All are, unless given.",
        ),
    ] = None,
    no_carry: Annotated[bool, typer.Option("--no-carry", help="Carry none through.")] = False,
    encoding: Encoding = None,
    disable: Disable = None,
    gentle: Gentle = False,
    aggressive: Aggressive = False,
    model: ModelFile = None,
    page_model: PageModelFile = None,
    templates: TemplatesFile = None,
    site: Site = None,
    max_mb: MaxMb = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    stdin_filename: Annotated[
        str, typer.Option(metavar="NAME", help="What to call the article from standard input.")
    ] = "stdin",
    text_key: TextKey = None,
    id_key: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="The key that its output is named after."),
    ] = None,
    ignore: LeaveOut = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="Processes that clean; 0: this one alone. All processors unless given.",
        ),
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option(min=0.1, metavar="SECONDS", help="Give up an article after so long."),
    ] = 60.0,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run that was broken off.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Clean articles and write them as JSON, Parquet, Dolma documents, text or Markdown.

    An article is a text, or the page itself: HTML, XHTML or MHTML. Articles are read from files,
    tar and zip archives, JSON lines, Parquet, WARC and WET files, compressed or not, each told by
    its content. Directories are walked in sorted order; hidden files, the output and links to
    directories are left out. a.txt becomes a.txt.json in the same subdirectory of DIR. An input
    that cannot be cleaned is named, the rest goes on, and the exit status is 2. What has not
    changed since the last run is not cleaned again. A run that was broken off is gone on with by
    --resume, and ends as if it had not been.

    \b
    Examples:
      cleaner run seeds/ --out out/
      cleaner run seeds/ --jsonl - | jq -r .title
      cleaner run crawl.warc.gz --jsonl clean.jsonl.zst --rotate 512MB
      curl -s https://example.org/a.html | cleaner run - --jsonl - | jq -r .body
    """
    with named_errors(ctx):
        from cleaner.corpus.start import Plan, run_to, sizes
        from cleaner.corpus.writers.destination import bytes_of
        from cleaner.report.progress import Progress
        from cleaner.report.terminal import width

        settings = settings_with(
            config,
            isolated,
            gentle,
            aggressive,
            disable=disable,
            model=model,
            page_model=page_model,
            templates=templates,
            site=site,
            max_mb=max_mb,
            encoding=encoding,
        )
        if no_carry and carry:
            raise UsageError("--carry names keys, --no-carry wants none: give one of them")
        plan = Plan(
            inputs=inputs,
            out=out,
            jsonl=jsonl,
            parquet=parquet,
            format=form,
            rotate=bytes_of(rotate) if rotate is not None else None,
            carry=() if no_carry else tuple(carry) if carry else None,
            encoding=settings.encoding,
            max_bytes=settings.max_bytes,
            text_key=text_key,
            id_key=id_key,
            ignore=tuple(ignore or ()),
            stdin_name=stdin_filename,
            workers=workers,
            time_limit=time_limit,
            resume=resume,
        )
        progress = Progress(sys.stderr, tell, sizes(plan))
        try:
            summary = run_to(plan, settings.pipeline(), progress)
        except KeyboardInterrupt:
            progress.clear()
            tell("stopped; --resume goes on where it was")
            raise typer.Exit(130) from None
        finally:
            progress.clear()
        if not quiet:
            print(summary.text(width()), file=sys.stderr)
        if summary.problems:
            raise typer.Exit(2)
