"""Cleaning from Python: one article, a file, or a stream of either."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.article import Article
from cleaner.errors import InputError

if TYPE_CHECKING:
    from cleaner.pipeline import Pipeline

MAX_BYTES = 256 << 20
"""The largest file that is read unless a caller asks for more; an article is far smaller."""


def clean(data: str | bytes, *, path: str = "", encoding: str | None = None) -> Article:
    """Clean one article with the built-in stages and rules.

    Args:
        data: the article's text or page, or its bytes in any encoding.
        path: what to call the article in the output.
        encoding: the encoding that bytes are declared to be in; detected unless given.

    Returns:
        The article; its attributes are described at :class:`Article`.

    Raises:
        InputError: no article can be made of the input (empty, binary, damaged).
        UsageError: the encoding is unknown.
    """
    return _or_default(None)(data, path=path, encoding=encoding)


def clean_file(
    file: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    pipeline: Pipeline | None = None,
    max_bytes: int = MAX_BYTES,
) -> Article:
    """Clean the article in a file.

    Args:
        file: where it is; its name becomes the article's ``path``.
        encoding: the encoding that its bytes are declared to be in; detected unless given.
        pipeline: what cleans; the built-in stages and rules unless given.
        max_bytes: a larger file is refused.

    Raises:
        UnreadableInput: it is not there, or may not be read.
        InputError: no article can be made of it.
        UsageError: the encoding is unknown.
    """
    from cleaner.inputs import Input, read

    found = Input(Path(file).name, Path(file))
    data = read(found, max_bytes)
    return _or_default(pipeline)(data, path=found.record_path, encoding=encoding)


def iter_clean(
    inputs: Iterable[str | bytes | os.PathLike[str]],
    *,
    encoding: str | None = None,
    pipeline: Pipeline | None = None,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Article | InputError]:
    """Clean a stream of articles, each when it is asked for; what cannot be cleaned ends nothing.

    Args:
        inputs: a ``str`` is an article's text or page, ``bytes`` the same in any encoding, and a
            path a file that holds it.
        encoding: the encoding that bytes and files are declared to be in; detected unless given.
        pipeline: what cleans; the built-in stages and rules unless given.
        max_bytes: a larger file is refused.

    Returns:
        For each input, in order, its article, or the error that says why there is none: a value,
        not raised.

    Raises:
        UsageError: the encoding is unknown; raised at once.

    Example:
        >>> found = list(iter_clean(["It did not rain for weeks.", b""]))
        >>> found[0].body, found[1].name
        ('It did not rain for weeks.', 'empty-input')
    """
    from cleaner.run import check_encoding

    check_encoding(encoding)
    return _each(inputs, encoding, _or_default(pipeline), max_bytes)


def _each(
    inputs: Iterable[str | bytes | os.PathLike[str]],
    encoding: str | None,
    pipeline: Pipeline,
    max_bytes: int,
) -> Iterator[Article | InputError]:
    from cleaner.inputs import Input
    from cleaner.run import clean_input, guarded

    for given in inputs:
        try:
            if isinstance(given, (str, bytes)):
                article = guarded(pipeline, given, "", encoding)
            else:
                found = Input(Path(given).name, Path(given))
                article = clean_input(found, pipeline, encoding=encoding, max_bytes=max_bytes)
        except InputError as error:
            # What raised it holds the whole document, which nobody needs any longer.
            yield error.with_traceback(None)
        else:
            yield article


def _or_default(pipeline: Pipeline | None) -> Pipeline:
    if pipeline is not None:
        return pipeline
    from cleaner.pipeline import default_pipeline

    return default_pipeline()
