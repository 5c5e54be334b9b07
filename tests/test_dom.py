"""What the judge is told of a page's lines besides their text."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from cleaner.document import Document
from cleaner.html.page import Page
from cleaner.judge import dom, names
from cleaner.judge.dom import COLUMN, PageReading
from cleaner.judge.lexicon import Floats
from cleaner.judge.training.pages import page_views
from cleaner.pipeline import STAGES, builtin_rules
from tests.judging import PARAGRAPHS
from tests.layouts import LAYOUTS, Blocks

BLOCKS: Blocks = [("paragraph", text) for text in PARAGRAPHS]


def lines_of(markup: str) -> Document:
    doc = Document(markup, "", builtin_rules())
    for stage in STAGES:
        doc = stage.run(doc)
        if stage.name == "segment":
            break
    return doc


def read(markup: str) -> tuple[Document, PageReading]:
    doc = lines_of(markup)
    assert doc.page is not None
    return doc, dom.read_page(doc.page, doc.lines)


def row(reading: PageReading, name: str) -> list[float]:
    return [round(float(v), 3) for v in reading.signals[COLUMN[name]]]


def test_what_a_line_stands_in() -> None:
    _, reading = read(
        "<body><nav><a href=/a>Home</a></nav><main><h2>One</h2><p>Two <b>bold</b></p></main>"
        "<footer hidden>End</footer></body>"
    )
    assert row(reading, "in_nav") == [1, 0, 0, 0]
    assert row(reading, "in_main") == [0, 1, 1, 0]
    assert row(reading, "heading") == [0, 5, 0, 0]
    assert row(reading, "tag_p") == [0, 0, 1, 0]
    assert row(reading, "linked") == [1, 0, 0, 0]
    assert row(reading, "strong") == [0, 0, 0.5, 0]
    assert row(reading, "hidden") == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("called", "group"),
    [
        ("related-posts", "recommend"),
        ("relatedPosts", "recommend"),
        ("Article_Related__x1", "recommend"),
        ("post-body", "article"),
        ("main-ad", "advert"),
        ("site-footer", "foot"),
    ],
)
def test_what_names_say(called: str, group: str) -> None:
    number = next(n for n, words in enumerate(names.GROUPS) if f" {group}" in f" {words}")
    _, reading = read(f"<body><div class='{called}'><p>One</p></div><p>Two</p></body>")
    near, far = row(reading, f"named_{number}")
    assert near == dom._FAR - 1 and far == 0


def test_words_that_only_begin_like_a_name_are_none() -> None:
    advert = next(n for n, words in enumerate(names.GROUPS) if "advert" in words)
    for called in ("header", "address", "add-to-list", "badge"):
        _, reading = read(f"<body><div class='{called}'>One</div></body>")
        assert row(reading, f"named_{advert}") == [0]


def test_where_the_text_of_a_page_is() -> None:
    text = "".join(f"<p>{p}</p>" for p in PARAGRAPHS[:4])
    doc, reading = read(
        f"<body><div class=menu><a href=/>Home</a></div><div class=story>{text}</div>"
        "<div class=more><a href=/b>Next</a></div></body>"
    )
    main = row(reading, "main")
    prose = [line.prose for line in doc.lines]
    assert [bool(m) for m in main] == prose
    # All of the text is within the third element around a paragraph, none around the menu's.
    assert row(reading, "holds_1")[1] == 1 and row(reading, "holds_1")[0] == 0
    assert row(reading, "alike_0")[1] == round(float(np.log1p(4)), 3)
    assert row(reading, "density_1")[0] == 1


def test_the_lines_of_a_long_paragraph_share_what_the_page_says() -> None:
    long = " ".join(PARAGRAPHS)
    doc, reading = read(f"<body><p class=lead>{long}</p><p>Short.</p></body>")
    assert len(doc.lines) > 5
    size = row(reading, "size_0")
    assert len(set(size[:-1])) == 1 and size[-1] < size[0]
    first = set(reading.bucket[reading.line == 0].tolist())
    assert first == set(reading.bucket[reading.line == 1].tolist())


def test_a_bold_line_above_text_is_a_heading() -> None:
    bold, plain = "<p><b>What comes next</b></p>", "<p>What comes next</p>"
    for first, kind in ((bold, "heading"), (plain, "paragraph")):
        doc = lines_of(f"<body>{first}<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body>")
        assert [line.kind for line in doc.lines] == [kind, "paragraph", "paragraph"]


def test_a_part_of_a_reading_says_of_its_lines_what_the_whole_says() -> None:
    _, whole = read(LAYOUTS["weblog"]("Old bridge to close", BLOCKS))
    weights: Floats = np.linspace(-1, 1, names.BUCKETS, dtype=np.float32)
    every = dom.with_names(whole, weights)
    part = dom.with_names(whole.part(3, 8), weights)
    assert part.tolist() == every[:, 3:8].tolist()


def test_weights_of_names() -> None:
    _, reading = read("<body><div class=teaser><p>One</p></div><p class=lead>Two</p></body>")
    weights: Floats = np.zeros(names.BUCKETS, np.float32)
    (teaser,) = names.buckets_of("", "teaser")[:1]
    weights[teaser] = -2
    filled = dom.with_names(reading, weights)
    assert filled[COLUMN["dom_least"]].tolist() == [-2, 0]
    assert filled[COLUMN["dom_lexical"], 0] < 0 == filled[COLUMN["dom_lexical"], 1]
    assert (reading.signals[COLUMN["dom_least"]] == 0).all()


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_views_of_a_page_keep_its_lines(layout: str) -> None:
    page = lines_of(LAYOUTS[layout]("Old bridge to close", BLOCKS)).page
    assert page is not None
    seen: dict[str, Page] = {}
    for seed in range(6):
        for view, other in page_views(page, random.Random(seed), frozenset()):
            assert [(r.start, r.end) for r in other.rows] == [(r.start, r.end) for r in page.rows]
            seen[view.name] = other
            if view.disguise is not None:
                assert view.gold(PARAGRAPHS[0]) in other.text
    assert set(seen) == {"page", "bare_page", "disguised_page"}
    assert seen["disguised_page"].text != page.text == seen["page"].text
    bare = seen["bare_page"]
    assert not bare.kept or not any(e.names for e in bare.elements)


def test_a_page_that_trafilatura_was_not_asked_about_says_so() -> None:
    doc, asked = read(LAYOUTS["newspaper"]("Old bridge to close", BLOCKS))
    assert doc.page is not None
    assert set(row(asked, "asked")) == {1} and max(row(asked, "kept")) == 1
    unasked = dom.read_page(replace(doc.page, kept=()), doc.lines)
    assert set(row(unasked, "asked")) == {0} and set(row(unasked, "kept")) == {-1}
