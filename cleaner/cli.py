"""The command ``cleaner``: parse, call, print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from cleaner.cli_judge import evaluate_command, train_command
from cleaner.cli_learn import learn_command
from cleaner.cli_lint import check_command, config_command, fix_command
from cleaner.cli_report import report_command
from cleaner.cli_run import run_command
from cleaner.console import (
    Aggressive,
    ConfigFile,
    Disable,
    Encoding,
    File,
    Gentle,
    Isolated,
    ModelFile,
    PageModelFile,
    Site,
    TemplatesFile,
    Version,
    named_errors,
    put,
    settings_with,
    tell,
)
from cleaner.errors import UsageError

# Everything else is imported where it is used: help must come at once.
_HELP = """Strip the cruft off scraped articles; find title, source and body.

Every character of the input is accounted for: it is in the body, in a field, or in a removed
span that names its kind, its rule and its confidence.

\b
  cleaner run articles/ --out clean/       one JSON file per article
  cleaner run articles/ --jsonl all.jsonl  one line per article
  cleaner explain article.txt              what was removed, and by which rule

Data goes to standard output, everything else to standard error. Exit status: 0 fine,
1 findings, 2 wrong use or an input that could not be read.
"""

app = typer.Typer(
    name="cleaner",
    help=_HELP,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def root(version: Version = False) -> None:
    """Carry the options of the command as a whole; the help is ``_HELP``."""


app.command("run")(run_command)


@app.command("text")
def text_command(ctx: typer.Context, file: File, encoding: Encoding = None) -> None:
    """Print the text layer of an input: of a page its visible text.

    All offsets in the output count its code points.

    \b
    Example:
      cleaner text article.txt | head
    """
    with named_errors(ctx, file):
        from cleaner.run import layer_of_input, one_input

        put(layer_of_input(one_input(file), encoding))


@app.command("explain")
def explain_command(
    ctx: typer.Context,
    file: File,
    format: Annotated[
        Literal["text", "json"],
        typer.Option(help="json: the article, its text layer, and spans that tile it."),
    ] = "text",
    color: Annotated[
        Literal["auto", "always", "never"],
        typer.Option(help="auto: on a terminal, unless NO_COLOR is set."),
    ] = "auto",
    encoding: Encoding = None,
    disable: Disable = None,
    gentle: Gentle = False,
    aggressive: Aggressive = False,
    model: ModelFile = None,
    page_model: PageModelFile = None,
    templates: TemplatesFile = None,
    site: Site = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
) -> None:
    """Show in the text what was removed and why.

    Removals are struck through and labelled with their rule; fields are labelled with their name.
    Without colour: [-removed-]{rule} and [+found+]{field}.

    \b
    Examples:
      cleaner explain article.txt
      cleaner explain --color always article.txt | less -R
      cleaner explain --disable share.prompt article.txt
    """
    with named_errors(ctx, file):
        from cleaner.report import explain
        from cleaner.report.terminal import in_colour
        from cleaner.run import clean_with_text, one_input

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
            encoding=encoding,
        )
        article, text = clean_with_text(one_input(file), settings.pipeline(), settings.encoding)
        if format == "json":
            put(explain.as_json(article, text))
        else:
            put(explain.as_text(article, text, in_colour(color, sys.stdout)))


@app.command("rules")
def rules_command(
    ctx: typer.Context,
    rule_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="Show all of this rule.")
    ] = None,
    format: Annotated[
        Literal["text", "json", "markdown", "compiled"],
        typer.Option(
            help="markdown: the page that docs/pages/rules.md holds; compiled: what "
            "cleaner/rules/compiled.json holds."
        ),
    ] = "text",
    check: Annotated[
        list[Path] | None,
        typer.Option(
            "--check",
            metavar="FILE",
            help="Run the cases of the rules in this file; may be given several times.",
        ),
    ] = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
) -> None:
    """List the rules in force, or show one, or check rule files of your own.

    One rule is shown in full: why it exists, what it looks for, the texts on which it must fire
    and those that it must spare. A file that is checked may add rules and replace built-in ones;
    each rule is tried on its own cases, and the exit status is 1 where one fails them.

    \b
    Examples:
      cleaner rules
      cleaner rules share.prompt
      cleaner rules --check my-rules.toml
      cleaner rules --format markdown > docs/pages/rules.md
    """
    with named_errors(ctx):
        if check:
            from cleaner.report.cases import report

            raise typer.Exit(report(check, put))
        from cleaner.report import rules
        from cleaner.rules import source_book
        from cleaner.rules.compiled import compiled_text

        book = source_book()
        if format == "compiled":
            put(compiled_text(book))
            return
        if format != "markdown":
            book = settings_with(config, isolated).with_own_rules(book)
        if rule_id is not None and (judged := rules.of_judge(rule_id)) is not None:
            put(judged)
            return
        one = rules.find(book, rule_id) if rule_id is not None else None
        if format == "json":
            put(rules.as_json(book, book.rules if one is None else [one]))
        elif format == "markdown":
            put(rules.markdown(book) if one is None else rules.markdown_of(one))
        else:
            put(rules.listing(book) if one is None else rules.in_full(one))


@app.command("golden")
def golden_command(
    ctx: typer.Context,
    seeds: Annotated[Path, typer.Option(metavar="DIR", help="The inputs.")] = Path("seeds"),
    golden: Annotated[Path, typer.Option(metavar="DIR", help="The goldens.")] = Path("golden"),
    update: Annotated[
        bool, typer.Option("--update", help="Write the goldens; refused where CI is set.")
    ] = False,
    config: ConfigFile = None,
    isolated: Isolated = False,
) -> None:
    """Check the goldens against the seeds.

    They must be exactly what cleaning the seeds gives: a missing, different or unused golden is
    named, and the exit status is 1. A golden is the record that `cleaner run` writes, with the
    versions in provenance left null.

    \b
    Examples:
      cleaner golden
      cleaner golden --update && git diff golden/
    """
    with named_errors(ctx):
        from cleaner.golden import check, in_ci, renew

        if update and in_ci():
            raise UsageError("--update is refused under CI: goldens are read before they change")
        act = renew if update else check
        pipeline = settings_with(config, isolated).pipeline()
        raise typer.Exit(act(seeds, golden, pipeline, print, tell))


@app.command("schema")
def schema_command(ctx: typer.Context) -> None:
    """Print the JSON Schema of an article.

    Every article that is written is valid against it (JSON Schema 2020-12).

    \b
    Example:
      cleaner schema > article.schema.json
    """
    with named_errors(ctx):
        from cleaner.schema import schema_text

        put(schema_text())


app.command("check")(check_command)
app.command("fix")(fix_command)
app.command("config")(config_command)
app.command("report")(report_command)
app.command("learn")(learn_command)
app.command("train")(train_command)
app.command("evaluate")(evaluate_command)


def main() -> None:
    """Run the command."""
    app(prog_name="cleaner")
