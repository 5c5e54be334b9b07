"""Samples: views of labelled pages, read into arrays."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Document
from cleaner.errors import InputError
from cleaner.judge.chars import CharTables, build_char_tables
from cleaner.judge.lexicon import Floats, KnownWords, known_words
from cleaner.judge.signals import Reading, plain, read_lines
from cleaner.judge.training import views
from cleaner.judge.training.bench import Page
from cleaner.judge.training.datewords import date_words
from cleaner.judge.training.labels import content_share, word_list
from cleaner.pipeline import STAGES, builtin_rules
from cleaner.rules.load import load_languages

OTHER_KINDS = 0.5
"""How much a page counts that is no article: those matter, but articles are what this is for."""


@dataclass(slots=True)
class Sample:
    """A view of a page, line by line.

    Attributes:
        site: what no two of which share a fold.
        view: the view's name.
        reading: what the lines look like.
        share: of each line's words, how many are the article's.
        words: of each line, how many words it has.
        gold: how many words the article has.
        importance: how much the whole sample counts.
    """

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
    doc = Document(data=text.encode("utf-8", "surrogatepass"), path="", rules=builtin_rules())
    for stage in itertools.takewhile(lambda s: s.name != "judge", STAGES):
        doc = stage.run(doc)
    return doc


def read_sample(
    doc: Document, page: Page, view: views.View, tables: CharTables, known: KnownWords
) -> Sample | None:
    """The sample of a document, or None where it has no lines."""
    if not doc.lines:
        return None
    texts = [plain(line.text) for line in doc.lines]
    body = view.gold(page.body)
    share = content_share(texts, body)
    counts = np.array([len(word_list(t)) for t in texts], np.int32)
    return Sample(
        reading=read_lines(doc, tables, known),
        share=np.array(share, np.float32),
        words=counts,
        gold=len(word_list(body)),
        importance=1.0 if page.kind == "article" else OTHER_KINDS,
        site=page.site,
        view=view.name,
    )


def page_views(page: Page, keep: frozenset[str]) -> Iterator[views.View]:
    """All views that a page is trained with.

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
    """Reads pages into samples; can be sent to another process."""

    tables: CharTables
    known: KnownWords
    keep: frozenset[str]

    def __call__(self, page: Page) -> list[Sample]:
        """The samples of all views of a page."""
        samples = []
        for view in page_views(page, self.keep):
            try:
                doc = evidence(view.text)
            except InputError:
                continue
            sample = read_sample(doc, page, view, self.tables, self.known)
            if sample is not None:
                samples.append(sample)
        return samples


def default_reader() -> Reader:
    """A reader with this Python's characters and the function words of all known languages."""
    languages = load_languages()
    tables = build_char_tables()
    known = known_words([f.function_words for f in languages], date_words(), tables)
    english = frozenset(w for f in languages if f.language == "en" for w in f.function_words)
    return Reader(tables, known, english)


def read_all(pages: Sequence[Page], reader: Reader, workers: int) -> Iterator[list[Sample]]:
    """The samples of each page, in order."""
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(reader, pages, chunksize=8)
