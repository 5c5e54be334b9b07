"""Comment threads: what counts as one, below what."""

from __future__ import annotations

from cleaner.stages.threads import RULE, threads
from tests.judging import PARAGRAPHS, evidence

WORDS = "I have driven around the bay for a year, and I would do it again."
ENTRIES = tuple(
    f"{name} says\nJuly {day}, 2018 at 2:41 pm\n{WORDS}"
    for name, day in (("Ann", 3), ("Bob", 4), ("Cleo", 5), ("Dan", 6))
)


def taken(*blocks: str) -> list[str]:
    doc = evidence("\n".join(blocks))
    found = [p for p in threads(doc).proposals[len(doc.proposals) :] if p.rule == RULE]
    # The stage stands before the judge, so what it proposes is there already.
    own = found or [p for p in doc.proposals if p.rule == RULE]
    return [doc.text[p.start : p.end] for p in own]


def test_a_thread_below_an_article_goes_from_its_heading_on() -> None:
    found = taken(*PARAGRAPHS, "4 comments", *ENTRIES)
    assert found[0] == "4 comments"
    assert "\n".join(found[1:]) == "\n".join(ENTRIES)


def test_below_little_text_entries_may_be_all_that_there_is() -> None:
    assert taken(*PARAGRAPHS[:2], "4 comments", *ENTRIES) == []


def test_below_a_heading_less_text_is_an_article() -> None:
    assert taken(*PARAGRAPHS[:4], "4 comments", *ENTRIES) == []
    found = taken(*PARAGRAPHS[:4], "Comments", *ENTRIES)
    assert "\n".join(found) == "\n".join(["Comments", *ENTRIES])
    assert taken(*PARAGRAPHS[:2], "Comments", *ENTRIES) == []


def test_two_entries_make_no_thread() -> None:
    assert taken(*PARAGRAPHS, "2 comments", *ENTRIES[:2]) == []


def test_entries_that_are_dated_but_not_somebodys_are_no_thread() -> None:
    dated = [
        f"March {day}, 2018\nThe ferry stayed in the harbour, since the wind came from the north."
        for day in range(1, 8)
    ]
    assert taken(*PARAGRAPHS, "Comments", *ENTRIES, *dated) == []


def test_entries_as_long_as_the_article_are_posts() -> None:
    long = [entry + " " + " ".join(PARAGRAPHS) for entry in ENTRIES]
    assert taken(*PARAGRAPHS, "4 comments", *long) == []


PROFILE = ("Joined Aug 24, 2006", "Messages 1,234", "Reaction score 88")


def test_where_the_software_of_forums_has_left_its_words_entries_are_posts() -> None:
    assert taken(*PARAGRAPHS, PROFILE[0], "4 comments", *ENTRIES) != []
    assert taken(*PARAGRAPHS, *PROFILE, "4 comments", *ENTRIES) == []


def test_entries_do_not_make_the_article_that_others_stand_below() -> None:
    """The first of them stand between the same buttons as those that follow."""
    words = " ".join([WORDS] * 3)
    entries = [f"Ann B{n}\n28/11/2025 at 7:{n} pm\n{words}\n0\nReply" for n in range(10, 30)]
    assert taken("Who would work at a harbour", WORDS, *entries) == []
    assert taken("Who would work at a harbour", *PARAGRAPHS, "Comments", *entries) != []
