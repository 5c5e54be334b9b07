"""The header that a program has put above a text: what it states, and what is none."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean
from tests.conftest import Command
from tests.judging import PARAGRAPHS, evidence
from tests.strategies import hostile_texts
from tests.test_invariants import check_ledger

BODY = "\n\n".join(PARAGRAPHS)
TITLE = "Old bridge to close for a year"
URL = "https://gazette.example/news/old-bridge"
FRONT_MATTER = f"""\
---
title: "{TITLE}"
author: Jane Doe; Tom Bell
url: {URL}
hostname: gazette.example
sitename: The Gazette
date: 2025-03-04
categories: [local]
tags:
  - bridge
  - harbour
---
"""
READER = f"""\
Title: {TITLE}

URL Source: {URL}

Published Time: 2025-03-04T08:00:00+00:00

Markdown Content:
"""
PLAIN = f"""\
Title: {TITLE}
Author: Jane Doe and Tom Bell
Date: 4 March 2025
Source: The Gazette
Link: {URL}

"""


@pytest.mark.parametrize("header", [FRONT_MATTER, READER, PLAIN])
@pytest.mark.parametrize("heading", ["", f"# {TITLE}\n\n", f"{TITLE}\n\n"])
def test_the_header_gives_the_fields(header: str, heading: str) -> None:
    article = clean(f"{header}{heading}{BODY}")
    assert (article.title, article.url, article.published) == (TITLE, URL, "2025-03-04")
    assert article.body == BODY
    if header is not READER:
        assert article.source == "The Gazette"
        assert article.authors == ("Jane Doe", "Tom Bell")
    if header is FRONT_MATTER:
        assert article.tags == ("bridge", "harbour")


def test_the_date_of_the_header_goes_before_a_byline() -> None:
    article = clean(f"{PLAIN}{TITLE}\n\nBy Jane Doe, 5 April 2026\n\n{BODY}")
    assert article.published == "2025-03-04"


def test_a_text_that_runs_on_from_its_header_is_left_whole() -> None:
    """Wrapped text is joined before the header is looked for."""
    wrapped = [textwrap.fill(p, 72) for p in ("and so " + PARAGRAPHS[0], *PARAGRAPHS[1:])]
    text = PLAIN.rstrip() + "\n" + "\n\n".join(wrapped)
    assert any(URL in line.text and "and so" in line.text for line in evidence(text).lines)
    assert evidence(text).header is None
    check_ledger(text, clean(text))


def test_front_matter_may_be_short() -> None:
    article = clean(f"---\ntitle: {TITLE}\nlayout: post\n---\n\n{BODY}")
    assert (article.title, article.body) == (TITLE, BODY)


def test_parts_that_say_nothing_are_no_tags() -> None:
    header = PLAIN.rstrip() + "\nTags: bridge, , 'harbour',\n\n"
    assert clean(header + BODY).tags == ("bridge", "harbour")


def test_a_domain_is_the_source_where_no_name_is_given() -> None:
    header = FRONT_MATTER.replace("sitename: The Gazette\n", "")
    assert clean(header + BODY).source == "gazette.example"


def test_what_is_no_field_is_named() -> None:
    removed = clean(FRONT_MATTER + BODY).removed
    assert {r.rule for r in removed} == {"markup.front-matter"}
    assert [r.text for r in removed] == [
        "---",
        "hostname: gazette.example",
        "categories: [local]",
        "---",
    ]


def test_what_a_text_begins_with_stays() -> None:
    summary = "Summary: the council closes the bridge, and nobody is surprised by that."
    assert clean(f"{PLAIN}{summary}\n\n{BODY}").body == f"{summary}\n\n{BODY}"
    article = clean(f"{PLAIN.rstrip()}\nsummary: a bridge closes\n\n{BODY}")
    assert [r.text for r in article.removed] == ["summary: a bridge closes"]


def test_a_date_whose_order_is_open_is_stated_as_it_is() -> None:
    article = clean(PLAIN.replace("4 March 2025", "03/04/2025") + BODY)
    assert (article.published, article.published_text) == (None, "03/04/2025")


def test_another_headline_below_does_not_count() -> None:
    article = clean(f"{PLAIN}Ferry to run from Monday\n\n{BODY}")
    assert article.title == TITLE
    assert "Ferry to run from Monday" in article.body


@pytest.mark.parametrize(
    "head",
    [
        "Title: Bridges of the coast\nAuthor: Jane Doe\nPublisher: Pier Press\nPages: 300\n\n",
        "Title: Bridges of the coast\nAuthor: Jane Doe\n\n",
        "Date: it depends on whom you ask.\n\nTitle: none yet.\n\n",
        "---\n\nA thought between two lines of dashes.\n\n---\n\n",
        "---\nA thought between two lines of dashes: nobody knew why.\n---\n\n",
        f"Link: {URL}\n\n",
        "---\nnote: nobody knew why\n---\n\n",
        "Link: in the description\nTitle: Bridges\n\n",
    ],
)
def test_what_only_looks_like_one_stays(head: str) -> None:
    assert evidence(head + BODY).header is None
    article = clean(head + BODY)
    assert article.url is None
    assert BODY in article.body


def test_a_header_without_a_text_is_no_header() -> None:
    assert clean(PLAIN).url is None


@given(
    st.lists(
        st.sampled_from(["title", "url", "date", "author", "tags", "source", "summary", "x"]),
        max_size=8,
    ),
    hostile_texts(),
    st.booleans(),
)
def test_the_ledger_of_texts_with_headers(keys: list[str], text: str, fenced: bool) -> None:
    values = {"url": URL, "date": "2025-03-04", "title": TITLE, "tags": "[a, 'b', c]"}
    lines = "".join(f"{key}: {values.get(key, text[:30])}\n" for key in keys)
    whole = f"---\n{lines}---\n{text}" if fenced else f"{lines}\n{text}\n\n{PARAGRAPHS[0]}"
    whole += f"\n\n{PARAGRAPHS[1]}"
    check_ledger(whole, clean(whole))


def test_files_that_are_looked_after_keep_theirs(cleaner: Command) -> None:
    text = f"{FRONT_MATTER}\n# {TITLE}\n\n{BODY}\n"
    file = cleaner.cwd / "post.md"
    file.write_text(text)
    assert cleaner("check", "post.md").returncode == 0
    assert cleaner("fix", "post.md").returncode == 0
    assert file.read_text() == text


@pytest.mark.parametrize("title", [f"# {TITLE}", f"{TITLE} | The Gazette", f"**{TITLE}**"])
def test_what_parts_a_title_from_its_line_stays_in_its_file(cleaner: Command, title: str) -> None:
    text = f"{title}\n\n{BODY}\n"
    file = cleaner.cwd / "post.md"
    file.write_text(text)
    assert clean(text).title == TITLE
    assert cleaner("fix", "post.md").returncode == 0
    assert file.read_text() == text


def test_what_parted_cruft_goes_with_it(cleaner: Command) -> None:
    file = cleaner.cwd / "post.md"
    file.write_text(f"{TITLE}\n\n{BODY}\n\n<b></b> | <i></i>\n")
    assert b"markup.separator" in cleaner("check", "post.md").stdout
    cleaner("fix", "post.md")
    assert "|" not in file.read_text()
