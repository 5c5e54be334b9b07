"""Samples: views of labelled pages, read into arrays."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Document, Format
from cleaner.errors import InputError
from cleaner.judge.chars import CharTables, build_char_tables
from cleaner.judge.features import read, read_dom
from cleaner.judge.lexicon import Floats, KnownWords, known_words
from cleaner.judge.signals import Reading, plain
from cleaner.judge.training import pages, views
from cleaner.judge.training.bench import Page
from cleaner.judge.training.datewords import date_words
from cleaner.judge.training.labels import content_share, word_list
from cleaner.judge.training.shorten import shortened
from cleaner.judge.training.views import View
from cleaner.pipeline import STAGES, builtin_rules
from cleaner.rules.load import load_languages

ARTICLE = "article"
OTHER_KINDS = 0.5
"""How much a page counts that is no article: those matter, but articles are what this is for."""


@dataclass(slots=True)
class Sample:
    """A view of a page, line by line.

    Attributes:
        set: of the page.
        site: what no two of which share a fold.
        view: the view's name.
        reading: what the lines look like.
        share: of each line's words, how many are the article's.
        words: of each line, how many words it has.
        gold: how many words the article has.
        importance: how much the whole sample counts.
    """

    set: str
    site: str
    view: str
    reading: Reading
    share: Floats
    words: NDArray[np.int32]
    gold: int
    importance: float


def evidence(text: str) -> Document:
    """A text after the stages that the judge builds on.

    Raises:
        InputError: no article can be made of it.
    """
    return _run(_document(text.encode("utf-8", "surrogatepass")), "decode", "judge")


def _document(data: bytes) -> Document:
    return Document(data=data, path="", rules=builtin_rules())


def _run(doc: Document, first: str, end: str) -> Document:
    """A document after the stages from one up to another."""
    for stage in itertools.takewhile(
        lambda s: s.name != end, itertools.dropwhile(lambda s: s.name != first, STAGES)
    ):
        doc = stage.run(doc)
    return doc


def page_evidence(page: Page, keep: frozenset[str]) -> Iterator[tuple[View, Document, Page]]:
    """The views of a page as a page, each after the stages that the judge builds on, and its label.

    Raises:
        InputError: no article can be made of it.
    """
    markup = _run(_document(page.html()), "decode", "render")
    for chance, doc, label in (
        (random.Random(f"{page.set}/{page.id}"), markup, page),
        *_shortened(markup, page),
    ):
        rendered = _run(doc, "render", "segment")
        if rendered.page is None:
            return
        made = pages.page_views if label is page else pages.short_views
        for view, seen in made(rendered.page, chance, keep):
            seen_so = replace(rendered, text=seen.text, page=seen)
            yield view, _run(seen_so, "segment", "judge"), label


def _shortened(markup: Document, page: Page) -> Iterator[tuple[random.Random, Document, Page]]:
    """The same page with most of its article left out, where it has one that can be cut."""
    chance = random.Random(f"short/{page.set}/{page.id}")
    found = shortened(markup.text, page, chance) if page.kind == ARTICLE else None
    if found is not None:
        yield chance, replace(markup, text=found[0]), found[1]


def read_sample(
    doc: Document, page: Page, view: View, tables: CharTables, known: KnownWords
) -> Sample | None:
    """The sample of a document, or None where it has no lines."""
    if not doc.lines:
        return None
    texts = [plain(line.text) for line in doc.lines]
    body = view.gold(page.body)
    share = content_share(texts, body)
    counts = np.array([len(word_list(t)) for t in texts], np.int32)
    return Sample(
        reading=read(doc, tables, known, read_dom(doc)),
        share=np.array(share, np.float32),
        words=counts,
        gold=len(word_list(body)),
        importance=view.weight * (1.0 if page.kind == ARTICLE else OTHER_KINDS),
        set=page.set,
        site=page.site,
        view=view.name,
    )


def text_views(page: Page, keep: frozenset[str]) -> Iterator[View]:
    """All texts that a page is trained with.

    Args:
        page: the page.
        keep: function words: see :class:`views.Disguise`.
    """
    chance = random.Random(f"{page.set}/{page.id}")
    made = list(views.full_views(page.html(), chance, keep))
    yield from made
    yield from views.clean_views(page.title, page.body, chance, keep)
    for view in made:
        if view.name == "blocks":
            yield from views.cropped_views(view.text, page.body, chance)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads pages into samples; can be sent to another process.

    Attributes:
        tables: characters by sort.
        known: function words, and words of dates.
        keep: function words: see :class:`cleaner.judge.training.views.Disguise`.
        form: whether pages are read as pages, or as the texts that are made of them.
    """

    tables: CharTables
    known: KnownWords
    keep: frozenset[str]
    form: Format = "text"

    def __call__(self, page: Page) -> list[Sample]:
        """The samples of all views of a page."""
        found = (
            read_sample(doc, label, view, self.tables, self.known)
            for view, doc, label in self._documents(page)
        )
        return [sample for sample in found if sample is not None]

    def _documents(self, page: Page) -> Iterator[tuple[View, Document, Page]]:
        if self.form == "html":
            with suppress(InputError):
                yield from page_evidence(page, self.keep)
            return
        for view in text_views(page, self.keep):
            with suppress(InputError):
                doc = evidence(view.text)
                # A text about markup may be taken for a page.
                if doc.page is None:
                    yield view, doc, page


def default_reader(form: Format = "text") -> Reader:
    """A reader with this Python's characters and the function words of all known languages."""
    languages = load_languages()
    tables = build_char_tables()
    known = known_words([f.function_words for f in languages], date_words(), tables)
    english = frozenset(w for f in languages if f.language == "en" for w in f.function_words)
    return Reader(tables, known, english, form)


def read_all(pages: Sequence[Page], reader: Reader, workers: int) -> Iterator[list[Sample]]:
    """The samples of each page, in order."""
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(reader, pages, chunksize=8)
