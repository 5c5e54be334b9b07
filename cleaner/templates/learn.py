"""Learning templates from a corpus: entries in, a file of templates out."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from cleaner.corpus.entry import Entry
from cleaner.corpus.run import Watcher
from cleaner.document import Document
from cleaner.errors import (
    EmptyInput,
    InputError,
    InternalError,
    OutputError,
    TemplatesError,
    UsageError,
)
from cleaner.output import Named
from cleaner.pipeline import builtin_rules
from cleaner.report.summary import Summary
from cleaner.rules import RuleBook
from cleaner.stages.decode import decode
from cleaner.stages.extract import extract
from cleaner.stages.fire import fire
from cleaner.stages.identify import identify
from cleaner.stages.match import match
from cleaner.stages.segment import segment
from cleaner.stages.threads import threads
from cleaner.templates.file import opened
from cleaner.templates.site import site_of
from cleaner.templates.store import Learnt, Store
from cleaner.templates.units import units_of


@dataclass(slots=True)
class Learning:
    """What was done.

    Attributes:
        articles: how many articles were learnt from, copies included.
        siteless: how many there were whose site nothing tells.
        summary: counts the entries that nothing could be learnt from.
        learnt: what came of it.
    """

    articles: int = 0
    siteless: int = 0
    summary: Summary = field(default_factory=Summary)
    learnt: Learnt = field(default_factory=Learnt)

    def text(self) -> str:
        """What to tell of it."""
        learnt = self.learnt
        lines = [
            f"{_counted(self.articles, 'article')} of known sites, {learnt.articles:,} kept",
            f"{_counted(learnt.templates, 'template')}, of {learnt.told:,} of "
            + _counted(learnt.sites, "site"),
        ]
        if self.siteless:
            lines.append(f"{_counted(self.siteless, 'article')} of no known site; see --site")
        if problems := self.summary.problems:
            names = ", ".join(f"{name} {count:,}" for name, count in sorted(problems.items()))
            lines.append(f"{_counted(problems.total(), 'input')} not read: {names}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How templates are learnt.

    Attributes:
        target: the file to write.
        add: whether to add to what is in it.
        site: the site that all articles are of, whatever they say.
        encoding: the encoding that the inputs are declared to be in.
        rules: the rule book.
    """

    target: Path
    add: bool = False
    site: str | None = None
    encoding: str | None = None
    rules: RuleBook = field(default_factory=builtin_rules)

    def check(self) -> None:
        """Refuse a target that is not ours to write.

        Raises:
            UsageError: it is another file, or there is none to add to.
        """
        if not self.target.exists():
            if self.add:
                raise UsageError(f"{self.target} is not there to be added to; leave out --add")
            return
        try:
            with opened(self.target):
                pass
        except TemplatesError as error:
            if self.add:
                raise
            raise UsageError(f"{error}. It would be overwritten; nothing was done.") from error

    def run(self, entries: Iterable[Entry], watcher: Watcher) -> Learning:
        """Learn from entries, and write the file as a whole or not at all.

        Raises:
            UsageError: the target is not ours to write.
            OutputError: it cannot be written.
        """
        self.check()
        learning = Learning()
        with _beside(self.target) as (work, new):
            store = Store(work, self.target if self.add else None)
            try:
                for entry in entries:
                    self._learn(store, entry, watcher, learning)
                learning.learnt = store.write(new)
            finally:
                store.close()
            with Named(self.target):
                os.replace(new, os.path.realpath(self.target))
        return learning

    def _learn(self, store: Store, entry: Entry, watcher: Watcher, learning: Learning) -> None:
        try:
            if entry.data is None:
                raise entry.problem or InternalError("there is nothing in it")
            doc = self._read(entry.data, entry)
            site = site_of(doc, self.site)
            if site is None:
                learning.siteless += 1
            else:
                learning.articles += 1
                store.add(site, _language(doc), units_of(doc))
        except InputError as error:
            learning.summary.problem(error.name)
            watcher.problem(entry.origin, error.name, str(error))
        watcher.step(len(entry.data or b""), learning.summary)

    def _read(self, data: bytes | str, entry: Entry) -> Document:
        """An article as the stage ``recall`` sees it."""
        doc = Document(
            data,
            entry.record_path,
            self.rules,
            encoding_hint=self.encoding,
            encoding_stated=entry.encoding,
            url=entry.url,
        )
        try:
            doc = _rendered(decode(doc))
            for stage in _STAGES:
                doc = stage(doc)
        except InputError:
            raise
        except Exception as error:  # A bug that one article brings out must not cost all others.
            raise InternalError(f"{type(error).__name__}: {error}") from error
        return doc


_STAGES: tuple[Callable[[Document], Document], ...] = (segment, match, extract, fire, threads)


def _rendered(doc: Document) -> Document:
    """A page's text layer and what it states; what other extractors make of it is not asked."""
    if doc.format != "html":
        return doc
    from cleaner.html.metadata import read_metadata
    from cleaner.html.read import rendered

    root, page = rendered(doc.text)
    if not page.rows:
        raise EmptyInput("the page shows no text")
    return replace(doc, text=page.text, page=replace(page, metadata=read_metadata(root)))


def _language(doc: Document) -> str:
    return identify(replace(doc, body=doc.text)).language or ""


@contextmanager
def _beside(target: Path) -> Iterator[tuple[Path, Path]]:
    """Two files beside a target that are gone afterwards: one to work in, one to take its place."""
    real = Path(os.path.realpath(target))
    stem = f".cleaner-{os.urandom(6).hex()}"
    files = real.parent / f"{stem}.work.tmp", real.parent / f"{stem}.tmp"
    try:
        with Named(target):
            # SQLite says little of why it cannot make a file.
            files[0].open("xb").close()
        yield files
    except sqlite3.Error as error:
        raise OutputError(f"{target} cannot be written: {str(error).lower()}") from error
    finally:
        for file in files:
            with suppress(OSError):
                file.unlink()


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
