"""What the adapters share: a stream of results, and an article's fields as metadata or columns."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cleaner.api import iter_clean
from cleaner.article import Article
from cleaner.config import Config
from cleaner.errors import InputError, UsageError
from cleaner.pipeline import Pipeline, default_pipeline, version

NAMES = ("title", "source", "url", "authors", "published", "language", "tags")
"""The fields of an article that hosts are given, in this order."""

ERROR, REMOVED, BLOCKS = OWN = ("cleaner_error", "cleaner_removed", "cleaner_blocks")
"""The keys that say how a text was cleaned. They are always written: they are about this run."""

Holds = Literal["text", "texts", "removed", "blocks"]
"""What a column holds; a removal and a block are records."""


@contextmanager
def needed(extra: str) -> Iterator[None]:
    """Name the extra that brings a library, in the error that says that the library is not there.

    Args:
        extra: the name of the extra.

    Raises:
        ImportError: the library cannot be imported.
    """
    try:
        yield
    except ImportError as error:
        error.msg = f"{error.msg}; pip install 'article-cleaner[{extra}]'"
        raise


def chosen(pipeline: Pipeline | None, config: str | os.PathLike[str] | None) -> Pipeline:
    """The pipeline that an adapter's caller asks for; the built-in one unless given.

    Args:
        pipeline: the pipeline itself, or None.
        config: a configuration file, or None.

    Raises:
        UsageError: both are given, or the file asks for what does not exist.
        ConfigError: the file has a mistake in it.
    """
    if config is None:
        return pipeline if pipeline is not None else default_pipeline()
    if pipeline is not None:
        raise UsageError("give either a pipeline or a configuration file")
    return Config.load(file=Path(config)).pipeline()


def identity(pipeline: Pipeline) -> str:
    """What tells a pipeline's results from those of another; for hosts that keep results."""
    stages = ",".join(stage.name for stage in pipeline.stages)
    models = ",".join(model.version for model in pipeline.models)
    templates = pipeline.templates.version if pipeline.templates is not None else ""
    return "; ".join((version(), pipeline.rules.version, pipeline.dial, stages, models, templates))


def cleaned(
    texts: Iterable[str | bytes | None], pipeline: Pipeline
) -> Iterator[Article | InputError]:
    """For each text its article, or the error that says why there is none.

    Args:
        texts: the articles' texts or pages, or their bytes; None counts as an empty one.
        pipeline: what cleans.

    Raises:
        UsageError: something is neither.
    """
    return iter_clean(map(_text, texts), pipeline=pipeline)


def body_of(found: Article | InputError, original: Any) -> Any:
    """The body of an article; where there is no article, the original as it is."""
    return found.body if isinstance(found, Article) else original


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """How an article's fields are told to a host.

    Attributes:
        overwrite: whether fields take the place of values that are there already.
        offsets: whether to say which spans were removed and which the body was made of.
        prefix: what the fields' names begin with.
        flat: whether every value has to be a text: names are joined by ", ", spans are JSON.
    """

    overwrite: bool = False
    offsets: bool = True
    prefix: str = ""
    flat: bool = False

    def of(self, found: Article | InputError) -> dict[str, Any]:
        """What there is to say of a result: the fields that are known, or the error's name."""
        if isinstance(found, InputError):
            return {ERROR: found.name}
        values = {self.prefix + name: getattr(found, name) for name in NAMES}
        said = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if value
        }
        if self.offsets:
            said[REMOVED] = [
                {
                    "kind": r.kind,
                    "rule": r.rule,
                    "start": r.start,
                    "end": r.end,
                    "confidence": r.confidence,
                }
                for r in found.removed
            ]
            said[BLOCKS] = [{"kind": b.kind, "start": b.start, "end": b.end} for b in found.blocks]
        return {name: _flat(value) for name, value in said.items()} if self.flat else said

    def added(self, known: Mapping[Any, Any], found: Article | InputError) -> dict[str, Any]:
        """What there is to say of a result and to be added to what is known already.

        A value that is there stays unless it says nothing (None, or an empty text or list).
        """
        return {
            key: value
            for key, value in self.of(found).items()
            if key in OWN or self.overwrite or _says_nothing(known.get(key))
        }

    def merged(self, known: Mapping[Any, Any], found: Article | InputError) -> dict[Any, Any]:
        """A document's metadata with what is to be added; an earlier cleaning's keys are gone."""
        kept = {key: value for key, value in known.items() if key not in OWN}
        return {**kept, **self.added(known, found)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How the articles in a table's column are told in columns of their own.

    Attributes:
        column: the column that holds the articles.
        into: the column for the bodies.
        metadata: how the fields are told. A column that is there already is left alone, unless
            they overwrite.
    """

    column: str
    into: str
    metadata: Metadata

    def added(self, known: Collection[str]) -> dict[str, Holds]:
        """The columns to be added to a table, and what each holds.

        Args:
            known: the columns that it has.

        Raises:
            UsageError: the bodies would take the place of another column.
        """
        overwrite = self.metadata.overwrite
        if self.into in known and self.into != self.column and not overwrite:
            raise UsageError(
                f"there is a column {self.into!r} already; name another with into=, "
                "or say overwrite=True"
            )
        added: dict[str, Holds] = {self.into: "text"}
        for name in NAMES:
            column = self.metadata.prefix + name
            if overwrite or column not in known:
                added[column] = "texts" if name in ("authors", "tags") else "text"
        if self.metadata.offsets:
            added |= {REMOVED: "removed", BLOCKS: "blocks"}
        return added | {ERROR: "text"}

    def values(
        self, known: Collection[str], texts: Sequence[str | bytes | None], pipeline: Pipeline
    ) -> dict[str, list[Any]]:
        """The values of the columns to be added.

        Where there is no article, the body is the text as it is (None for bytes), and all other
        columns but the error are None.

        Args:
            known: the columns that the table has.
            texts: the values of the column that holds the articles.
            pipeline: what cleans.

        Raises:
            UsageError: the bodies would take the place of another column, or a value is no text.
        """
        return self.told(known, zip(texts, cleaned(texts, pipeline), strict=True))

    def told(
        self,
        known: Collection[str],
        results: Iterable[tuple[str | bytes | None, Article | InputError]],
    ) -> dict[str, list[Any]]:
        """The same of what was cleaned already.

        Args:
            known: the columns that the table has.
            results: for each row its text, and what came of it.

        Raises:
            UsageError: the bodies would take the place of another column.
        """
        added = self.added(known)
        values: dict[str, list[Any]] = {name: [] for name in added}
        for text, found in results:
            body = body_of(found, text if isinstance(text, str) else None)
            said = {**self.metadata.of(found), self.into: body}
            for name, holds in added.items():
                no_texts = holds == "texts" and isinstance(found, Article)
                values[name].append(said.get(name, [] if no_texts else None))
        return values


def _text(given: object) -> str | bytes:
    """A text of a stream. Nothing else is let through: a path in it would have a file read."""
    if given is None:
        return ""
    if isinstance(given, (str, bytes)):
        return given
    raise UsageError(f"an article is a text or bytes, not {type(given).__name__}")


def _says_nothing(value: object) -> bool:
    return value is None or (isinstance(value, (str, list, tuple)) and not value)


def _flat(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value and isinstance(value[0], str):
        return ", ".join(value)
    return json.dumps(value)
