"""The command that learns what repeats over the articles of sites: parse, call, print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cleaner.console import (
    ConfigFile,
    Encoding,
    Isolated,
    LeaveOut,
    MaxMb,
    Quiet,
    Site,
    StdinName,
    TextKey,
    named_errors,
    put,
    settings_with,
    tell,
)
from cleaner.errors import UsageError


def learn_command(
    ctx: typer.Context,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT", help="Files, directories, or - for standard input."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The file of templates to write."),
    ] = None,
    add: Annotated[
        bool, typer.Option("--add", help="Add to what was learnt before, instead of anew.")
    ] = False,
    show: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="List the templates in this file; learn nothing."),
    ] = None,
    site: Site = None,
    encoding: Encoding = None,
    max_mb: MaxMb = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    stdin_filename: StdinName = "stdin",
    text_key: TextKey = None,
    ignore: LeaveOut = None,
    quiet: Quiet = False,
) -> None:
    """Find the blocks that repeat over the articles of a site, for --templates of other commands.

    Articles are read from what `cleaner run` reads. The site is the host of an article's address,
    else the name of its source; an article that states neither is left out, unless --site says of
    which site all are. Six articles of a site are the least that anything is learnt from, and the
    more of them, the better. The file holds hashes, and how each template begins. Exit status: 0,
    or 2 where an input could not be read.

    \b
    Examples:
      cleaner learn crawl.warc.gz -o templates.sqlite
      cleaner learn --show templates.sqlite | less
      cleaner run crawl.warc.gz --templates templates.sqlite --jsonl clean.jsonl
      cleaner learn gazette/ --site gazette.example --add -o templates.sqlite
    """
    with named_errors(ctx):
        if show is not None:
            if inputs or output is not None:
                raise UsageError("--show lists what is in a file: give it alone")
            from cleaner.templates.show import listing

            for text in listing(show, site):
                put(text)
            return
        if not inputs or output is None:
            raise UsageError("say what to learn from, and with -o FILE where to write it")
        from cleaner.corpus.readers import ReadOptions, read_entries
        from cleaner.pipeline import builtin_rules
        from cleaner.report.progress import Progress
        from cleaner.run import check_encoding
        from cleaner.templates.learn import Course

        settings = settings_with(config, isolated, max_mb=max_mb, encoding=encoding, site=site)
        check_encoding(settings.encoding)
        options = ReadOptions(
            text_key=text_key,
            ignore=tuple(ignore or ()),
            skip=output,
            stdin_name=stdin_filename,
            max_bytes=settings.max_bytes,
        )
        progress = Progress(sys.stderr, tell)
        course = Course(
            target=output,
            add=add,
            site=settings.site,
            encoding=settings.encoding,
            rules=settings.with_own_rules(builtin_rules()),
        )
        try:
            learning = course.run(read_entries(inputs, options), progress)
        except KeyboardInterrupt:
            progress.clear()
            tell("stopped; nothing was written")
            raise typer.Exit(130) from None
        progress.clear()
        if not quiet:
            print(learning.text(), file=sys.stderr)
        if learning.summary.problems:
            raise typer.Exit(2)
