"""Text that stands in a document twice."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from cleaner import Pipeline, clean
from cleaner.document import Document, Proposal
from cleaner.stages.copies import RULE, copies
from tests.judging import evidence

PARAGRAPHS = [
    f"On day {n} of the journey the {what} was seen from the deck by everybody who had come up to "
    f"look, and the mate wrote into the log that it lay {n} miles to the south, under a low cloud."
    for n, what in enumerate("lighthouse reef island harbour wreck glacier whale schooner".split())
]
HEADINGS = ["How it began", "What the mate saw", "Where it ended"]


def text(*parts: Sequence[str]) -> str:
    return "\n\n".join(line for part in parts for line in part)


def taken(source: str) -> list[str]:
    return [r.text for r in clean(source).removed if r.rule == RULE]


def test_a_second_copy_goes_and_the_first_stays() -> None:
    article = clean(text(["A long journey"], PARAGRAPHS, PARAGRAPHS))
    assert article.body == text(PARAGRAPHS)
    assert [r.text for r in article.removed if r.rule == RULE] == PARAGRAPHS
    assert {r.kind for r in article.removed if r.rule == RULE} == {"duplicate"}


def test_headings_go_with_the_copy_and_what_is_new_in_it_stays() -> None:
    story = [HEADINGS[0], *PARAGRAPHS[:4], HEADINGS[1], *PARAGRAPHS[4:], HEADINGS[2]]
    new = "What the captain knew"
    copy = [*story[:4], new, *story[4:]]
    assert taken(text(story, copy)) == story
    assert new in clean(text(story, copy)).body


def test_few_paragraphs_are_no_copy() -> None:
    assert taken(text(PARAGRAPHS, PARAGRAPHS[:4])) == []
    short = [p[:90] + "." for p in PARAGRAPHS]
    assert taken(text(short, short)) == []


def test_other_orders_are_no_copy() -> None:
    assert taken(text(PARAGRAPHS, PARAGRAPHS[::-1])) == []
    assert taken(text(*zip(PARAGRAPHS, PARAGRAPHS, strict=True))) == []


def test_a_third_copy_goes_too() -> None:
    assert taken(text(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)) == PARAGRAPHS * 2


def test_of_a_page_too() -> None:
    twice = "".join(f"<p>{p}</p>" for p in PARAGRAPHS) * 2
    page = f"<!doctype html><html><body><h1>A long journey</h1><main>{twice}</main></body></html>"
    assert clean(page).body == text(PARAGRAPHS)


def test_can_be_switched_off() -> None:
    source = text(["A long journey"], PARAGRAPHS, PARAGRAPHS)
    for off in (Pipeline().without("copies"), Pipeline().without_rules(RULE)):
        assert off(source).body == text(PARAGRAPHS, PARAGRAPHS)


@given(st.lists(st.sampled_from(PARAGRAPHS), max_size=40))
def test_every_paragraph_stays_once(paragraphs: list[str]) -> None:
    body = Pipeline().without("judge", "extract")(text(PARAGRAPHS[:1], paragraphs)).body
    assert set(body.split("\n\n")) == {PARAGRAPHS[0], *paragraphs}


def marked(doc: Document) -> list[str]:
    return [doc.text[p.start : p.end] for p in copies(doc).proposals if p.rule == RULE]


def test_few_paragraphs_are_no_copy_however_long() -> None:
    long = [f"{p} {q}" for p, q in zip(PARAGRAPHS, PARAGRAPHS[::-1], strict=True)]
    assert sum(map(len, long[:4])) > 1_000
    assert marked(evidence(text(long, long[:4]))) == []
    assert marked(evidence(text(long, long[:5]))) == long[:5]


def test_what_is_quoted_besides_hides_no_copy() -> None:
    opening = text(PARAGRAPHS[:4], HEADINGS[1:2], PARAGRAPHS, HEADINGS[2:], PARAGRAPHS)
    assert marked(evidence(opening)) == PARAGRAPHS
    between = text(PARAGRAPHS, HEADINGS[1:2], PARAGRAPHS[2:3], HEADINGS[2:], PARAGRAPHS)
    assert marked(evidence(between)) == PARAGRAPHS


def test_where_the_first_copy_goes_the_second_stays() -> None:
    doc = evidence(text(HEADINGS[:1], PARAGRAPHS, HEADINGS[:1], PARAGRAPHS))
    first = doc.lines[len(PARAGRAPHS)].end
    assert marked(doc) == [HEADINGS[0], *PARAGRAPHS]
    assert marked(doc.propose([Proposal(0, first, "judge.before", 0.9, kind="other")])) == []
    # Of the first only the heading goes: then that of the second is the one that stays.
    menu = Proposal(0, doc.lines[0].end, "judge.before", 0.9, kind="other")
    assert marked(doc.propose([menu])) == PARAGRAPHS


def test_what_stands_before_the_first_copy_stays() -> None:
    # The first ends with what it begins behind: that is no part of the second.
    source = text(PARAGRAPHS[-1:], PARAGRAPHS, PARAGRAPHS)
    article = Pipeline().without("judge", "extract")(source)
    assert article.body == text(PARAGRAPHS[-1:], PARAGRAPHS)


def test_posts_that_others_quote_are_no_copies() -> None:
    sides = ["Sailor", "Joined Aug 24, 2006", "Messages 88"]
    assert taken(text(sides, PARAGRAPHS, sides, PARAGRAPHS)) == []
