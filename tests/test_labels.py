"""Texts without line breaks: where labels are cut from sentences."""

from __future__ import annotations

import itertools

import pytest

from cleaner import clean
from cleaner.judge.model import Model, builtin_model
from cleaner.lines.labels import capital_pairs, common_words, label_cuts
from cleaner.pipeline import builtin_rules
from tests.judging import LINKS, PARAGRAPHS, page


@pytest.mark.parametrize(
    "pieces",
    [
        ["Home News Sport Contact", "The first tram in forty years rolled along the quay."],
        [
            "Skip to content Menu Home News Sports Opinion",
            "Local Contact Weather",
            "It rained all day in the hills.",
        ],
        ["The mayor of the town said on Monday that Ann Lee would not stand again."],
    ],
)
def test_labels_are_cut_from_sentences(pieces: list[str]) -> None:
    text = " ".join(pieces)
    cuts = [0, *label_cuts(text, capital_pairs(text)), len(text)]
    found = [text[a:b].strip() for a, b in itertools.pairwise(cuts)]
    assert found[-1] == pieces[-1]
    assert " ".join(found) == text


def test_known_phrases_are_cut_from_the_labels_around_them() -> None:
    known = builtin_rules().labels
    text = "Home News Leave a Comment Opinion Terms of Use Sport"
    cuts = [0, *label_cuts(text, capital_pairs(text), known=known), len(text)]
    pieces = [text[a:b].strip() for a, b in itertools.pairwise(cuts)]
    assert pieces == [
        "Home News",
        "Leave a Comment",
        "Opinion",
        "Terms of Use",
        "Sport",
    ]
    sentence = "They had to Leave a Comment in the book that lay on the table by the door."
    assert label_cuts(sentence, capital_pairs(sentence), known=known) == []


def test_a_name_that_comes_again_is_not_torn() -> None:
    text = "Sport Weather Opinion Jobs Ann Lee said on Monday that the tram would run again in May."
    pairs = capital_pairs(text + " Nobody but Ann Lee knew.")
    assert text[label_cuts(text, pairs)[-1] :].startswith("Ann Lee said")


def test_an_endless_line_is_cleaned_too() -> None:
    article = clean(f"{page(' ')} {' '.join(LINKS)}")
    assert "Careers" not in article.body
    for paragraph in PARAGRAPHS:
        assert paragraph in article.body


def test_model_type() -> None:
    assert isinstance(builtin_model(), Model)


def test_no_cut_stands_after_a_word_that_running_text_is_full_of() -> None:
    text = "The port of the town in the bay agreed to it, and the mayor of the town said so."
    assert common_words(text) == {"the"}
    stretch = "Menu The Department of Justice says that nobody at all has been asked about it."
    pairs = capital_pairs(stretch)
    plain, careful = (
        [stretch[cut:].split()[0] for cut in label_cuts(stretch, pairs, words)]
        for words in (frozenset[str](), frozenset({"the", "of"}))
    )
    assert "Justice" in plain
    assert "Justice" not in careful
