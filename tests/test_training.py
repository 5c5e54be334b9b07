"""What makes the judge's model: labels, weights, and the network as learnt and as shipped."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.judge.chars import CharTables, build_char_tables
from cleaner.judge.lexicon import KnownWords, known_words
from cleaner.judge.training.dataset import Sample, main_language, read_sample
from cleaner.judge.training.datewords import date_words
from cleaner.judge.training.fit import line_weights, rarity
from cleaner.judge.training.labels import content_share
from cleaner.judge.training.network import Texts, fit_network
from tests.test_judge import MENU, PARAGRAPHS, TEASERS, bench_page, evidence


@pytest.fixture(scope="module")
def tables() -> CharTables:
    return build_char_tables()


@pytest.fixture(scope="module")
def known(tables: CharTables) -> KnownWords:
    english, german = (
        "the and of to in was that for it he",
        "der die und das ist nicht ein zu den im",
    )
    return known_words([english.split(), german.split()], date_words(), tables)


def sample(tables: CharTables, known: KnownWords, view: str = "blocks") -> Sample:
    text = "\n".join([*MENU, *PARAGRAPHS, *TEASERS])
    found = read_sample(evidence(text), bench_page("\n".join(PARAGRAPHS)), view, tables, known)
    assert found is not None
    return found


def test_lines_are_labelled_by_the_words_that_the_article_has_in_its_order() -> None:
    lines = ["Home News", "The tram ran again.", "News of the tram", "And the band played."]
    assert content_share(lines, "The tram ran again.\n\nAnd the band played.") == [0, 1, 0, 1]
    # Half of a line may be the article's; a line without words goes with the one before it.
    assert content_share(["Share The tram", "—"], "The tram") == [pytest.approx(2 / 3)] * 2


def test_a_sample_knows_what_of_it_is_the_articles(tables: CharTables, known: KnownWords) -> None:
    found = sample(tables, known)
    assert found.share[: len(MENU)].max() == 0
    assert found.share[found.words > 15].min() == 1
    assert found.language == 0


def test_the_language_is_told_by_function_words(tables: CharTables, known: KnownWords) -> None:
    assert main_language(PARAGRAPHS[0], tables, known) == 0
    assert main_language("Das ist der Hafen, und die Fähre ist nicht im Bild.", tables, known) == 1
    assert main_language("Rem tene, verba sequentur.", tables, known) == -1


def test_rare_languages_and_hard_views_count_for_more(
    tables: CharTables, known: KnownWords
) -> None:
    common = [sample(tables, known) for _ in range(20)]
    for number, found in enumerate(common):
        found.site = f"{number}.example"
    rare = sample(tables, known)
    rare.language, rare.site = 1, "rare.example"
    factors = rarity([*common, rare])
    assert 1 < factors[0] < 1.1
    assert 2 < factors[1] <= 2.5
    plain, hard = line_weights(common[0]).sum(), line_weights(sample(tables, known, "unbroken"))
    assert hard.sum() == pytest.approx(1.5 * plain)
    assert line_weights(rare, factors[1]).sum() == pytest.approx(factors[1] * plain)


def test_the_network_learns_what_stands_around_a_line() -> None:
    pytest.importorskip("torch")
    chance = np.random.default_rng(0)
    seen = chance.standard_normal((4_000, 3)).astype(np.float16)
    # A line is the article's where the line two before it is high in the second feature.
    share = np.zeros(4_000, np.float32)
    share[2:] = seen[:-2, 1] > 0
    bounds = np.arange(0, 4_001, 40)
    texts = Texts(seen, share, np.full(4_000, 0.05, np.float32), bounds)
    network = fit_network(texts, np.array([4, 0, 2], np.int32), epochs=60, seed=0, threads=1)
    again = fit_network(texts, np.array([4, 0, 2], np.int32), epochs=60, seed=0, threads=1)
    rows = np.zeros((5, 40), np.float32)
    rows[[4, 0, 2]] = seen[:40].T
    score = network(rows)
    assert ((score > 0) == (share[:40] > 0.5))[2:].mean() > 0.9
    assert score.tolist() == again(rows).tolist()
