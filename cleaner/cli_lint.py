"""The commands that look for cruft in files, and the settings: parse, call, print."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from cleaner.console import (
    Aggressive,
    ConfigFile,
    Disable,
    Encoding,
    Gentle,
    Ignore,
    Isolated,
    MaxMb,
    Select,
    Site,
    StdinName,
    TemplatesFile,
    named_errors,
    put,
    settings_with,
    tell,
)

# A list of its own, since importing the settings takes as long as help may take.
_Format = Literal["concise", "json", "github", "sarif"]

Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE", help="Articles, directories of them, or - for standard input."),
]
OutputFormatOption = Annotated[
    _Format | None,
    typer.Option(
        "--output-format",
        help="concise: a line each; json: a list; github: marks in a pull request; sarif: for code "
        "hosts and editors.",
    ),
]


def check_command(
    ctx: typer.Context,
    files: Files,
    output_format: OutputFormatOption = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE",
            help="Exit with 1 only for this kind or rule; may be given several times; none: never.",
        ),
    ] = None,
    encoding: Encoding = None,
    disable: Disable = None,
    gentle: Gentle = False,
    aggressive: Aggressive = False,
    templates: TemplatesFile = None,
    site: Site = None,
    max_mb: MaxMb = None,
    stdin_filename: StdinName = "stdin",
    config: ConfigFile = None,
    isolated: Isolated = False,
) -> None:
    """Name each piece of cruft in articles, and change nothing.

    Prints path:line:column: kind rule "text". Lines and columns, from 1, are those of the text
    layer, which of a page is what `cleaner text` prints. Exit status: 0 there is none, 1 there is,
    2 an input that could not be read. An empty file has none.

    \b
    Examples:
      cleaner check articles/
      cleaner check --select newsletter --select share.prompt article.txt
      cleaner check --output-format json articles/ | jq -r '.[].rule' | sort | uniq -c
      git show :article.txt | cleaner check - --stdin-filename article.txt
    """
    with named_errors(ctx):
        from cleaner.linting import Linter
        from cleaner.pipeline import version
        from cleaner.report.findings import format_of, lines

        settings = settings_with(
            config,
            isolated,
            gentle,
            aggressive,
            output_format=output_format,
            select=select,
            ignore=ignore,
            fail_on=fail_on,
            encoding=encoding,
            disable=disable,
            templates=templates,
            site=site,
            max_mb=max_mb,
        )
        linter = Linter.of(settings, tell, stdin_filename)
        form = format_of(settings.output_format, linter.pipeline.rules, version())
        for text in lines(form, linter.check(files)):
            put(text)
        raise typer.Exit(linter.tally.status)


def fix_command(
    ctx: typer.Context,
    files: Files,
    diff: Annotated[
        bool, typer.Option("--diff", help="Print what would change, and change nothing.")
    ] = False,
    output_format: OutputFormatOption = None,
    select: Select = None,
    ignore: Ignore = None,
    encoding: Encoding = None,
    disable: Disable = None,
    gentle: Gentle = False,
    aggressive: Aggressive = False,
    templates: TemplatesFile = None,
    site: Site = None,
    max_mb: MaxMb = None,
    stdin_filename: StdinName = "stdin",
    config: ConfigFile = None,
    isolated: Isolated = False,
) -> None:
    """Take the cruft out of plain-text articles, in place.

    What is taken out is printed as `cleaner check` prints it. Encoding, byte-order mark and line
    endings stay; files are replaced whole or not at all; a second run changes nothing. Of standard
    input what is left is printed. Exit status: 0 nothing to change, 1 changed (or, with --diff,
    would be), 2 an input that could not be read or changed, such as a page.

    \b
    Examples:
      cleaner fix articles/*.txt
      cleaner fix --diff article.txt
      cleaner fix --select share --select newsletter article.txt
      cleaner fix - < article.txt > clean.txt
    """
    with named_errors(ctx):
        from cleaner.fix import Fixed
        from cleaner.inputs import Input
        from cleaner.linting import Linter, patch, write_back
        from cleaner.pipeline import version
        from cleaner.report.findings import format_of, lines

        settings = settings_with(
            config,
            isolated,
            gentle,
            aggressive,
            output_format=output_format,
            select=select,
            ignore=ignore,
            encoding=encoding,
            disable=disable,
            templates=templates,
            site=site,
            max_mb=max_mb,
        )
        linter = Linter.of(settings, tell, stdin_filename)

        def done(found: Input, fixed: Fixed) -> None:
            if diff:
                put(patch(linter.name_of(found), fixed))
            elif found.file is None:
                sys.stdout.buffer.write(fixed.data)
            elif fixed.removed:
                write_back(found, fixed)

        form = format_of(settings.output_format, linter.pipeline.rules, version())
        # Where data goes to standard output, findings do not.
        silent = diff or "-" in files
        for text in lines(form, linter.fix(files, done)):
            if not silent:
                put(text)
        raise typer.Exit(linter.tally.status)


def config_command(
    ctx: typer.Context,
    format: Annotated[
        Literal["text", "json", "schema"],
        typer.Option(help="schema: the JSON Schema of a configuration file."),
    ] = "text",
    config: ConfigFile = None,
    isolated: Isolated = False,
) -> None:
    """Print the settings that are in force here, and where each comes from.

    They come from the nearest cleaner.toml, or pyproject.toml with a table [tool.cleaner], from
    the working directory upwards. An option goes before the file, the file before the default.

    \b
    Examples:
      cleaner config
      cleaner config --format json | jq .dial.value
      cleaner config --format schema > cleaner.schema.json
    """
    with named_errors(ctx):
        from cleaner.report import settings

        if format == "schema":
            put(settings.schema_text())
        else:
            settings_with(config, isolated)
            found = settings.in_force(config, isolated)
            put(settings.as_json(found) if format == "json" else settings.as_text(found))
