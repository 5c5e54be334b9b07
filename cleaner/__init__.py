r"""Strip the cruft off scraped articles, find title, source and body, account for every character.

>>> from cleaner import clean
>>> article = clean("By Jane Roe\n\nIt did not rain for weeks.\n\nShare this article:")
>>> article.authors, article.body, article.removed[-1].rule
(('Jane Roe',), 'It did not rain for weeks.', 'share.prompt')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.article import Article, Block, Field, Removal
from cleaner.errors import (
    BinaryInput,
    BrokenPage,
    CleanerError,
    EmptyInput,
    InputError,
    RuleError,
    UnreadableInput,
    UsageError,
)
from cleaner.normalise import normalise

if TYPE_CHECKING:
    from cleaner.pipeline import STAGES, Pipeline

__all__ = [
    "STAGES",
    "Article",
    "BinaryInput",
    "Block",
    "CleanerError",
    "EmptyInput",
    "Field",
    "InputError",
    "Pipeline",
    "Removal",
    "RuleError",
    "UnreadableInput",
    "BrokenPage",
    "UsageError",
    "clean",
    "normalise",
]


def clean(data: str | bytes, *, path: str = "", encoding: str | None = None) -> Article:
    """Clean one article with the built-in stages and rules.

    Args:
        data: the article's text, or its bytes in any encoding.
        path: what to call the article in the output.
        encoding: the encoding that bytes are declared to be in; detected unless given.

    Returns:
        The article; its attributes are described at :class:`Article`.

    Raises:
        InputError: no article can be made of the input (empty, binary, damaged).
        UsageError: the encoding is unknown.
    """
    from cleaner.pipeline import default_pipeline

    return default_pipeline()(data, path=path, encoding=encoding)


def __getattr__(name: str) -> Any:
    # The stages are loaded when something is cleaned, so that `cleaner --help` comes at once.
    if name in ("STAGES", "Pipeline"):
        from cleaner import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
