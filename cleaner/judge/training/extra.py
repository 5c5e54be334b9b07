"""Packages that only training needs."""

from __future__ import annotations

import importlib
from typing import Any

from cleaner.errors import UsageError


def load(package: str) -> Any:
    """A package of the extra ``train``.

    Raises:
        UsageError: it is not installed.
    """
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise UsageError(
            f"training needs {package}: pip install 'article-cleaner[train]'"
        ) from error
