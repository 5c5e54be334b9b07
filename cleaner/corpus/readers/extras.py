"""Libraries that need not be installed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cleaner.corpus.errors import MissingExtra

EXTRAS = {
    "backports.zstd": "zstd",
    "compression.zstd": "zstd",
    "fastwarc.stream_io": "warc",
    "fastwarc.warc": "warc",
    "pyarrow": "parquet",
    "pyarrow.parquet": "parquet",
}
"""Modules, and the extra of this package that brings each."""


def extra(module: str, to: str = "read") -> Any:
    """A module of a library that an extra of this package brings.

    Args:
        module: its name.
        to: what it is needed for.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        hint = f"pip install 'article-cleaner[{EXTRAS[module]}]'"
        raise MissingExtra(f"to {to} this, {module} is needed: {hint}") from error
