"""What the commands share: their options, and how errors and data come out."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleaner.document import DIALS
from cleaner.errors import CleanerError, InputError, UsageError

if TYPE_CHECKING:
    from cleaner.config import Config

Encoding = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The inputs' encoding, if it should not be detected."),
]
Disable = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULE",
        help="Switch a rule off, or all rules of a kind; may be given several times.",
    ),
]
Gentle = Annotated[
    bool,
    typer.Option(
        "--gentle",
        help=f"Take out less: the judge must be {DIALS['gentle']:.0%} sure at least, "
        f"not {DIALS['normal']:.0%}.",
    ),
]
Aggressive = Annotated[
    bool,
    typer.Option(
        "--aggressive",
        help=f"Take out more: the judge must be {DIALS['aggressive']:.0%} sure at least.",
    ),
]
ModelFile = Annotated[
    Path | None,
    typer.Option(
        "--model",
        metavar="FILE",
        help="The judge's model for texts, as `cleaner train` writes it.",
    ),
]
PageModelFile = Annotated[
    Path | None,
    typer.Option(
        "--page-model",
        metavar="FILE",
        help="The same for pages, as `cleaner train --format html` writes it.",
    ),
]
TemplatesFile = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        metavar="FILE",
        help="What repeats over the articles of sites, as `cleaner learn` writes it.",
    ),
]
Site = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="The site that all articles are of, instead of what they say."
    ),
]
MaxMb = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Refuse inputs of more megabytes.")
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="The configuration file, instead of the nearest; see `cleaner config`.",
    ),
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no configuration file.")]
Select = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULE", help="Look for this kind or rule alone; may be given several times."
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="RULE", help="Overlook this kind or rule; may be given several times."),
]
StdinName = Annotated[
    str,
    typer.Option("--stdin-filename", metavar="NAME", help="What to call standard input."),
]
TextKey = Annotated[
    str | None,
    typer.Option(metavar="KEY", help="The key of JSON lines and tables that holds an article."),
]
LeaveOut = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="PATTERN",
        help="Leave out what a .gitignore with this line would; may be given several times.",
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print no summary; name only what went wrong.")
]
File = Annotated[str, typer.Argument(metavar="FILE", help="A text file, or - for standard input.")]


def _show_version(wanted: bool) -> None:
    """Print the version and exit, where that is wanted."""
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"cleaner {version('article-cleaner')}")
        except PackageNotFoundError:
            print("cleaner, not installed")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option(
        "--version", callback=_show_version, is_eager=True, help="Print the version and exit."
    ),
]


class _WrongUse(typer.BadParameter):
    """Wrong use that no single parameter is to blame for: the message says it all."""

    def format_message(self) -> str:
        return self.message


@contextlib.contextmanager
def named_errors(ctx: typer.Context, file: str | None = None) -> Iterator[None]:
    """Turn named errors into a message and exit status 2."""
    try:
        yield
        sys.stdout.flush()
    except UsageError as error:
        raise _WrongUse(str(error), ctx=ctx) from error
    except InputError as error:
        from cleaner.run import complaint, one_input

        tell(complaint(one_input(file or "").shown, error.name, str(error)))
        raise typer.Exit(2) from error
    except BrokenPipeError:
        # Whoever read the output has seen enough, as `head` has: that is no failure.
        _abandon_output()
        raise typer.Exit(0) from None
    except (CleanerError, OSError) as error:
        if isinstance(error, CleanerError):
            tell(f"{error.name}: {error}")
        else:
            reason = (error.strerror or str(error)).lower()
            tell(f"{error.filename or 'unwritable-output'}: {reason}")
        _abandon_output()
        raise typer.Exit(2) from error


def _abandon_output() -> None:
    """Keep the interpreter from writing what is left to an output that is gone."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def settings_with(
    file: Path | None = None,
    isolated: bool = False,
    gentle: bool = False,
    aggressive: bool = False,
    **given: Any,
) -> Config:
    """The settings in force: options over the nearest configuration file over defaults.

    Args:
        file: the configuration file, instead of the nearest.
        isolated: whether no configuration file is read.
        gentle: whether the dial is put there.
        aggressive: likewise.
        given: settings by name; None where the option was not given.

    Raises:
        UsageError: the options contradict each other.
        ConfigError: an option or the file has a wrong value.
    """
    from cleaner.config import Config

    if gentle and aggressive:
        raise UsageError("--gentle and --aggressive are two ends of one dial: give one of them")
    if isolated and file is not None:
        raise UsageError("--isolated reads no configuration file: leave it out, or --config")
    over = {name: value for name, value in given.items() if value is not None}
    if gentle or aggressive:
        over["dial"] = "gentle" if gentle else "aggressive"
    return Config(**over) if isolated else Config.load(file=file, over=over)


def tell(message: str) -> None:
    """Say something to the user, who may be reading data on standard output."""
    print(f"cleaner: {message}", file=sys.stderr)


def put(text: str) -> None:
    """Write data: UTF-8 and unchanged line endings, whatever the locale."""
    sys.stdout.buffer.write(text.encode())
