"""datatrove: a reader and a step for its pipelines. Needs the extra ``datatrove``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Literal

from cleaner.adapters._engines import ADDED, MESSAGE, RECORD, Sent, cleaned_one, told_before
from cleaner.adapters._fields import ERROR, Metadata, chosen, needed
from cleaner.article import Article
from cleaner.corpus.entry import Entry
from cleaner.corpus.readers import ReadOptions, find_inputs, read_input
from cleaner.errors import InputError, UsageError
from cleaner.pipeline import Pipeline

with needed("datatrove"):
    from datatrove.data import Document, Media, MediaType
    from datatrove.pipeline.base import PipelineStep
    from datatrove.pipeline.filters.base_filter import BaseFilter
    from datatrove.pipeline.writers.disk_base import DiskWriter

ENCODING = "stated_encoding"
"""The key of a document's metadata with the encoding that a server stated of its bytes."""


class ArticleCleaner(BaseFilter):
    """Makes the text or page of each document its body, and adds the article's fields.

    The fields are keys of the metadata; a value that is there already stays. The document's ``url``
    counts as the article's where it states none itself. ``cleaner_removed``
    and ``cleaner_blocks`` hold offsets into the text as it was. Where there is no article, the
    text stays as it is and ``cleaner_error`` names the error, or the document is dropped. The
    statistics count ``articles`` and, by name, ``error_…`` or ``dropped_…``.

    Args:
        source: where the article is: ``text``, the document's text; ``media``, the bytes of its
            first medium; else the key of its metadata that holds it.
        pipeline: what cleans; the built-in stages and rules unless given. Stages of the caller's
            own must pickle.
        config: a configuration file, instead of a pipeline; read once, where the step is made.
        drop: whether to drop documents of which no article can be made.
        exclusion_writer: where those are written that are dropped; their metadata say why under
            ``filter_reason``.
        overwrite: whether fields take the place of values that are there already.
        offsets: whether to add ``cleaner_removed`` and ``cleaner_blocks``.
        record: whether to add ``cleaner_record``, the article's whole record as JSON. Its path is
            the document's id.
        prefix: what the fields' names begin with in the metadata.
        flat: whether every value has to be a text, as tables of many files want it: names are
            joined by ", ", spans are JSON.

    Raises:
        UsageError: both a pipeline and a configuration file are given, or a writer for what is not
            dropped.
        ConfigError: the configuration file has a mistake in it.
    """

    name = "🧹 Article cleaner"

    def __init__(
        self,
        source: Literal["text", "media"] | str = "text",
        *,
        pipeline: Pipeline | None = None,
        config: str | os.PathLike[str] | None = None,
        drop: bool = False,
        exclusion_writer: DiskWriter | None = None,
        overwrite: bool = False,
        offsets: bool = True,
        record: bool = False,
        prefix: str = "",
        flat: bool = False,
    ) -> None:
        if exclusion_writer is not None and not drop:
            raise UsageError("exclusion_writer is for what is dropped; say drop=True as well")
        super().__init__(exclusion_writer)
        self.source = source
        self.drop = drop
        self.record = record
        self.cleans = Sent(chosen(pipeline, config))
        self.metadata = Metadata(overwrite=overwrite, offsets=offsets, prefix=prefix, flat=flat)

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Clean a document, in place.

        Args:
            doc: the document.

        Returns:
            True, or False and the error's name where the document is to be dropped.
        """
        found = self._found(doc)
        if not isinstance(doc.text, str):
            # datatrove breaks off where a text is none.
            doc.text = ""
        known = {key: value for key, value in doc.metadata.items() if key != RECORD}
        if isinstance(found, Article):
            known.pop(MESSAGE, None)
        doc.metadata = self.metadata.merged(known, found)
        if isinstance(found, Article):
            doc.text = found.body
            if self.record:
                doc.metadata[RECORD] = found.to_json()
            self.stat_update("articles")
            return True
        if self.drop:
            return False, found.name
        self.stat_update(f"error_{found.name}")
        return True

    def _found(self, doc: Document) -> Article | InputError:
        """What comes of a document."""
        data: Any = doc.text
        if self.source == "media":
            # A document without one may have its text beside those of others that have.
            data = doc.media[0].media_bytes if doc.media else doc.text
        elif self.source != "text":
            data = doc.metadata.get(self.source)
        if not data:
            told = told_before(doc.metadata.get(ERROR))
            if told is not None:
                return told
        url, encoding = doc.metadata.get("url"), doc.metadata.get(ENCODING)
        return cleaned_one(self.cleans.pipeline, data, str(doc.id), url, encoding)


class ArticleReader(PipelineStep):
    """Reads articles as ``cleaner run`` does: from files, archives, JSON lines, Parquet and WARC.

    Each file is read by one task. A text is the document's text; bytes are its only medium, for
    ``ArticleCleaner("media")``, which takes both. What cannot be read is a document without either
    that says why under ``cleaner_error`` and ``cleaner_message``. A document's id is the path that
    the article has in a record of ``cleaner run``. What else a container holds is in the metadata,
    together with ``origin`` and, where it is stated, ``url``, ``date`` and ``stated_encoding``.

    Args:
        inputs: files, directories or globs, on a file system that all machines see.
        options: how they are read.
    """

    type = "📖 - READER"
    name = "🧹 Articles"

    def __init__(self, inputs: str | Sequence[str], options: ReadOptions | None = None) -> None:
        super().__init__()
        self.inputs = [inputs] if isinstance(inputs, str) else list(inputs)
        self.options = options or ReadOptions()

    def run(
        self, data: Iterable[Document] | None = None, rank: int = 0, world_size: int = 1
    ) -> Iterator[Document]:
        """The documents of every ``world_size``-th file.

        Args:
            data: documents of an earlier step, which come first.
            rank: the number of the task.
            world_size: of how many.
        """
        yield from data or ()
        files = islice(find_inputs(self.inputs, self.options), rank, None, world_size)
        for found in files:
            self.stat_update("input_files")
            entries = read_input(found, self.options)
            while True:
                with self.track_time():
                    entry = next(entries, None)
                if entry is None:
                    break
                self.stat_update("documents")
                if entry.problem is not None:
                    self.stat_update(f"error_{entry.problem.name}")
                yield _document(entry)


def _document(entry: Entry) -> Document:
    said = {"url": entry.url, "date": entry.date, ENCODING: entry.encoding, "origin": entry.origin}
    carried = {key: value for key, value in entry.carried.items() if key not in ADDED}
    metadata = {**carried, **{key: value for key, value in said.items() if value is not None}}
    if entry.problem is not None:
        metadata |= {ERROR: entry.problem.name, MESSAGE: str(entry.problem)}
    path = entry.record_path
    text = entry.data if isinstance(entry.data, str) else ""
    media = []
    if isinstance(entry.data, bytes):
        medium = Media(path, MediaType.DOCUMENT, entry.url or "", media_bytes=entry.data)
        media.append(medium)
    return Document(text, path, media, metadata)
