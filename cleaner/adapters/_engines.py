"""What the adapters for engines on many machines share: what is sent to them, and one article."""

from __future__ import annotations

import uuid
from functools import lru_cache

from cleaner.adapters._fields import ERROR, OWN, identity
from cleaner.article import Article
from cleaner.corpus.entry import Entry, bare
from cleaner.corpus.errors import NoText
from cleaner.corpus.writers.records import with_container
from cleaner.errors import InputError
from cleaner.pipeline import Pipeline, default_pipeline
from cleaner.run import guarded

RECORD = "cleaner_record"
"""The key of an article's whole record: a line of ``cleaner run --jsonl --no-carry``."""
MESSAGE = "cleaner_message"
"""The key under which a reader says what is wrong, beside the error's name."""

ADDED = (*OWN, MESSAGE, RECORD)
"""The keys that are about a cleaning or a reading, and are gone after the next one."""


class Sent:
    """A pipeline on its way to other processes; each makes it but once, however often it comes.

    Compiling rules takes longer than cleaning a batch, and engines send what they run with every
    task. The built-in pipeline is not sent at all.

    Args:
        pipeline: what cleans.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        builtin = pipeline is default_pipeline()
        self._key = "" if builtin else uuid.uuid4().hex
        self._made = None if builtin else pipeline
        self._identity = identity(pipeline)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sent) and other._key == self._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __str__(self) -> str:
        """What tells it from others, for people."""
        return self._identity

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline: the same object for everything that was sent of it to this process."""
        return _first(self)


@lru_cache(maxsize=8)
def _first(sent: Sent) -> Pipeline:
    """What came first of what is equal."""
    return sent._made if sent._made is not None else default_pipeline()


def cleaned_one(
    pipeline: Pipeline, data: object, path: str, url: object = None, encoding: object = None
) -> Article | InputError:
    """An article, or the error that says why there is none: a value, not raised.

    What ``cleaner run --no-carry`` makes of it.

    Args:
        pipeline: what cleans.
        data: the article's text or page, or its bytes; None counts as an empty one.
        path: what it is called in its record.
        url: its address, as its container states it; counts if it is a text.
        encoding: the encoding that a server stated; likewise.
    """
    try:
        if not isinstance(data, (str, bytes, type(None))):
            raise NoText(f"an article is a text or bytes, not {type(data).__name__}")
        entry = Entry(
            path,
            data or "",
            path,
            url=url if isinstance(url, str) and url else None,
            encoding=encoding if isinstance(encoding, str) else None,
        )
        article = guarded(pipeline, data or "", entry.record_path, None, entry.encoding, entry.url)
        return with_container(article, entry, ())
    except InputError as error:
        # What raised it holds the whole document, which nobody needs any longer.
        return bare(error)


def told_before(name: object) -> InputError | None:
    """The error that a reader named already, where it gave neither text nor bytes.

    Args:
        name: what stands under :data:`~cleaner.adapters._fields.ERROR`.
    """
    if not isinstance(name, str) or not name:
        return None
    error = InputError(f"see {ERROR} and {MESSAGE}")
    error.name = name
    return error
