"""Cleaning inputs that may be bad: each error is named, and what must not be written is refused."""

from __future__ import annotations

from pathlib import Path

from cleaner.api import MAX_BYTES
from cleaner.article import Article
from cleaner.document import Document
from cleaner.errors import InputError, InternalError, UsageError
from cleaner.inputs import STDIN, Input, read
from cleaner.layer import text_layer
from cleaner.pipeline import Pipeline
from cleaner.report.terminal import one_line
from cleaner.rules import RuleBook
from cleaner.stages.decode import decode

_WHAT_TO_DO = {
    "empty-input": "there is nothing to clean; see how it was saved",
    "binary-input": "extract its text first",
    "broken-page": "see how it was saved",
    "unreadable-input": "check its name and its permissions",
    "input-too-large": "split it into articles, or raise --max-mb",
    "internal-error": "this is a bug in cleaner; please report it together with the input",
    "unusable-name": "rename the input, or choose another --out",
    "worker-died": "look at this input; the rest went on",
    "time-out": "look at this input, or raise --time-limit",
}


def clean_input(
    found: Input, pipeline: Pipeline, *, encoding: str | None = None, max_bytes: int = MAX_BYTES
) -> Article:
    """Read and clean one input.

    Raises:
        InputError: no article can be made of it, for whatever reason.
        UsageError: the encoding is unknown.
    """
    return guarded(pipeline, read(found, max_bytes), found.record_path, encoding)


def guarded(
    pipeline: Pipeline,
    data: str | bytes,
    path: str,
    encoding: str | None,
    stated_encoding: str | None = None,
    url: str | None = None,
) -> Article:
    """Clean one article; an error that nobody foresaw is an :class:`InternalError`.

    Raises:
        InputError: no article can be made of it, for whatever reason.
        UsageError: the encoding is unknown.
    """
    try:
        return pipeline(
            data, path=path, encoding=encoding, stated_encoding=stated_encoding, url=url
        )
    except (InputError, UsageError):
        raise
    except Exception as error:  # A bug that one article brings out must not cost all others.
        raise InternalError(f"{type(error).__name__}: {error}") from error


def complaint(shown: str, name: str, message: str) -> str:
    """What is wrong with an input, and what to do: one line.

    Args:
        shown: the input, as its user named it.
        name: of the error.
        message: what the error says.
    """
    advice = _WHAT_TO_DO.get(name)
    told = f"{shown}: {name}: {message}"
    return one_line(f"{told} ({advice})" if advice else told)


def check_encoding(encoding: str | None) -> None:
    """Refuse what is no encoding of texts before anything is read.

    Raises:
        UsageError: it is unknown, or no encoding of texts.
    """
    if encoding is not None:
        decode(Document(b"text\xff", "", RuleBook(()), encoding_hint=encoding))


def one_input(file: str) -> Input:
    """The input that a command's FILE names."""
    if file == STDIN:
        return Input("stdin", None)
    return Input(Path(file).name, Path(file))


def layer_of_input(found: Input, encoding: str | None = None) -> str:
    """The text layer of an input, on which all offsets count.

    Raises:
        InputError: it holds no text.
        UsageError: the encoding is unknown.
    """
    check_encoding(encoding)
    return text_layer(read(found), encoding=encoding)


def clean_with_text(
    found: Input, pipeline: Pipeline, encoding: str | None = None
) -> tuple[Article, str]:
    """The article of an input, and its text layer.

    Raises:
        InputError: no article can be made of it.
        UsageError: the encoding is unknown.
    """
    check_encoding(encoding)
    data = read(found)
    article = guarded(pipeline, data, found.record_path, encoding)
    return article, text_layer(data, encoding=encoding)


def check_name(name: str) -> None:
    """Refuse a name for standard input that would be written outside the output directory."""
    parts = name.split("/")
    if not name.isprintable() or any(part in ("", ".", "..") for part in parts):
        raise UsageError(f"{name!r} is no name for an article; give one such as news/article.txt")
