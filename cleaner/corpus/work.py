"""What a worker does with an entry, and what it gives back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, fields
from typing import Any

from cleaner.corpus.entry import Entry
from cleaner.corpus.writers.destination import Format
from cleaner.corpus.writers.records import record_of, with_container
from cleaner.document import Format as Form
from cleaner.errors import InputError, InternalError, UsageError
from cleaner.judge.model import builtin_version
from cleaner.pipeline import Pipeline, builtin_rules, version
from cleaner.report.summary import Facts
from cleaner.run import guarded

_HEAD = 4_096
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FORMS: tuple[Form, ...] = ("text", "html")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an entry.

    Attributes:
        data: what is written; nothing where there is a problem.
        facts: what the summary says of it; None where there is a problem.
        problem: the name of the error that says why there is no article, or None.
        message: what it says.
    """

    data: bytes = b""
    facts: Facts | None = None
    problem: str | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class _Builtin:
    """A pipeline on its way to a worker, less the built-in rules, which are there already.

    Attributes:
        pipeline: the pipeline.
        disabled: those of its rules that are switched off.
    """

    pipeline: Pipeline
    disabled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cleaning:
    """Makes what cleans an entry; sent to each worker.

    Attributes:
        pipeline: what cleans.
        encoding: the encoding that the inputs are declared to be in.
        indent: of the records that are written; None for a line each.
        format: what is written of an article.
        carry: which keys of an entry's record are carried through; None for all.
    """

    pipeline: Pipeline
    encoding: str | None
    indent: int | None
    format: Format = "json"
    carry: tuple[str, ...] | None = None

    def __reduce__(self) -> tuple[Callable[..., Cleaning], tuple[object, ...]]:
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        rules = self.pipeline.rules
        if rules.matcher is builtin_rules().matcher:
            # Each worker has the built-in rules, and compiled too.
            values["pipeline"] = _Builtin(copy(self.pipeline), rules.disabled)
            vars(values["pipeline"].pipeline)["rules"] = None
        return _cleaning, (type(self), values)

    def __call__(self) -> Callable[[Entry], Outcome]:
        """What cleans an entry."""
        return self.clean

    def fingerprint(self) -> str:
        """A text that differs wherever another record may come of the same entry."""
        models = {form: builtin_version(form) for form in _FORMS}
        models |= {model.form: model.version for model in self.pipeline.models}
        templates = self.pipeline.templates
        told = {
            "cleaner": version(),
            "rules": self.pipeline.rules.version,
            "models": models,
            "dial": self.pipeline.dial,
            "templates": templates.version if templates is not None else None,
            "stages": [stage.name for stage in self.pipeline.stages],
            "encoding": self.encoding,
            "indent": self.indent,
            "format": self.format,
            "carry": self.carry,
        }
        return json.dumps(told, sort_keys=True)

    def clean(self, entry: Entry) -> Outcome:
        """Clean an entry that holds data."""
        if entry.data is None:
            # Sent only so that the order of what is settled can be kept.
            return Outcome()
        try:
            article = guarded(
                self.pipeline,
                entry.data,
                entry.record_path,
                self.encoding,
                entry.encoding,
                entry.url,
            )
            article = with_container(article, entry, self.carry)
            data = record_of(article, entry, self.format, self.indent)
            return Outcome(data, Facts.of(article))
        except InputError as error:
            return Outcome(problem=error.name, message=str(error))
        except UsageError:
            raise
        except Exception as error:  # A stage of a user's may give what cannot be written.
            return Outcome(problem=InternalError.name, message=f"{type(error).__name__}: {error}")


def preload(first: Iterable[Entry]) -> list[str]:
    """The modules that hold what workers need.

    What they do not hold is loaded by each worker where it comes to need it, so that a guess will
    do: it takes time, and a corpus of texts has no use for what pages need.

    Args:
        first: some entries.
    """
    pages = any(map(_seems_page, first))
    return ["cleaner.corpus.warm_pages" if pages else "cleaner.corpus.warm_texts"]


def _seems_page(entry: Entry) -> bool:
    head = (entry.data or b"")[:_HEAD]
    if isinstance(head, str):
        head = head.encode("utf-8", "surrogatepass")
    return _PAGE.search(head) is not None


def _cleaning(of: type[Cleaning], values: dict[str, Any]) -> Cleaning:
    sent = values["pipeline"]
    if isinstance(sent, _Builtin):
        values["pipeline"] = sent.pipeline
        sent.pipeline.rules = builtin_rules().without(*sent.disabled)
    return of(**values)
