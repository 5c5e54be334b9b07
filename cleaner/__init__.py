r"""Strip the cruft off scraped articles, find title, source and body, account for every character.

>>> from cleaner import clean
>>> article = clean(
...     "A dry summer\n\nBy Jane Roe\n\nIt did not rain for weeks, and the wells of the village "
...     "ran dry one after the other.\n\nShare this article:"
... )
>>> article.title, article.authors, article.removed[-1].rule
('A dry summer', ('Jane Roe',), 'share.prompt')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.api import clean, clean_file, iter_clean
from cleaner.article import Article, Block, Field, Removal, Stretch
from cleaner.document import Document, Line, Proposal
from cleaner.errors import (
    BinaryInput,
    BrokenPage,
    CleanerError,
    ConfigError,
    EmptyInput,
    InputError,
    InputTooLarge,
    InternalError,
    ModelError,
    RecordError,
    RuleError,
    TemplatesError,
    UnreadableInput,
    UsageError,
)
from cleaner.normalise import normalise

if TYPE_CHECKING:
    from cleaner.config import Config
    from cleaner.layer import text_layer
    from cleaner.pipeline import STAGES, NamedStage, Pipeline

__all__ = [
    "clean",
    "clean_file",
    "iter_clean",
    "Article",
    "Block",
    "Field",
    "Removal",
    "Stretch",
    "Pipeline",
    "STAGES",
    "NamedStage",
    "Document",
    "Line",
    "Proposal",
    "Config",
    "normalise",
    "text_layer",
    "CleanerError",
    "InputError",
    "EmptyInput",
    "BinaryInput",
    "BrokenPage",
    "UnreadableInput",
    "InputTooLarge",
    "InternalError",
    "UsageError",
    "ConfigError",
    "RuleError",
    "RecordError",
    "ModelError",
    "TemplatesError",
]

# Loaded when they are asked for, so that `cleaner --help` comes at once.
_LATER = {
    "Config": "cleaner.config",
    "NamedStage": "cleaner.pipeline",
    "Pipeline": "cleaner.pipeline",
    "STAGES": "cleaner.pipeline",
    "text_layer": "cleaner.layer",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)
