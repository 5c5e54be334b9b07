"""What the commands share: their options, and how errors and data come out."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.document import DIALS
from cleaner.errors import CleanerError, InputError, UsageError

if TYPE_CHECKING:
    from cleaner.judge.model import Model
    from cleaner.pipeline import Pipeline

Encoding = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The inputs' encoding, if it should not be detected."),
]
Disable = Annotated[
    list[str] | None,
    typer.Option(metavar="RULE", help="Switch a rule off; may be given several times."),
]
Gentle = Annotated[
    bool,
    typer.Option(
        "--gentle",
        help=f"Take out less: the judge must be {DIALS['gentle']:.0%} sure, "
        f"not {DIALS['normal']:.0%}.",
    ),
]
Aggressive = Annotated[
    bool,
    typer.Option(
        "--aggressive",
        help=f"Take out more: it is enough that the judge is {DIALS['aggressive']:.0%} sure.",
    ),
]
ModelFile = Annotated[
    Path | None,
    typer.Option(
        "--model",
        metavar="FILE",
        help="The judge's model, for texts or for pages, as `cleaner train` writes it.",
    ),
]
MaxMb = Annotated[int, typer.Option(min=1, metavar="N", help="Refuse inputs of more megabytes.")]
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

        tell(complaint(one_input(file or ""), error))
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


def pipeline_with(
    disable: list[str] | None = None,
    gentle: bool = False,
    aggressive: bool = False,
    model: Path | None = None,
) -> Pipeline:
    """The pipeline as the options say.

    Raises:
        UsageError: there is no such rule (the message names the nearest), or the options
            contradict each other.
        ModelError: the file holds no model.
    """
    if gentle and aggressive:
        raise UsageError("--gentle and --aggressive are two ends of one dial: give one of them")
    from cleaner.pipeline import Pipeline, builtin_rules
    from cleaner.report import rules

    for rule in disable or ():
        rules.find(builtin_rules(), rule)
    pipeline = Pipeline(model=_model_in(model) if model is not None else None)
    if gentle or aggressive:
        pipeline = pipeline.with_dial("gentle" if gentle else "aggressive")
    return pipeline.without_rules(*(disable or ()))


def _model_in(file: Path) -> Model:
    from cleaner.errors import ModelError
    from cleaner.judge.model import load

    try:
        return load(file.read_bytes())
    except ModelError as error:
        raise ModelError(f"{file}: {error}") from error


def tell(message: str) -> None:
    """Say something to the user, who may be reading data on standard output."""
    print(f"cleaner: {message}", file=sys.stderr)


def put(text: str) -> None:
    """Write data: UTF-8 and unchanged line endings, whatever the locale."""
    sys.stdout.buffer.write(text.encode())
