"""The list of stages, and how what they propose is settled."""

from __future__ import annotations

import textwrap

import pytest

from cleaner import (
    STAGES,
    Pipeline,
    UsageError,
    clean,
)
from cleaner.document import Document, Proposal
from cleaner.pipeline import builtin_rules
from tests.judging import MORE, PROSE


def test_a_stage_can_be_switched_off() -> None:
    article = Pipeline().without("identify", "fire")(f"{PROSE}\n\n{MORE}\n\nShare this article:")
    assert article.language is None
    assert "Share this article:" in article.body


def test_stages_that_cannot_be_switched_off_and_unknown_ones_are_named() -> None:
    with pytest.raises(UsageError, match="settle"):
        Pipeline().without("settle")
    with pytest.raises(UsageError, match="there are decode"):
        Pipeline().without("nonsense")
    with pytest.raises(UsageError, match="there are decode"):
        Pipeline().with_stage("x", lambda doc: doc, before="nonsense")


def test_the_callers_stage_sees_the_document() -> None:
    seen: list[Document] = []

    def look(doc: Document) -> Document:
        seen.append(doc)
        return doc

    Pipeline(STAGES).with_stage("look", look, before="settle")(PROSE)
    assert seen[0].lines[0].text == PROSE


# match


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("12 comments | Leave a comment", "comments.count"),
        ("(40 комментариев | Оставить комментарий)", "comments.count"),
        ("Kommentare (3) · Kommentar schreiben", "comments.count"),
        # One part of it is somebody's own.
        ("Bread | Butter | Leave a comment", None),
        ("Leave a comment | Bread", None),
        ("Leave a comment", "comments.prompt"),
    ],
)
def test_a_row_of_labels_is_what_its_labels_are(row: str, rule: str | None) -> None:
    doc = Document(f"{PROSE}\n\n{MORE}\n\n{row}", "", builtin_rules())
    for stage in STAGES[: [s.name for s in STAGES].index("header")]:
        doc = stage.run(doc)
    assert [rules[0].id for rules in doc.hits.values()] == ([rule] if rule else [])


# settle


def with_proposals(*proposals: Proposal) -> Pipeline:
    return Pipeline().with_stage("mine", lambda doc: doc.propose(proposals), before="settle")


def test_overlaps_are_settled_by_confidence() -> None:
    rule = "share.prompt"
    weak = Proposal(0, 20, "other.weak", 0.5, kind="other")
    sure = Proposal(4, 9, rule, 0.9, kind="share")
    article = with_proposals(weak, sure)(PROSE)
    assert [(r.start, r.end, r.kind) for r in article.removed] == [
        (0, 3, "other"),
        (4, 9, "share"),
        (10, 19, "other"),
    ]


def test_a_field_goes_before_a_removal() -> None:
    article = with_proposals(
        Proposal(0, 9, "other.sure", 1.0, kind="other"),
        Proposal(4, 9, "field.source", 0.1, field="source"),
    )(PROSE)
    assert [(f.name, f.start, f.end) for f in article.fields] == [("source", 4, 9)]
    assert [(r.start, r.end) for r in article.removed] == [(0, 3)]


def test_separators_of_what_is_gone_go_too() -> None:
    text = f"{PROSE}\n\nalpha | beta\n\n{MORE}"
    at = text.index("alpha")
    article = with_proposals(
        Proposal(at, at + 5, "other.x", 0.9, kind="other"),
        Proposal(at + 8, at + 12, "other.x", 0.9, kind="other"),
    )(text)
    assert [r.rule for r in article.removed] == ["other.x", "markup.separator", "other.x"]
    assert article.body == f"{PROSE}\n\n{MORE}"


def test_a_span_that_would_fuse_what_stands_around_it_stays() -> None:
    text = f"{PROSE} cafe[x]\u0301 here"
    at = text.index("[x]")
    assert with_proposals(Proposal(at, at + 3, "other.x", 1.0, kind="other"))(text).removed == ()


# fire


TITLE = "The night the river came to the town"


def test_a_lone_word_in_a_clean_article_stays() -> None:
    article = clean(f"{TITLE}\n\n{PROSE}\n\n{MORE}\n\nNewsletter")
    assert article.body.endswith("Newsletter")
    company = clean(
        f"{TITLE}\n\n{PROSE}\n\n{MORE}\n\nNewsletter\n\nPost a comment\n\nShare this article"
    )
    assert company.body == f"{PROSE}\n\n{MORE}"


def test_a_word_above_a_sentence_is_its_heading() -> None:
    section = "Newsletter\n\nIt goes out on Mondays, and few people read it."
    cruft = "Post a comment\n\nShare this article"
    article = clean(f"{TITLE}\n\n{PROSE}\n\n{MORE}\n\n{section}\n\n{cruft}")
    assert article.body == f"{PROSE}\n\n{MORE}\n\n{section}"


def test_spans_that_would_fuse_together_stay_and_others_go() -> None:
    text = f"{PROSE} cafe[x][y]\u0301 here [z] and there."
    spans = [text.index(mark) for mark in ("[x]", "[y]", "[z]")]
    proposals = [Proposal(at, at + 3, "other.x", 1.0, kind="other") for at in spans]
    assert [r.text for r in with_proposals(*proposals)(text).removed] == ["[z]"]


@pytest.mark.parametrize("width", range(45, 111, 5))
def test_text_wrapped_at_any_width_is_rejoined(width: int) -> None:
    paragraphs = [
        f"{PROSE} {MORE} Pumps would be brought from the next town, the mayor had said on Monday.",
        f"{MORE} The road there was cut off. Nobody knew for how long it would be. {PROSE}",
        f"People slept in the school, in the church and in the mill. {PROSE} So it went on.",
    ]
    wrapped = "\n\n".join(textwrap.fill(p, width) for p in paragraphs)
    assert clean(wrapped).body == "\n\n".join(paragraphs)
