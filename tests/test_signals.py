"""What the judge reads off the lines: words, echoes, dates, threads."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.judge.chars import CharTables, build_char_tables
from cleaner.judge.context import AROUND, with_context
from cleaner.judge.echoes import echoes
from cleaner.judge.model import builtin_model
from cleaner.judge.passes import SECOND_LOOK, second_look
from cleaner.judge.sections import clusters
from cleaner.judge.signals import COLUMN, link_share, read_lines
from cleaner.judge.words import cohesion, read_vocabulary, read_words
from tests.judging import PARAGRAPHS, evidence, page
from tests.strategies import hostile_texts


def test_words_are_told_apart_whatever_their_case(tables: CharTables) -> None:
    words = read_words(["The cat saw THE Cat.", "the"], tables)
    assert words.line.tolist() == [0, 0, 0, 0, 0, 1]
    the, cat, saw, again, other, single = words.hash.tolist()
    assert the == again == single
    assert cat == other != saw
    assert words.length.tolist() == [3, 3, 3, 3, 3, 3]


def test_a_character_of_a_dense_script_is_a_word(tables: CharTables) -> None:
    words = read_words(["文字と文字ab"], tables)
    assert words.length.tolist() == [1, 1, 1, 1, 1, 2]
    assert words.hash[0] == words.hash[3] != words.hash[1]


def test_lines_of_the_same_words_have_the_same_hash(tables: CharTables) -> None:
    whole = read_words(["Read more", "read — MORE!", "more read", "Read"], tables).whole.tolist()
    assert whole[0] == whole[1]
    assert len(set(whole)) == 3


@given(
    st.lists(hostile_texts(60).map(lambda t: "x" + t.replace("\n", " ")), min_size=1, max_size=8)
)
def test_a_line_is_read_the_same_whatever_stands_around_it(lines: list[str]) -> None:
    tables = builtin_model().tables
    together = read_words(lines, tables)
    for number, line in enumerate(lines):
        alone = read_words([line], tables)
        assert together.hash[together.line == number].tolist() == alone.hash.tolist()
        assert together.whole[number] == alone.whole[0]
        assert together.sorts[number].sum() >= alone.sorts[0].sum() - 1


def test_cohesion_counts_what_other_lines_say(tables: CharTables) -> None:
    lines = ["The bridge and the river", "Bridge over the river", "Recipes for spring", "of it"]
    words = read_words(lines, tables)
    vocabulary = read_vocabulary(words, np.zeros(len(words.hash), np.bool_), len(lines))
    found = cohesion(vocabulary, np.array([1, 0, 0, 0], np.float32))
    # What a line itself says does not count, nor do words that are too short to tell.
    assert found[0] == 0
    assert found[1] == pytest.approx(2 / 3)
    assert found[2:].tolist() == [0, -1]


def test_link_share() -> None:
    assert link_share("no link") == 0
    assert link_share("[all](https://example.org)") == 1
    assert 0.15 < link_share("Read [more](/more) if you like") < 0.4


def test_lines_echo_each_other(tables: CharTables) -> None:
    lines = ["Ann says", "The tram is late", "Bob says", "Cleo says", "The tram is late"]
    whole, head, tail = np.exp(echoes(read_words(lines, tables), len(lines))).round().tolist()
    assert whole == [1, 2, 1, 1, 2]
    assert head == [1, 2, 1, 1, 2]
    assert tail == [3, 2, 3, 3, 2]


def test_a_thread_of_comments_is_told_from_the_article_above_it() -> None:
    prose = np.array([500.0, 500.0, 0, 0, 100.0, 0, 100.0, 0, *[0.0] * 30, 300.0])
    marked = np.zeros(len(prose), np.bool_)
    # The last one is too far from the others to be of their cluster.
    marked[[3, 5, 7, 38]] = True
    inside, count, before, within, share, place = clusters(marked, prose)
    assert inside[:3].tolist() == [0, 0, 0] and inside[3:22].tolist() == [1] * 19
    assert inside[22:38].tolist() == [0] * 16 and inside[38] == 1
    assert np.exp(count[4]) == pytest.approx(3)
    assert np.expm1([before[4], within[4]]) == pytest.approx([1000, 200])
    assert share[4] == pytest.approx(1000 / 1200)
    assert 0 == place[3] < place[4] < 1
    assert clusters(np.zeros(2, np.bool_), np.zeros(2))[0].tolist() == [-1, -1]


def test_dates_are_known_in_all_languages() -> None:
    model = builtin_model()
    doc = evidence(
        "\n".join(["14 mai 2024", "12. märz 2023", "2 hours ago", "The quay", *PARAGRAPHS])
    )
    dated = read_lines(doc, model.tables, model.known).signals[COLUMN["dated"]]
    assert dated[:4].tolist() == [1, 1, 1, 0]


@pytest.mark.parametrize("made", [True, False], ids=["made", "shipped"])
def test_vowel_signs_do_not_tear_a_word(tables: CharTables, made: bool) -> None:
    tables = build_char_tables() if made else tables
    assert read_words(["हिन्दी में", "cafe\u0301"], tables).length.tolist() == [6, 3, 5]


def test_what_posts_of_a_forum_quote_is_no_echo() -> None:
    model = builtin_model()
    signs = ("Joined Aug 24, 2006", "Messages 88")
    for between, quoted in ((signs, False), (("Ann Bell", "Bob Hay"), True)):
        doc = evidence("\n".join([PARAGRAPHS[0], *between, PARAGRAPHS[0], *between]))
        copies = read_lines(doc, model.tables, model.known).signals[COLUMN["copies"]]
        assert doc.forum is not quoted
        told = {line.text: bool(many) for line, many in zip(doc.lines, copies, strict=True)}
        assert told == {PARAGRAPHS[0]: quoted, **dict.fromkeys(between, True)}


def test_features_are_as_many_as_is_said_of_them() -> None:
    model = builtin_model()
    reading = read_lines(evidence(page()), model.tables, model.known)
    signals = reading.signals
    first = np.zeros(signals.shape[1], np.float32)
    assert len(second_look(first, signals, reading.vocabulary)) == SECOND_LOOK
    # What says only what others say of the lines around comes last: a lone line has none of it.
    around = with_context(signals[:, :1])[-AROUND:]
    assert set(np.unique(around)) <= {-1.0, 0.0}
